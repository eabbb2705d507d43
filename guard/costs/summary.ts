/** What a change does to the bill, and a bill in a screenful: the dearest first, with who causes it. */
import { ProblemsError } from "@fridayproof/components/core";
import { byPrice, costTable, outsideOf, totalOf, type Cost, unpricedRegions } from "./cost-table";
import type { PlannedResource } from "./plan";

/** A bill that can be added up, or what stands in the way. */
type StackCost = { readonly month: number; readonly most: number } | { readonly unpriced: number };

/** What a stack has in regions with prices, and the other regions that it has something in. */
export interface Priced {
  readonly resources: readonly PlannedResource[];
  readonly without: readonly string[];
}

/** Parts a stack by whether there are prices of the region: a region without them is named, and never counted as nothing. */
export function pricedOf(all: readonly PlannedResource[]): Priced {
  const without = unpricedRegions(all);
  return { resources: outsideOf(without, all), without };
}

/** A sentence about regions without prices; empty where there are none. */
export function withoutPrices(regions: readonly string[]): string {
  return regions.length === 0 ? "" : `there are no prices of ${regions.join(", ")}`;
}

/** Adds a stack up; what has no price is counted, never taken for zero. */
function costOf(stack: string, resources: readonly PlannedResource[]): StackCost {
  try {
    const { costs } = costTable(`the costs of ${stack}`, resources);
    return { month: totalOf(costs), most: totalOf(costs, "most") };
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    return { unpriced: error.problems.length };
  }
}

const DIGITS = 2;

/** `1,384.95`: US dollars a month. */
export function usd(value: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: DIGITS, maximumFractionDigits: DIGITS });
}

/** What a stack costs a month; undefined where something of it has no price. */
export function monthOf(stack: string, resources: readonly PlannedResource[]): string | undefined {
  const cost = costOf(stack, resources);
  return "unpriced" in cost ? undefined : usd(cost.month);
}

const rounded = (value: number): number => Number(value.toFixed(DIGITS));

/** USD a month before and after; undefined where something of it has no price. */
export function costsOf(
  stack: string,
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
): { readonly before: number; readonly after: number } | undefined {
  const [old, now] = [costOf(stack, pricedOf(before).resources), costOf(stack, pricedOf(after).resources)];
  return "unpriced" in old || "unpriced" in now ? undefined : { before: rounded(old.month), after: rounded(now.month) };
}

/** What a plan does to the bill, in one line; undefined where nothing of it costs. */
export function costLine(
  stack: string,
  before: readonly PlannedResource[],
  after: readonly PlannedResource[],
): string | undefined {
  const [earlier, later] = [pricedOf(before), pricedOf(after)];
  const [old, now] = [costOf(stack, earlier.resources), costOf(stack, later.resources)];
  const missing = withoutPrices([...new Set([...earlier.without, ...later.without])]);
  if ("unpriced" in now || "unpriced" in old) {
    const count = "unpriced" in now ? now.unpriced : "unpriced" in old ? old.unpriced : 0;
    return `not known: ${count} ${count === 1 ? "value has" : "values have"} no price (npx fridayproof costs -s ${stack})`;
  }
  if (old.month === 0 && now.month === 0) return missing === "" ? undefined : `not known: ${missing}`;
  const most = old.most === now.most ? "" : `; at most ${usd(old.most)} → ${usd(now.most)}`;
  const rest = missing === "" ? "" : `; ${missing}`;
  if (old.month === now.month) return `${usd(now.month)} USD a month, no change${most} (SIMULATED)${rest}`;
  return `${usd(old.month)} → ${usd(now.month)} USD a month${most} (SIMULATED)${rest}`;
}

/** One row of a cost table. */
export interface CostRow {
  /** What is billed, with how many there are. */
  readonly what: string;
  /** USD a month. */
  readonly month: number;
  readonly resources: readonly string[];
}

/** The rows of a cost table, the dearest first. */
export function costRows(costs: readonly Cost[]): readonly CostRow[] {
  return byPrice(costs).map((group) => {
    const quantity = group.reduce((sum, cost) => sum + cost.quantity, 0);
    const { what = "", unit } = group[0]?.unitPrice ?? {};
    const count = unit === "USD per GB-month" ? `${quantity} GB of` : `${quantity} x`;
    return { what: `${count} ${what}`, month: totalOf(group), resources: group.map(({ resource }) => resource) };
  });
}
