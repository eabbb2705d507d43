/** The price of something in a region: what was read for us-east-1, and what is believed of us-west-2. */
import { type FixedId, fixedPrices } from "./fixed-prices";
import type { Price, UsagePrice } from "./price";
import { type UsageId, usagePrices } from "./usage-prices";

const READ_REGION = "us-east-1";

/** Oregon has the prices of Virginia for everything in these tables, as far as we know. */
const SAME_LIST = ["us-west-2"];

/** Regions with prices. */
export const pricedRegions: readonly string[] = [READ_REGION, ...SAME_LIST];

function inRegion<T extends Price>(price: T, region: string): T | undefined {
  if (region === READ_REGION) return price;
  return SAME_LIST.includes(region) ? { ...price, region, evidence: "from knowledge, not re-read" } : undefined;
}

/** Whether there is a fixed price with this id, such as an instance type that a plan names. */
export function isFixedId(id: string): id is FixedId {
  return id in fixedPrices;
}

/** A fixed price in a region; undefined where the region has none. */
export function fixedPrice(id: FixedId, region: string): Price | undefined {
  return inRegion(fixedPrices[id], region);
}

/** A price by use in a region; undefined where the region has none. */
export function usagePrice(id: UsageId, region: string): UsagePrice | undefined {
  return inRegion(usagePrices[id], region);
}
