/** Allowed changes to the deployed state, on plain data: every message whole, and every pair of edits. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { environment, environmentProblems } from "../../stacks/environments/environment";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { prod } from "../../stacks/environments/prod";
import type { Standing, StandingSlot } from "../../stacks/transition/standing";
import { transitionProblems } from "../../stacks/transition/transition";

type Changes = Partial<Pick<EnvironmentInput, "slots" | "weights" | "shiftReason">>;

const [blue, green] = [{ kubernetes: "1.35" }, { kubernetes: "1.35" }];
const up: StandingSlot = { kubernetes: "1.35", nodes: ["1.35", "1.35"], gateway: true, held: true };
/** Blue alone, with all traffic. */
const alone: Standing = { slots: { blue: up }, weights: { blue: 100, green: 0 }, rule: true };
/** Green beside it, without traffic. */
const beside: Standing = { ...alone, slots: { blue: up, green: up } };
const all = (changes: Changes, standing: Standing) =>
  transitionProblems(standing, environment({ ...prod, ...changes }));
const lines = (changes: Changes, standing: Standing) =>
  all(changes, standing).map(({ path, got, allowed, fix }) => `${path}: ${JSON.stringify(got)}; ${allowed}; ${fix}`);
const shifted = { blue: 0, green: 100 };
const shiftReason = { weights: shifted, reason: "blue's nodes cannot be patched" };

describe("a shift", () => {
  const slots = { blue, green };

  test("of 20 points passes, both ways; of 21 it does not", () => {
    expect(lines({ slots, weights: { blue: 80, green: 20 } }, beside)).toEqual([]);
    expect(lines({ slots, weights: { blue: 100, green: 0 } }, { ...beside, weights: { blue: 80, green: 20 } })).toEqual(
      [],
    );
    expect(lines({ slots, weights: { blue: 79, green: 21 } }, beside)).toEqual([
      'weights: {"blue":79,"green":21}; at most 20 points away from what stands (blue 100 %, green 0 %); ' +
        'Go by steps, or give the reason: shiftReason: { weights: { blue: 79, green: 21 }, reason: "..." }.',
    ]);
  });

  test("of 100 points passes with a reason, which counts for these weights alone", () => {
    expect(lines({ slots, weights: shifted }, beside)).toHaveLength(1);
    expect(lines({ slots, weights: shifted, shiftReason }, beside)).toEqual([]);
    const left = environmentProblems({ ...prod, slots, weights: { blue: 20, green: 80 }, shiftReason });
    expect(left).toEqual([
      {
        path: "shiftReason.weights",
        got: { blue: 0, green: 100 },
        allowed: "blue 20 and green 80, the weights that it explains",
        fix: "Remove shiftReason, or give the reason for these weights.",
      },
    ]);
  });

  test("needs no reason while nobody is served yet, or where nothing is known to stand", () => {
    const building = { ...beside, slots: { blue: { ...up, gateway: false }, green: up } };
    expect(lines({ slots, weights: shifted }, building)).toEqual([]);
    expect(lines({ slots, weights: shifted }, { slots: {}, rule: false })).toEqual([]);
  });

  test("of any size passes exactly up to the limit", () => {
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(percent, percent, (before, after) => {
        const standing = { ...beside, weights: { blue: 100 - before, green: before } };
        const problems = all({ slots, weights: { blue: 100 - after, green: after } }, standing);
        expect(problems.length === 0).toBe(Math.abs(after - before) <= 20);
      }),
    );
  });
});

describe("without a rule", () => {
  const before: Standing = { ...alone, rule: false };

  test("the weights stay on what has targets, until the rule is made", () => {
    expect(lines({}, before)).toEqual([]);
    expect(lines({ slots: { blue, green }, weights: { blue: 95, green: 5 } }, before)).toEqual([
      "weights.green: 5; 0, because the listener has no rule yet that would wait for the slot's gateway; " +
        "Run one update with the weights as they are: it makes the rule. Then change them.",
    ]);
    expect(lines({ slots: { blue, green }, weights: { blue: 95, green: 5 } }, { ...beside, rule: false })).toEqual([]);
  });

  test("a first update that failed may be tried with other weights: nobody is served yet", () => {
    const failed: Standing = { slots: { green: { ...up, gateway: false } }, weights: shifted, rule: false };
    expect(lines({ slots: { blue, green }, weights: { blue: 100, green: 0 } }, failed)).toEqual([]);
  });
});

