/** Differences as the text that a plan prints, for the tests of comparison. */
import { compare } from "../../../../sandbox/display/difference/compare";
import { valueLines, type ValueLine } from "../../../../sandbox/display/difference/lines";
import { explainDifferences } from "../../../../sandbox/display/difference/meanings";
import type { PropertyMap } from "../../../../sandbox/property/values";

/** How values are worded: nothing has a name of its own. */
export const words = { names: (text: string) => text, textLines: 12, unknown: () => "known after update" };

/** A line as text, two spaces a level. */
export function flat({ depth, label, text, old, now, note }: ValueLine): string {
  const value = old === undefined ? text : `${old} → ${now ?? ""}`;
  return "  ".repeat(depth) + [label, value, note].filter((part) => part !== undefined && part !== "").join(" ");
}

const TYPE = "aws:s3/bucket:Bucket";

/** What is printed below a resource whose inputs change so. */
export function printed(old: PropertyMap, now: PropertyMap, type = TYPE): string[] {
  const subject = { type, old, now };
  const worded = explainDifferences(subject, compare(type, old, now), words);
  return [...worded.lines, ...valueLines(worded.rest, words)].map(flat);
}
