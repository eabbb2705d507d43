/** Rows that somebody answers for until a day, as files have them: accepted verdicts, allowed differences. */
import { isDay } from "@fridayproof/components/core";
import { isMap, type Values } from "./plans/values";

/** The form of a row, beside the day on which it ends. */
export interface RowForm {
  /** Members that are texts, in the order in which they are checked. */
  readonly texts: readonly string[];
  /** Its other members. */
  readonly others?: readonly string[];
  /** What is wrong with its members' values. @param at where the row stands. */
  readonly problem: (row: Values, at: string) => string | undefined;
}

/** The first thing that is wrong with a row; undefined where nothing is. @param at where it stands in the file. */
export function rowProblem(value: unknown, at: string, { texts, others = [], problem }: RowForm): string | undefined {
  if (!isMap(value)) return `${at} is no object`;
  const members = [...texts, ...others, "expires"];
  const extra = Object.keys(value).find((key) => !members.includes(key));
  if (extra !== undefined) return `${at}.${extra}: allowed: ${members.join(", ")}`;
  const missing = texts.find((key) => typeof value[key] !== "string" || String(value[key]).trim() === "");
  if (missing !== undefined) return `${at}.${missing}: allowed: a text that is not empty`;
  const { expires } = value;
  const isDated = typeof expires === "string" && isDay(expires);
  return problem(value, at) ?? (isDated ? undefined : `${at}.expires: allowed: a day as YYYY-MM-DD`);
}