test("a slot retires when its traffic is away, not in the same update", () => {
  const slots = { blue: { ...blue, retiring: true }, green };
  expect(lines({ slots, weights: shifted }, { ...beside, weights: shifted })).toEqual([]);
  expect(lines({ slots, weights: shifted, shiftReason }, { ...beside, weights: { blue: 5, green: 95 } })).toEqual([
    "slots.blue.retiring: true; false, because the slot gets 5 % of the traffic until the update is through; " +
      "Run an update with the weights alone first.",
  ]);
});

describe("a slot that is left out", () => {
  test("while it is served is named with the whole way", () => {
    expect(lines({ slots: { green }, weights: shifted, shiftReason }, beside)).toEqual([
      "slots.blue: undefined; the slot, because it gets 100 % of the traffic; " +
        "Put it back, shift its traffic away and run an update; then set retiring: true and run one, then remove it.",
    ]);
  });

  test("while it is protected is told of retiring by name, and never of the engine's state", () => {
    const idle = { ...beside, weights: shifted };
    expect(lines({ slots: { green }, weights: shifted }, idle)).toEqual([
      "slots.blue: undefined; the slot, because it still stands and is protected; " +
        'Put it back as blue: { kubernetes: "1.35", retiring: true } and run an update, ' +
        "which lifts the protection of this slot alone; then remove it.",
    ]);
    const retired = { ...idle, slots: { ...idle.slots, blue: { ...up, held: false } } };
    expect(lines({ slots: { green }, weights: shifted }, retired)).toEqual([]);
  });
});

describe("a Kubernetes minor", () => {
  const minor = (kubernetes: string, nodes?: string) => ({ slots: { blue, green: { kubernetes, nodes } } });
  const from = (kubernetes: string, nodes = [kubernetes]): Standing => ({
    ...beside,
    slots: { blue: up, green: { ...up, kubernetes, nodes } },
  });

  test("of a slot that is served never changes in place", () => {
    expect(lines({ slots: { blue: { kubernetes: "1.36" }, green } }, beside)).toEqual([
      'slots.blue.kubernetes: "1.36"; 1.35, because the slot gets 100 % of the traffic; ' +
        "Bring the other slot up with the new minor, shift the traffic to it, and retire this one: the way back is a weight.",
    ]);
    const weights = { blue: 80, green: 20 };
    const sharing = lines({ ...minor("1.36"), weights }, from("1.35"));
    expect(sharing[0]).toContain('slots.green.kubernetes: "1.36"; 1.35, because the slot gets 20 % of the traffic');
    const leaving = lines(minor("1.36"), { ...from("1.35"), weights });
    expect(leaving[0]).toContain("because the slot gets 20 % of the traffic");
  });

  test("of an idle slot goes up one at a time", () => {
    expect(lines(minor("1.36"), from("1.35"))).toEqual([]);
    expect(lines(minor("1.37"), from("1.35"))).toEqual([
      'slots.green.kubernetes: "1.37"; 1.35 or 1.36, because EKS goes one minor at a time; ' +
        "Go to 1.36 first, or build the slot anew.",
    ]);
  });

  test("goes back by one, with the nodes first", () => {
    expect(lines(minor("1.35"), from("1.36", ["1.36", "1.35"]))).toEqual([
      'slots.green.kubernetes: "1.35"; 1.36 until no node is newer than 1.35; nodes are of 1.36; ' +
        'Set nodes: "1.35" beside kubernetes: "1.36" and run an update; then change kubernetes. ' +
        "EKS takes a cluster back within seven days of its upgrade.",
    ]);
    expect(lines(minor("1.36", "1.35"), from("1.36"))).toEqual([]);
    expect(lines(minor("1.35"), from("1.36", ["1.35"]))).toEqual([]);
    expect(lines(minor("1.35"), from("1.37", ["1.35"]))).toEqual([
      'slots.green.kubernetes: "1.35"; 1.37 or 1.36, because EKS goes one minor at a time; ' +
        "Go to 1.36 first, or build the slot anew.",
    ]);
  });

  test("of nodes is the cluster's or up to three before it", () => {
    const problems = (nodes: string) =>
      environmentProblems({ ...prod, slots: { blue: { kubernetes: "1.35", nodes } } });
    expect([problems("1.35"), problems("1.32")]).toEqual([[], []]);
    const allowed = "1.35, or up to 3 minors before it";
    const fix = "Leave it out: nodes are of the cluster's minor, except on the way back to the one before.";
    expect(problems("1.36")).toEqual([{ path: "slots.blue.nodes", got: "1.36", allowed, fix }]);
    expect(problems("1.31")).toEqual([{ path: "slots.blue.nodes", got: "1.31", allowed, fix }]);
  });
});

