/** How long a replica takes to grow: what counts, what the rows give, and the sentence about it. */
import { describe, expect, it } from "vitest";
import { type ScaleTime, scaleText, scaleTimeOf } from "../../../guard/timeline";
import { durationOf } from "../../../guard/timeline/durations";
import { NODES, row } from "./support";

const ROOT = "kubernetes:argoproj.io/v1alpha1:ApplicationSet";
const pool = { clusterName: "c", labels: { "fridayproof.dev/pool": "apps" } };

const group = (name: string, from: number, to: number, needs: readonly string[] = []) => {
  const sized = (desiredSize: number) => row(NODES, name, needs, { ...pool, scalingConfig: { desiredSize } });
  return { op: "update", urn: sized(to).urn, oldState: sized(from), newState: sized(to) };
};
const root = (from: string, to: string, needs: readonly string[] = []) => {
  const of = (path: string) => row(ROOT, "root", needs, { spec: { template: { spec: { source: { path } } } } });
  return { op: "update", urn: of(to).urn, oldState: of(from), newState: of(to) };
};

describe("the time of a plan that grows", () => {
  it("is the slowest of its node groups and then the first sync, drawn from their rows", () => {
    const [one, two] = [group("one", 0, 2), group("two", 0, 1)];
    const sync = root("gitops/standby", "gitops/prod", [one.urn, two.urn]);
    const time = scaleTimeOf([one, two, sync]);
    expect(time).toMatchObject({ label: "SIMULATED", groups: 2, syncs: true });
    const { low, high } = durationOf(NODES, true, {});
    const alone = scaleTimeOf([one]);
    expect(alone?.syncs).toBe(false);
    expect(alone?.drawn.p50).toBeGreaterThan(low);
    expect(alone?.drawn.p95).toBeLessThan(high);
    expect(time?.drawn.p50).toBeGreaterThan((alone?.drawn.p50 ?? 0) + 120);
  });

  it("is longer where the groups of a pool wait for each other", () => {
    const one = group("one", 1, 2);
    const time = scaleTimeOf([one, group("two", 1, 2, [one.urn])]) as ScaleTime;
    expect(time.inTurn.p95).toBeGreaterThan(time.drawn.p95 * 1.5);
    const apart = scaleTimeOf([one, group("two", 1, 2)]) as ScaleTime;
    expect(apart.inTurn).toEqual(apart.drawn);
  });

  it.each([
    ["a group that shrinks", [group("one", 2, 0)]],
    ["a group that stays", [group("one", 2, 2)]],
    ["another folder alone", [root("gitops/prod", "gitops/standby")]],
    ["a group that is made anew", [{ ...group("one", 0, 2), op: "create" }]],
    ["nothing", []],
  ])("is unknown of %s", (_what, steps) => {
    expect(scaleTimeOf(steps)).toBeUndefined();
  });

  it("does not count a folder that stays the same", () => {
    expect(scaleTimeOf([group("one", 0, 2), root("gitops/prod", "gitops/prod")])?.syncs).toBe(false);
  });
});

describe("the sentence", () => {
  const drawn = { p50: 346, p90: 416, p95: 432 };
  const time: ScaleTime = { label: "SIMULATED", groups: 4, syncs: true, drawn, inTurn: drawn };
  const END = "No time of it was measured, and none is an RTO.";

  it.each([
    [
      time,
      `SIMULATED p50 5:46, p90 6:56, p95 7:12 of 8:00, 0:48 to spare: nodes of 4 groups, then a whole first sync. ${END}`,
    ],
    [
      { ...time, syncs: false, groups: 1, inTurn: { ...drawn, p95: 707 } },
      `SIMULATED p50 5:46, p90 6:56, p95 7:12 of 8:00, 0:48 to spare: nodes of 1 group; if groups of a pool wait for each other's nodes, p95 11:47. ${END}`,
    ],
    [
      { ...time, drawn: { ...drawn, p95: 500 }, inTurn: { ...drawn, p95: 500 } },
      `SIMULATED p50 5:46, p90 6:56, p95 8:20 of 8:00, 0:20 over it: nodes of 4 groups, then a whole first sync. ${END}`,
    ],
  ])("of %j", (of, expected) => {
    expect(scaleText(of)).toBe(expected);
  });
});
