/** The disruption controller's arithmetic and the refusals built on it. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { disruptionsAllowed, drainProblems, podsOf } from "../../../components/core/drain";

const selector = { app: "shop" };

describe("shares of pods", () => {
  test("a number stands for itself", () => expect(podsOf(2, 7)).toBe(2));
  test("half of seven is four: shares are rounded up", () => expect(podsOf("50%", 7)).toBe(4));
  test("one percent of three is one", () => expect(podsOf("1%", 3)).toBe(1));
  test("no percent of three is none", () => expect(podsOf("0%", 3)).toBe(0));
  test("all of three is three", () => expect(podsOf("100%", 3)).toBe(3));
  test("a share that comes out even is not raised", () => expect(podsOf("34%", 50)).toBe(17));
});

describe("evictions allowed while every pod is healthy", () => {
  const cases = [
    { replicas: 3, rule: { maxUnavailable: 1 }, allowed: 1 },
    { replicas: 3, rule: { maxUnavailable: 0 }, allowed: 0 },
    { replicas: 3, rule: { maxUnavailable: "1%" }, allowed: 1 },
    { replicas: 3, rule: { maxUnavailable: "0%" }, allowed: 0 },
    { replicas: 1, rule: { maxUnavailable: 1 }, allowed: 1 },
    { replicas: 2, rule: { maxUnavailable: 5 }, allowed: 2 },
    { replicas: 3, rule: { minAvailable: 2 }, allowed: 1 },
    { replicas: 3, rule: { minAvailable: 3 }, allowed: 0 },
    { replicas: 3, rule: { minAvailable: 4 }, allowed: 0 },
    { replicas: 3, rule: { minAvailable: "90%" }, allowed: 0 },
    { replicas: 10, rule: { minAvailable: "90%" }, allowed: 1 },
    { replicas: 1, rule: { minAvailable: "1%" }, allowed: 0 },
    { replicas: 1, rule: { minAvailable: 0 }, allowed: 1 },
    { replicas: 9, rule: {}, allowed: 0 },
  ];
  test.each(cases)("$replicas pods with $rule: $allowed", ({ replicas, rule, allowed }) => {
    expect(disruptionsAllowed(replicas, rule)).toBe(allowed);
  });
});

describe("what is refused", () => {
  test("a budget that keeps every pod", () => {
    expect(drainProblems({ selector, leastReplicas: 3, minAvailable: "90%" })).toEqual([
      {
        path: "minAvailable",
        got: "90%",
        allowed: "a budget that lets at least 1 pod go; this one lets none of 3 go",
        fix: "Write maxUnavailable: 1, or raise the replicas.",
      },
    ]);
  });

  test("a budget that keeps the only pod", () => {
    expect(drainProblems({ selector, leastReplicas: 1, minAvailable: 1 })).toEqual([
      {
        path: "minAvailable",
        got: 1,
        allowed: "a budget that lets at least 1 pod go; this one keeps the only pod",
        fix: "Write maxUnavailable: 1, or raise the replicas.",
      },
    ]);
  });

  test("a budget that lets nobody go by maxUnavailable", () => {
    expect(drainProblems({ selector, leastReplicas: 3, maxUnavailable: 0 })).toEqual([
      {
        path: "maxUnavailable",
        got: 0,
        allowed: "a budget that lets at least 1 pod go; this one lets none of 3 go",
        fix: "Write maxUnavailable: 1, or raise the replicas.",
      },
    ]);
  });

  test("both fields at once", () => {
    expect(drainProblems({ selector, leastReplicas: 3, minAvailable: 1, maxUnavailable: 1 })).toEqual([
      {
        path: "minAvailable, maxUnavailable",
        got: [1, 1],
        allowed: "exactly one: the API refuses a budget with both",
        fix: "Keep maxUnavailable, which stays right when the replicas change.",
      },
    ]);
  });

  test("everything wrong at once, in one answer", () => {
    expect(drainProblems({ selector: {}, leastReplicas: 0 })).toEqual([
      {
        path: "minAvailable, maxUnavailable",
        got: undefined,
        allowed: "exactly one: a budget with neither blocks every eviction",
        fix: "Write maxUnavailable: 1.",
      },
      {
        path: "selector",
        got: {},
        allowed: "at least one label: in policy/v1 an empty selector takes every pod of the namespace",
        fix: "Give the labels of the workload's pods.",
      },
      {
        path: "leastReplicas",
        got: 0,
        allowed: "a whole number from 1",
        fix: "Give the replicas of the workload, or minReplicas of its autoscaler.",
      },
    ]);
  });

  test.each([-1, 1.5, Number.NaN, "1", "-1%", "101%", "12.5%", "%", "", " 5%"])("%j as a count of pods", (count) => {
    expect(drainProblems({ selector, leastReplicas: 3, maxUnavailable: count })).toEqual([
      {
        path: "maxUnavailable",
        got: count,
        allowed: 'a whole number from 0, or "0%" to "100%"',
        fix: 'Write maxUnavailable: 1, or a share such as maxUnavailable: "25%".',
      },
    ]);
  });
});

/** What a user does: evict healthy pods one after the other while the controller's rule holds. */
function evictableByHand(replicas: number, rule: { minAvailable?: number | string; maxUnavailable?: number | string }) {
  const share = (count: number | string) => {
    if (typeof count === "number") return count;
    let pods = 0;
    while (pods * 100 < Number.parseInt(count, 10) * replicas) pods += 1;
    return pods;
  };
  let gone = 0;
  for (;;) {
    const after = gone + 1;
    if (after > replicas) return gone;
    if (rule.maxUnavailable !== undefined && after > share(rule.maxUnavailable)) return gone;
    if (rule.minAvailable !== undefined && replicas - after < share(rule.minAvailable)) return gone;
    gone = after;
  }
}

const counts = fc.oneof(
  fc.nat({ max: 60 }),
  fc.nat({ max: 100 }).map((share) => `${share}%`),
);
const rules = fc.oneof(
  counts.map((count) => ({ minAvailable: count })),
  counts.map((count) => ({ maxUnavailable: count })),
);
const replicaCounts = fc.integer({ min: 1, max: 50 });

describe("for every budget and replica count", () => {
  test("the formula agrees with evicting pods one by one", () => {
    fc.assert(
      fc.property(replicaCounts, rules, (replicas, rule) => {
        expect(disruptionsAllowed(replicas, rule)).toBe(evictableByHand(replicas, rule));
      }),
    );
  });

  test("a budget is accepted exactly when one pod can go", () => {
    fc.assert(
      fc.property(replicaCounts, rules, (leastReplicas, rule) => {
        const accepted = drainProblems({ selector, leastReplicas, ...rule }).length === 0;
        expect(accepted).toBe(evictableByHand(leastReplicas, rule) >= 1);
      }),
    );
  });

  test("maxUnavailable that is accepted once stays right for any number of pods", () => {
    fc.assert(
      fc.property(replicaCounts, replicaCounts, counts, (some, others, maxUnavailable) => {
        fc.pre(drainProblems({ selector, leastReplicas: some, maxUnavailable }).length === 0);
        expect(drainProblems({ selector, leastReplicas: others, maxUnavailable })).toEqual([]);
      }),
    );
  });
});
