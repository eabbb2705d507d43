/** Validates the rows of files with an owner and an expiry date: accepted changes, allowed differences. */
import { isDay } from "@fridayproof/components/core";
import { isMap, type Values } from "./plans/values";

/** The shape of a row, beside its expiry date. */
export interface RowSchema {
  /** Members of type string, in the order of the checks. */
  readonly strings: readonly string[];
  /** Its other members. */
  readonly others?: readonly string[];
  /** What is wrong with the values of its members. @param at path of the row. */
  readonly problem: (row: Values, at: string) => string | undefined;
}

/** The first thing that is wrong with a row; undefined where nothing is. @param at its path in the file. */
export function rowProblem(
  value: unknown,
  at: string,
  { strings, others = [], problem }: RowSchema,
): string | undefined {
  if (!isMap(value)) return `${at} is no object`;
  const members = [...strings, ...others, "expires"];
  const extra = Object.keys(value).find((key) => !members.includes(key));
  if (extra !== undefined) return `${at}.${extra}: allowed: ${members.join(", ")}`;
  const missing = strings.find((key) => typeof value[key] !== "string" || String(value[key]).trim() === "");
  if (missing !== undefined) return `${at}.${missing}: allowed: a text that is not empty`;
  const { expires } = value;
  const isDated = typeof expires === "string" && isDay(expires);
  return problem(value, at) ?? (isDated ? undefined : `${at}.expires: allowed: a day as YYYY-MM-DD`);
}
