/** Pods of a canary without a router, by the numbers that Argo Rollouts' own tests expect. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percentOf, podsOfWeight } from "../../../../policies/kit/argo-rollouts/basic-canary";

/**
 * replicas, weight, whether it may surge, pods of the new version, pods of the old one.
 * Source: TestApproximateWeightedNewStableReplicaCounts, utils/replicaset/canary_test.go, Argo Rollouts v1.9.
 */
const recorded: readonly (readonly [number, number, boolean, number, number])[] = [
  [0, 0, false, 0, 0],
  [0, 50, false, 0, 0],
  [0, 100, false, 0, 0],
  [0, 0, true, 0, 0],
  [0, 50, true, 0, 0],
  [0, 100, true, 0, 0],
  [1, 0, false, 0, 1],
  [1, 1, false, 0, 1],
  [1, 49, false, 0, 1],
  [1, 50, false, 1, 0],
  [1, 99, false, 1, 0],
  [1, 100, false, 1, 0],
  [1, 0, true, 0, 1],
  [1, 1, true, 1, 1],
  [1, 49, true, 1, 1],
  [1, 50, true, 1, 1],
  [1, 99, true, 1, 1],
  [1, 100, true, 1, 0],
  [2, 0, false, 0, 2],
  [2, 1, false, 1, 1],
  [2, 50, false, 1, 1],
  [2, 99, false, 1, 1],
  [2, 100, false, 2, 0],
  [2, 0, true, 0, 2],
  [2, 1, true, 1, 2],
  [2, 50, true, 1, 1],
  [2, 99, true, 2, 1],
  [2, 100, true, 2, 0],
  [3, 10, false, 1, 2],
  [3, 25, false, 1, 2],
  [3, 33, false, 1, 2],
  [3, 34, false, 1, 2],
  [3, 49, false, 1, 2],
  [3, 50, false, 2, 1],
  [3, 10, true, 1, 3],
  [3, 25, true, 1, 3],
  [3, 33, true, 1, 2],
  [3, 34, true, 1, 2],
  [3, 49, true, 2, 2],
  [3, 50, true, 2, 2],
  [10, 0, true, 0, 10],
  [10, 1, false, 1, 9],
  [10, 14, false, 1, 9],
  [10, 15, false, 2, 8],
  [10, 16, false, 2, 8],
  [10, 99, false, 9, 1],
  [10, 100, true, 10, 0],
  [10, 0, true, 0, 10],
  [10, 1, true, 1, 10],
  [10, 18, true, 2, 9],
  [10, 19, true, 2, 9],
  [10, 20, true, 2, 8],
  [10, 23, true, 2, 8],
  [10, 24, true, 3, 8],
  [10, 25, true, 3, 8],
  [10, 99, true, 10, 1],
  [10, 100, true, 10, 0],
];

describe("pods of a weight without a router", () => {
  it.each(recorded)("%i pods at %i %%, surge %s: %i and %i", (replicas, weight, maySurge, canary, stable) => {
    expect(podsOfWeight({ replicas, weight, maySurge })).toEqual({ canary, all: canary + stable });
  });

  it("leaves each version a pod between nobody and everybody, and adds one pod at most", () => {
    const replicas = fc.integer({ min: 2, max: 200 });
    const weight = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(replicas, weight, fc.boolean(), (pods, percent, maySurge) => {
        // Half a pod less than all of them: the case below.
        fc.pre(maySurge || pods * (100 - percent) !== 50);
        const { canary, all } = podsOfWeight({ replicas: pods, weight: percent, maySurge });
        expect(canary).toBeGreaterThanOrEqual(1);
        expect(canary).toBeLessThan(all);
        expect([pods, pods + Number(maySurge)]).toContain(all);
      }),
    );
  });

  it.each([
    [2, 75],
    [5, 90],
    [10, 95],
    [50, 99],
  ])(
    "is none of %i pods at %i %% without a surge, because Argo Rollouts takes neither number of a tie",
    (replicas, weight) => {
      expect(podsOfWeight({ replicas, weight, maySurge: false })).toEqual({ canary: 0, all: replicas });
    },
  );

  it("is nobody's where there is no pod", () => {
    expect(percentOf({ canary: 0, all: 0 })).toBe(0);
    expect(percentOf({ canary: 1, all: 4 })).toBe(25);
  });
});
