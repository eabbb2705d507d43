/** The form of a price: what it is for, its value and unit, where it holds, and where and when it was read. */

/** What a price is for. The first three are billed whether or not anybody comes; the others by use. */
export type PriceUnit =
  | "USD per hour"
  | "USD per month"
  | "USD per GB-month"
  | "USD per GB"
  | "USD per LCU-hour"
  | "USD per vCPU-hour"
  | "USD per minute"
  | "USD per 1,000 requests"
  | "USD per 10,000 requests"
  | "USD per 1,000 configurations"
  | "USD per million requests";

/** Whether the value was seen at its source on the day of `checked`, in a stored copy, or is only remembered. */
export type Evidence = "read" | "from knowledge, not re-read";

/** One sourced price, without discounts, free tiers and tax. */
export interface Price {
  /** What is billed, as a person would name it. */
  readonly what: string;
  readonly value: number;
  readonly unit: PriceUnit;
  /** AWS region in which it holds. */
  readonly region: string;
  /** Page on which the value was read or, where it was not, on which it can be. */
  readonly source: string;
  /** Day of the reading, `YYYY-MM-DD`. */
  readonly checked: string;
  readonly evidence: Evidence;
}

/** A price that depends on use, with an amount to show its size by. */
export interface UsagePrice extends Price {
  /** What makes it grow. */
  readonly grows: string;
  /** An assumed use in a month, for the example alone; nothing is measured. */
  readonly example: number;
  /** What the example counts, such as `GB`. */
  readonly counted: string;
}

/** Hours of a month in AWS's own estimates. Source: https://aws.amazon.com/ec2/pricing/on-demand/ */
export const HOURS_PER_MONTH = 730;

const SIZES: Readonly<Partial<Record<PriceUnit, number>>> = {
  "USD per 1,000 requests": 1_000,
  "USD per 10,000 requests": 10_000,
  "USD per million requests": 1_000_000,
};

/** USD a month for a quantity that stands all month, or for an amount that is used in it. */
export function monthly({ value, unit }: Pick<Price, "value" | "unit">, quantity: number): number {
  const hours = unit === "USD per hour" ? HOURS_PER_MONTH : 1;
  return (value * quantity * hours) / (SIZES[unit] ?? 1);
}