describe("two edits at once", () => {
  interface Edited {
    readonly slots: EnvironmentInput["slots"];
    readonly weights: EnvironmentInput["weights"];
  }
  const edits: Readonly<Record<string, (now: Edited) => Edited>> = {
    "add green": ({ slots, ...rest }) => ({ ...rest, slots: { ...slots, green } }),
    "weight to green": (now) => ({ ...now, weights: shifted }),
    "half to green": (now) => ({ ...now, weights: { blue: 50, green: 50 } }),
    "weight to blue": (now) => ({ ...now, weights: { blue: 100, green: 0 } }),
    "retire blue": ({ slots, ...rest }) => ({ ...rest, slots: { ...slots, blue: { ...blue, retiring: true } } }),
    "remove blue": ({ slots: { green: kept }, ...rest }) => ({ ...rest, slots: kept ? { green: kept } : {} }),
    "remove green": ({ slots: { blue: kept }, ...rest }) => ({ ...rest, slots: kept ? { blue: kept } : {} }),
    "swap blue for green": () => ({ slots: { green }, weights: shifted }),
  };
  const bases: Readonly<Record<string, readonly [Standing, Edited]>> = {
    "blue alone": [alone, { slots: { blue }, weights: { blue: 100, green: 0 } }],
    "green idle": [beside, { slots: { blue, green }, weights: { blue: 100, green: 0 } }],
    "both serving": [
      { ...beside, weights: { blue: 50, green: 50 } },
      { slots: { blue, green }, weights: { blue: 50, green: 50 } },
    ],
    "blue idle": [
      { ...beside, weights: shifted },
      { slots: { blue, green }, weights: shifted },
    ],
  };
  const names = Object.keys(edits);
  const pairs = names.flatMap((first) => names.filter((second) => second !== first).map((second) => [first, second]));

  /** Everything that a pair leads to, refused as written or from what stands, with the reason for a large shift given. */
  function verdict(base: string, [first = "", second = ""]: readonly string[]): "accepted" | "refused" {
    const [standing, now] = bases[base] ?? [];
    const [one, two] = [edits[first], edits[second]];
    if (standing === undefined || now === undefined || one === undefined || two === undefined) throw new Error(base);
    const next = two(one(now));
    const reasoned = { ...next, shiftReason: { weights: next.weights, reason: "a pair of edits in a test" } };
    if (environmentProblems({ ...prod, ...reasoned }).length > 0) return "refused";
    return all(reasoned, standing).length > 0 ? "refused" : "accepted";
  }

  const cases = Object.keys(bases).flatMap((base) => pairs.map((pair) => ({ base, pair })));
  test.each(cases)("$base, $pair: nothing that is served goes, nothing without a slot is served", ({ base, pair }) => {
    if (verdict(base, pair) === "refused") return;
    const [standing, now] = bases[base] ?? [];
    if (standing === undefined || now === undefined) throw new Error(base);
    const next = pair.reduce((state, edit) => edits[edit]?.(state) ?? state, now);
    for (const color of ["blue", "green"] as const) {
      const wasServed = (standing.weights?.[color] ?? 0) > 0;
      const goes = standing.slots[color] !== undefined && next.slots[color] === undefined;
      const lets = next.slots[color]?.retiring === true;
      expect(wasServed && (goes || lets), `${color} goes or lets go while served`).toBe(false);
      expect(next.weights[color] > 0 && next.slots[color] === undefined, `${color} served without a slot`).toBe(false);
    }
  });

  test("these and no others are accepted from a slot that stands alone", () => {
    const accepted = pairs.filter((pair) => verdict("blue alone", pair) === "accepted").map((pair) => pair.join(", "));
    expect(accepted).toEqual([
      "add green, weight to green",
      "add green, half to green",
      "add green, weight to blue",
      "add green, remove green",
      "weight to green, add green",
      "weight to green, weight to blue",
      "half to green, add green",
      "half to green, weight to blue",
      "weight to blue, add green",
      "weight to blue, remove green",
      "remove green, add green",
      "remove green, weight to blue",
    ]);
  });
});
