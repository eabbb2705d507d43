/** Counts that may be percentages (Kubernetes' IntOrString), durations and quantities. */
import { parseQuantity, quantityUnits } from "@fridayproof/components/core";
import { type Field, MalformedRead } from "./field";
import { scalarText, valueText } from "./value-text";
import { kindOf } from "./value";

/** A count or a share. */
export interface Amount {
  readonly value: number;
  readonly percent: boolean;
}

const percent = 100;

/** The field as count or percentage; absent is undefined.
 * @throws UnknownRead @throws MalformedRead */
export function amountOf(field: Field): Amount | undefined {
  const text = field.text();
  if (text === undefined) return undefined;
  const match = /^(?<count>\d+)(?<sign>%?)$/.exec(text.trim())?.groups;
  if (match === undefined) throw new MalformedRead(field.path, shownValue(field.value()), "a count or a percentage");
  return { value: Number(match["count"]), percent: match["sign"] === "%" };
}

function shownValue(value: unknown): string {
  return typeof value === "number" && Number.isFinite(value) ? valueText(value) : scalarText(value, kindOf(value));
}

/** How many of `total` that is, rounded up: as disruption budgets count. */
export function roundedUp(amount: Amount, total: number): number {
  return amount.percent ? Math.ceil((amount.value * total) / percent) : amount.value;
}

/** The amount as it was written. */
export function written(amount: Amount): string {
  return `${amount.value}${amount.percent ? "%" : ""}`;
}

/** Seconds of each unit that a duration may have. */
export const secondsPer = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Seconds of "90s", "5m", "1h30m" or a bare number of seconds; undefined when it is none of these. */
export function parseSeconds(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed);
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(trimmed)) return undefined;
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (secondsPer[unit as keyof typeof secondsPer] ?? 0),
    0,
  );
}

/** The field as seconds; absent is undefined.
 * @throws UnknownRead @throws MalformedRead */
export function secondsOf(field: Field): number | undefined {
  const text = field.text();
  if (text === undefined) return undefined;
  const seconds = parseSeconds(text);
  if (seconds === undefined) throw new MalformedRead(field.path, "a text", "a duration such as 30s");
  return seconds;
}

/** The field as a quantity; absent is undefined.
 * @throws UnknownRead @throws MalformedRead */
export function quantityOf(field: Field): number | undefined {
  const text = field.text();
  if (text === undefined) return undefined;
  const amount = parseQuantity(text);
  if (amount === undefined) throw new MalformedRead(field.path, "a text", "a quantity such as 100m or 128Mi");
  return amount;
}

/** Bytes as a quantity in the largest binary unit that divides them. */
export function bytes(amount: number): string {
  const rounded = Math.ceil(amount);
  const fits = (unit: string): boolean => rounded % (quantityUnits[unit] ?? 1) === 0;
  const unit = ["Gi", "Mi", "Ki"].find(fits) ?? "";
  return `${rounded / (quantityUnits[unit] ?? 1)}${unit}`;
}
