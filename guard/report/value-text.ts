/** A property's value in one line: short, and never a secret. */
import { SECRET_SIG, SECRET_TEXT, SIG } from "@fridayproof/components/core";
import { reportLimits } from "../limits/report";
import { isMap, isUnknown, Secret } from "../verdict/plans/values";

const UNKNOWN_TEXT = "known after the run";
const ABSENT_TEXT = "absent";

/** The value with what is secret or unknown in words. */
function readable(value: unknown): unknown {
  if (value instanceof Secret) return SECRET_TEXT;
  if (isUnknown(value)) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return value.map(readable);
  if (!isMap(value)) return value;
  if (value[SIG] === SECRET_SIG) return SECRET_TEXT;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, readable(member)]));
}

/** One line: texts as they are, all else as JSON; what is longer than a comment bears ends with its length. */
function valueText(value: unknown): string {
  if (value === undefined || value === null) return ABSENT_TEXT;
  const shown = readable(value);
  const text = typeof shown === "string" ? shown : JSON.stringify(shown);
  const line = text.replace(/\s+/g, " ").trim();
  const most = reportLimits.valueCharacters.value;
  return line.length <= most ? line : `${line.slice(0, most)}… (${line.length} characters)`;
}

/** Both sides of a change. Of lists of plain values those that go and come are shown, and the others are counted. */
export function changeText(before: unknown, after: unknown): { readonly before: string; readonly after: string } {
  const [old, next] = [before, after].map((side) => (Array.isArray(side) ? side.map(valueText) : undefined));
  if (old === undefined || next === undefined || [before, after].flat().some((item) => isMap(item) && !isUnknown(item)))
    return { before: valueText(before), after: valueText(after) };
  const kept = old.filter((item) => next.includes(item));
  const shown = (items: readonly string[]): string => {
    const own = items.filter((item) => !kept.includes(item));
    const rest = kept.length === 0 ? [] : [`${own.length === 0 ? "" : "and "}${kept.length} that stay`];
    return valueText([...own, ...rest].join(", "));
  };
  return { before: shown(old), after: shown(next) };
}

/** Every secret anywhere in a value. */
export function secretsIn(value: unknown): readonly Secret[] {
  if (value instanceof Secret) return [value];
  if (typeof value !== "object" || value === null) return [];
  if (isMap(value) && value[SIG] === SECRET_SIG) return [new Secret(value["value"])];
  return Object.values(value).flatMap(secretsIn);
}
