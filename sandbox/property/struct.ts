/** Property maps as the structs of a wire message. */
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PropertyMap } from "./values";

/** A struct as a plain property map; an absent one is empty. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return (struct?.toJavaScript() ?? {}) as PropertyMap;
}
