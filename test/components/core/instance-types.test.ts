/** Instance types are known facts: each row has what a pool and a page ask, and an unknown one is answered with names. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instanceTypeProblems, instanceTypes, isInstanceType } from "../../../components/core/instance-types";
import { distance, nearest } from "../../../components/core/nearest";
import { fixedPrice } from "../../../guard/costs/prices";

test.each(Object.entries(instanceTypes))("%s has an architecture, CPUs, memory and a price", (name, facts) => {
  expect(["x86_64", "arm64"]).toContain(facts.architecture);
  expect([facts.cpu, facts.memoryGiB].every((value) => Number.isInteger(value) && value > 1)).toBe(true);
  expect(isInstanceType(name) && fixedPrice(name, "us-east-1")?.value).toBeGreaterThan(0);
});

test("Graviton's families are arm64, and no other", () => {
  const arm = Object.entries(instanceTypes).filter(([, { architecture }]) => architecture === "arm64");
  expect([...new Set(arm.map(([name]) => name.split(".")[0]))]).toEqual(["t4g", "m6g", "m7g", "m8g", "c7g", "r7g"]);
});

describe("an unknown type", () => {
  test.each([
    ["m9z.xlarge", "m6i.xlarge, m6a.xlarge, m6g.xlarge"],
    ["t3.xxlarge", "t3.xlarge, t3.2xlarge, t3.large"],
    ["toString", "t3.medium, t3.large, t3.xlarge"],
  ])("%s is answered with the nearest names", (name, names) => {
    expect(instanceTypeProblems("pools.apps.instanceType", name)).toEqual([
      {
        path: "pools.apps.instanceType",
        got: name,
        allowed: `a type of components/core/instance-types.json; nearest: ${names}`,
        fix: "Take one of them, or add the type with architecture, CPUs, memory and source, and its price in guard/costs.",
      },
    ]);
  });

  test("is none that has a row", () => {
    expect(instanceTypeProblems("x", "m7g.xlarge")).toEqual([]);
  });
});

describe("distance", () => {
  const word = fc.string({ maxLength: 8 });

  test("is a metric: 0 for the same alone, symmetric, no way round is shorter", () => {
    fc.assert(
      fc.property(word, word, word, (one, other, third) => {
        expect(distance(one, other) === 0).toBe(one === other);
        expect(distance(one, other)).toBe(distance(other, one));
        expect(distance(one, third)).toBeLessThanOrEqual(distance(one, other) + distance(other, third));
      }),
    );
  });

  test("of known words is known", () => {
    expect([distance("kitten", "sitting"), distance("", "abc"), distance("abc", "abd")]).toEqual([3, 3, 1]);
  });

  test("orders names", () => {
    expect(nearest("prdo", ["dev", "staging", "prod"], 1)).toEqual(["prod"]);
  });
});
