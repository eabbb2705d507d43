/** Prices: every row complete, and no region said to be read that was not. */
import { describe, expect, test } from "vitest";
import { type FixedId, fixedPrices } from "../../../guard/costs/fixed-prices";
import { monthly, type Price } from "../../../guard/costs/price";
import { fixedPrice, pricedRegions, usagePrice } from "../../../guard/costs/prices";
import { type UsageId, usagePrices } from "../../../guard/costs/usage-prices";

describe("prices", () => {
  test.each(Object.entries<Price>({ ...fixedPrices, ...usagePrices }))("%s has a source and a day", (_, row) => {
    expect(row.value).toBeGreaterThan(0);
    expect(row.unit).toMatch(/^USD per /);
    expect(row.region).toBe("us-east-1");
    expect(row.source).toMatch(/^https:\/\//);
    expect(row.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(row.what.length).toBeGreaterThan(5);
  });

  test("bill in fixed tables what stands, never what is used", () => {
    const units = new Set(Object.values<Price>(fixedPrices).map(({ unit }) => unit));
    expect([...units].sort()).toEqual(["USD per GB-month", "USD per hour", "USD per month"]);
  });

  test("of Oregon are Virginia's, and say that nobody read them", () => {
    for (const id of Object.keys(fixedPrices) as FixedId[]) {
      const { value, unit } = fixedPrices[id];
      const evidence = "from knowledge, not re-read";
      expect(fixedPrice(id, "us-west-2")).toMatchObject({ value, unit, evidence, region: "us-west-2" });
    }
  });

  test("of other regions do not exist", () => {
    expect(pricedRegions).toEqual(["us-east-1", "us-west-2"]);
    for (const id of Object.keys(fixedPrices) as FixedId[]) expect(fixedPrice(id, "eu-central-1")).toBeUndefined();
    for (const id of Object.keys(usagePrices) as UsageId[]) expect(usagePrice(id, "eu-central-1")).toBeUndefined();
  });

  test.each([
    ["USD per hour", 0.1, 2, 146],
    ["USD per month", 0.4, 5, 2],
    ["USD per GB-month", 0.08, 100, 8],
    ["USD per GB", 0.09, 100, 9],
    ["USD per 1,000 requests", 0.005, 10_000, 0.05],
    ["USD per 10,000 requests", 0.03, 100_000, 0.3],
    ["USD per million requests", 0.5, 2_000_000, 1],
  ] as const)("%s become USD a month", (unit, value, quantity, usd) => {
    expect(monthly({ value, unit }, quantity)).toBeCloseTo(usd, 9);
  });
});
