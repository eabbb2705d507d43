/** What a stack costs a month by list prices: quantities from its plan, never typed by hand. */
import { nameOf, type Problem, throwProblems, under } from "@fridayproof/components/core";
import type { Charges, Charge } from "./charges";
import { billedTypes } from "./billed-types";
import { freeTypes } from "./free-types";
import { type Plan, type PlannedResource, planOf } from "./plan";
import { monthly, type Price, type UsagePrice } from "./price";
import { fixedPrice, pricedRegions, usagePrice } from "./prices";
import { type UsageId, usagePrices } from "./usage-prices";

/** A charge, with what causes it and its price. */
export interface Cost extends Required<Charge> {
  /** Logical name of the resource. */
  readonly resource: string;
  readonly unitPrice: Price;
}

/** A price by use, and who may cause it. */
export interface Usage {
  readonly price: UsageId;
  readonly resources: readonly string[];
  readonly unitPrice: UsagePrice;
}

/** What a stack is billed for. */
export interface CostTable {
  readonly costs: readonly Cost[];
  readonly usage: readonly Usage[];
}

/** How large what scales by itself is: as the plan makes it, or at its limits. */
export type Size = "quantity" | "least" | "most";

interface Entry {
  readonly resource: PlannedResource;
  readonly region: string;
  readonly charges: Charges;
}

function unclassified({ type }: PlannedResource): Charges {
  const allowed = "a type that guard/costs/billed-types.ts or guard/costs/free-types.ts names";
  const fix = "Find out what AWS bills for it, and add it to one of the two.";
  return { problems: [{ path: "", got: type, allowed, fix }] };
}

function chargesOf(resource: PlannedResource, plan: Plan): Charges {
  if (!resource.custom || freeTypes.has(resource.type)) return {};
  const rule = billedTypes.get(resource.type);
  return rule === undefined ? unclassified(resource) : rule(resource, plan);
}

function problemsOf({ resource, region, charges }: Entry): Problem[] {
  const problems = [...(charges.problems ?? [])];
  const billed = (charges.fixed ?? []).length + (charges.usage ?? []).length > 0;
  if (billed && !pricedRegions.includes(region))
    problems.push({
      path: "region",
      got: region === "" ? undefined : region,
      allowed: pricedRegions.join(", "),
      fix: "Read the region's prices and add them to guard/costs/prices.ts.",
    });
  return under(nameOf(resource.urn), problems);
}

function costsOf({ resource, region, charges }: Entry): Cost[] {
  return (charges.fixed ?? []).flatMap((charge) => {
    const unitPrice = fixedPrice(charge.price, region);
    if (unitPrice === undefined || (charge.most ?? charge.quantity) === 0) return [];
    const { quantity, least = quantity, most = quantity } = charge;
    return [{ ...charge, least, most, resource: nameOf(resource.urn), unitPrice }];
  });
}

function usageOf(entries: readonly Entry[]): Usage[] {
  const found = new Map<string, Usage>();
  for (const { resource, region, charges } of entries) {
    for (const price of charges.usage ?? []) {
      const unitPrice = usagePrice(price, region);
      if (unitPrice === undefined) continue;
      const id = `${price} ${unitPrice.value}`;
      const before = found.get(id) ?? { price, unitPrice, resources: [] };
      found.set(id, { ...before, resources: [...before.resources, nameOf(resource.urn)] });
    }
  }
  const order = Object.keys(usagePrices);
  return [...found.values()].sort((left, right) => order.indexOf(left.price) - order.indexOf(right.price));
}

/** Regions of billed resources of which there are no prices. */
export function unpricedRegions(resources: readonly PlannedResource[]): string[] {
  const plan = planOf(resources);
  const billed = resources.filter((resource) => {
    const { fixed = [], usage = [] } = chargesOf(resource, plan);
    return fixed.length + usage.length > 0;
  });
  const regions = new Set(billed.map((resource) => plan.regionOf(resource) ?? ""));
  return [...regions].filter((region) => region !== "" && !pricedRegions.includes(region)).sort();
}

/** The resources of a plan that are not in these regions. */
export function outsideOf(regions: readonly string[], resources: readonly PlannedResource[]): PlannedResource[] {
  const plan = planOf(resources);
  return resources.filter((resource) => !regions.includes(plan.regionOf(resource) ?? ""));
}

/**
 * The table of a stack.
 * @param subject for messages, such as `the costs of prod`.
 * @throws ProblemsError when a type is neither billed nor known to be free, or a price is missing: never zero instead.
 */
export function costTable(subject: string, resources: readonly PlannedResource[]): CostTable {
  const plan = planOf(resources);
  const entries = resources.map((resource) => ({
    resource,
    region: plan.regionOf(resource) ?? "",
    charges: chargesOf(resource, plan),
  }));
  throwProblems(subject, entries.flatMap(problemsOf));
  return { costs: entries.flatMap(costsOf), usage: usageOf(entries) };
}

/** USD a month of all costs together. */
export function totalOf(costs: readonly Cost[], size: Size = "quantity"): number {
  return costs.reduce((sum, cost) => sum + monthly(cost.unitPrice, cost[size]), 0);
}

/** Costs of one price together, the dearest first; regions with the same price are one group. */
export function byPrice(costs: readonly Cost[]): (readonly Cost[])[] {
  const idOf = ({ price, unitPrice }: Cost): string => `${price} ${unitPrice.value}`;
  const groups = [...new Set(costs.map(idOf))].sort().map((id) => costs.filter((cost) => idOf(cost) === id));
  return groups.sort((left, right) => totalOf(right) - totalOf(left));
}
