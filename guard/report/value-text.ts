/** A property's value in one line: short, and never a secret. */
import { type Mask, SECRET_SIG, SECRET_TEXT, SIG } from "@fridayproof/components/core";
import { reportLimits } from "../limits/report";
import { areEqual } from "../verdict/plans/difference";
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

/**
 * One line: texts as they are, all else as JSON; what is longer than a comment bears ends with its length. Secrets are
 * hidden first: a part of one, or one whose lines were joined, would not be found again.
 */
function valueText(value: unknown, mask: Mask): string {
  if (value === undefined || value === null) return ABSENT_TEXT;
  const shown = readable(value);
  const text = typeof shown === "string" ? shown : JSON.stringify(shown);
  const line = mask(text).replace(/\s+/g, " ").trim();
  const most = reportLimits.valueCharacters.value;
  return line.length <= most ? line : `${line.slice(0, most)}… (${line.length} characters)`;
}

/** A list whose items are no maps; undefined for anything else. */
function plainList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) && !value.some(isMap) ? value : undefined;
}

/** Both sides of a change. Of lists of plain values those that go and come are shown, and the others are counted. */
export function changeText(
  before: unknown,
  after: unknown,
  mask: Mask,
): { readonly before: string; readonly after: string } {
  const [old, next] = [plainList(before), plainList(after)];
  if (old === undefined || next === undefined)
    return { before: valueText(before, mask), after: valueText(after, mask) };
  const shown = (items: readonly unknown[], others: readonly unknown[]): string => {
    const own = items.filter((item) => !others.some((other) => areEqual(item, other)));
    const kept = items.length - own.length;
    const rest = kept === 0 ? [] : [`${own.length === 0 ? "" : "and "}${kept} that stay`];
    return valueText([...own.map((item) => valueText(item, mask)), ...rest].join(", "), mask);
  };
  return { before: shown(old, next), after: shown(next, old) };
}
