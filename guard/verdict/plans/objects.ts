/** Maps of a parsed plan. */
import { isMap, type Values } from "./values";

/** The value where it is a map; undefined else. */
export function objectOf(value: unknown): Values | undefined {
  return isMap(value) ? value : undefined;
}
