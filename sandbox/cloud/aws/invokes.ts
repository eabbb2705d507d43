/** Answers of data sources. */
import type { PropertyMap } from "../../engine/values";
import type { Caller } from "./making";
/** Answers. */
export function answer(_caller: Caller, _token: string, _args: PropertyMap): PropertyMap {
  return {};
}
