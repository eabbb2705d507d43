/** Sizes: what a pool may be, what each zone gets of it, and what an update may send. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  nodePoolSizeProblems,
  type NodePoolSize,
  rollTimeout,
  scalingOf,
  splitSize,
  zoneShareProblems,
} from "../../../components/cluster/pool-size";

const ORDER = ["min", "desired", "max"] as const;
const size = fc
  .tuple(fc.integer({ min: 2, max: 450 }), fc.integer({ min: 2, max: 450 }), fc.integer({ min: 2, max: 450 }))
  .map((three): NodePoolSize => {
    const [min = 0, desired = 0, max = 0] = [...three].sort((one, other) => one - other);
    return { min, desired, max };
  });
const zones = fc
  .integer({ min: 1, max: 6 })
  .map((count) => Array.from({ length: count }, (_, index) => `az${index + 1}`));

test("a pool takes min, desired and max in this order, two or more", () => {
  const sizes = [
    { min: 2, desired: 2, max: 2 },
    { min: 2, desired: 3, max: 450 },
    { min: 1, desired: 2, max: 2 },
    { min: 3, desired: 2, max: 4 },
    { min: 2, desired: 5, max: 4 },
    { min: 2, desired: 2, max: 451 },
    { min: 2, desired: 2.5, max: 4 },
  ];
  expect(sizes.map((each) => nodePoolSizeProblems("size", each).length)).toEqual([0, 0, 1, 1, 1, 1, 1]);
});

test("a pool that stands by may have fewer, down to none, and still no more than its most", () => {
  const sizes = [
    { min: 0, desired: 0, max: 3 },
    { min: 1, desired: 1, max: 1 },
    { min: -1, desired: 0, max: 3 },
    { min: 0, desired: 4, max: 3 },
  ];
  expect(sizes.map((each) => nodePoolSizeProblems("size", each, { standsBy: true }).length)).toEqual([0, 0, 1, 1]);
  expect(nodePoolSizeProblems("size", { min: 0, desired: 0, max: 3 }, { standsBy: false })).toHaveLength(1);
});

describe("a size divided among zones", () => {
  test("leaves each zone a node that it may have, or is refused", () => {
    expect(zoneShareProblems("size", { min: 3, desired: 3, max: 3 }, 3)).toEqual([]);
    expect(zoneShareProblems("size", { min: 3, desired: 3, max: 3 }, 4)).toEqual([
      {
        path: "size.max",
        got: 3,
        allowed: "4 or more, one for each zone",
        fix: "Raise max: each zone has a node group of its own, and EKS takes none that may have no node.",
      },
    ]);
    fc.assert(
      fc.property(size, zones, (whole, places) => {
        const parts = [...splitSize(whole, places).values()];
        const accepted = zoneShareProblems("size", whole, places.length).length === 0;
        expect(accepted).toBe(parts.every(({ max }) => max >= 1));
      }),
    );
  });

  test("gives the first zones what is left over", () => {
    expect([...splitSize({ min: 3, desired: 5, max: 10 }, ["az1", "az2", "az4"])]).toEqual([
      ["az1", { min: 1, desired: 2, max: 4 }],
      ["az2", { min: 1, desired: 2, max: 3 }],
      ["az4", { min: 1, desired: 1, max: 3 }],
    ]);
  });

  test("adds up exactly, differs by one at most, and keeps min, desired and max in order in every zone", () => {
    fc.assert(
      fc.property(size, zones, (whole, places) => {
        const parts = [...splitSize(whole, places).values()];
        for (const which of ORDER) {
          const numbers = parts.map((part) => part[which]);
          expect(numbers.reduce((sum, part) => sum + part, 0)).toBe(whole[which]);
          expect(Math.max(...numbers) - Math.min(...numbers)).toBeLessThanOrEqual(1);
          expect(Math.min(...numbers)).toBe(Math.floor(whole[which] / places.length));
        }
        expect(parts.every(({ min, desired, max }) => min <= desired && desired <= max)).toBe(true);
      }),
    );
  });

  test("a zone at the end takes from the others and gives to none", () => {
    fc.assert(
      fc.property(size, zones, (whole, places) => {
        const before = splitSize(whole, places);
        const after = splitSize(whole, [...places, "later"]);
        expect([...after.keys()]).toEqual([...places, "later"]);
        for (const [zone, part] of before)
          for (const which of ORDER) expect(after.get(zone)?.[which]).toBeLessThanOrEqual(part[which]);
      }),
    );
  });
});

describe("what is declared of a node group", () => {
  const share = { min: 1, desired: 2, max: 3 };
  const live = (now: NodePoolSize) => ({ size: now, version: "1.35", releaseVersion: "1.35.8" });

  test("is its share where there is none yet", () => {
    expect(scalingOf(share, undefined, { rolls: false })).toEqual({ size: share, keepsDesired: true, waits: false });
  });

  test("leaves the desired size alone where the bounds are right", () => {
    const now = { min: 1, desired: 3, max: 3 };
    expect(scalingOf(share, live(now), { rolls: false })).toEqual({ size: now, keepsDesired: true, waits: false });
  });

  test.each([
    [
      "more than runs",
      { min: 1, desired: 3, max: 9 },
      { min: 6, desired: 7, max: 12 },
      { min: 6, desired: 6, max: 12 },
    ],
    [
      "a higher bound",
      { min: 1, desired: 9, max: 9 },
      { min: 1, desired: 2, max: 12 },
      { min: 1, desired: 9, max: 12 },
    ],
    ["a bound below what runs", { min: 1, desired: 4, max: 4 }, share, { min: 1, desired: 4, max: 4 }],
    ["a lower bound", { min: 2, desired: 2, max: 4 }, share, { min: 1, desired: 2, max: 3 }],
  ])("carries what runs with %s", (_, now, expected, sent) => {
    const isSame = sent.min === now.min && sent.max === now.max;
    expect(scalingOf(expected, live(now), { rolls: false })).toEqual({
      size: sent,
      keepsDesired: isSame,
      waits: false,
    });
  });

  test("waits while the nodes are replaced", () => {
    const now = { min: 1, desired: 4, max: 9 };
    expect(scalingOf(share, live(now), { rolls: true })).toEqual({ size: now, keepsDesired: true, waits: true });
    expect(scalingOf({ ...share, max: 9 }, live(now), { rolls: true }).waits).toBe(false);
  });

  test("of a pool that stands by is sent as it is declared, all three numbers together, and not while nodes are replaced", () => {
    const [now, small] = [
      { min: 1, desired: 4, max: 9 },
      { min: 0, desired: 0, max: 3 },
    ];
    const sent = { size: small, keepsDesired: false, waits: false };
    expect(scalingOf(small, live(now), { rolls: false, standsBy: true })).toEqual(sent);
    const kept = { size: now, keepsDesired: true, waits: true };
    expect(scalingOf(small, live(now), { rolls: true, standsBy: true })).toEqual(kept);
    const moved = { min: 0, desired: 2, max: 3 };
    expect(scalingOf(small, live(moved), { rolls: false, standsBy: true })).toEqual(sent);
    expect(scalingOf(small, live(small), { rolls: false, standsBy: true }).keepsDesired).toBe(true);
    expect(scalingOf(now, undefined, { rolls: false, standsBy: true }).size).toEqual(now);
  });

  test("never takes a node away, and EKS accepts it", () => {
    fc.assert(
      fc.property(size, size, fc.boolean(), (expected, now, rolls) => {
        const { size: sent } = scalingOf(expected, live(now), { rolls });
        expect(sent.desired).toBeGreaterThanOrEqual(now.desired);
        expect(sent.min <= sent.desired && sent.desired <= sent.max).toBe(true);
      }),
    );
  });
});

test("an update may take a quarter of an hour for each node, and an hour at least", () => {
  expect([1, 4, 10].map((max) => rollTimeout({ min: 1, desired: 1, max }))).toEqual(["3600s", "3600s", "9000s"]);
});
