/** What may become of nodes that stand, on plain data: no other minor under traffic, and no other processor in their pool. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { environment } from "../../stacks/environments/environment";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { dev } from "../../stacks/environments/dev";
import { prod } from "../../stacks/environments/prod";
import type { Standing, StandingSlot } from "../../stacks/transition/standing";
import { transitionProblems } from "../../stacks/transition/transition";

type Changes = Partial<Pick<EnvironmentInput, "slots" | "weights" | "pools">>;

const green = { kubernetes: "1.35" };
const up: StandingSlot = { kubernetes: "1.35", nodes: ["1.35", "1.35"], gateway: true, held: true };
const lines = (changes: Changes, standing: Standing, of: EnvironmentInput = prod) =>
  transitionProblems(standing, environment({ ...of, ...changes })).map(
    ({ path, got, allowed, fix }) => `${path}: ${JSON.stringify(got)}; ${allowed}; ${fix}`,
  );

/** Both slots; blue's nodes are of these minors. */
const blueWith = (nodes: readonly string[], weights = { blue: 100, green: 0 }): Standing => ({
  slots: { blue: { ...up, kubernetes: "1.36", nodes }, green: up },
  weights,
  rule: true,
});
const blueMovesTo = (nodes?: string): Changes => ({ slots: { blue: { kubernetes: "1.36", nodes }, green } });

describe("the nodes' minor", () => {
  test("of a slot that is served does not change, by the setting or by leaving it out", () => {
    const fix = "change the nodes when the slot's traffic is away.";
    expect(lines(blueMovesTo("1.35"), blueWith(["1.36", "1.36"]))).toEqual([
      `slots.blue.nodes: "1.35"; 1.36, because the slot gets 100 % of the traffic; Keep nodes: "1.36" and ${fix}`,
    ]);
    expect(lines(blueMovesTo(), blueWith(["1.35"]))).toEqual([
      `slots.blue.nodes: "1.36"; 1.35, because the slot gets 100 % of the traffic; Keep nodes: "1.35" and ${fix}`,
    ]);
    expect(lines(blueMovesTo("1.35"), blueWith(["1.35"]))).toEqual([]);
  });

  test("of an idle slot changes", () => {
    const idle = { blue: 0, green: 100 };
    const weights = { weights: idle };
    expect(lines({ ...blueMovesTo("1.35"), ...weights }, blueWith(["1.36"], idle))).toEqual([]);
    expect(lines({ ...blueMovesTo(), ...weights }, blueWith(["1.35", "1.36"], idle))).toEqual([]);
  });

  test("does not change in the update that brings the traffic", () => {
    const idle = { blue: 0, green: 100 };
    const weights = { blue: 20, green: 80 };
    expect(lines({ ...blueMovesTo(), weights }, blueWith(["1.35", "1.36"], idle))).toEqual([
      'slots.blue.nodes: "1.36"; 1.35, because the slot gets 20 % of the traffic; ' +
        "Run an update without the weight first: the nodes are replaced before anybody is served by them.",
    ]);
  });

  test("never shuts all ways: from whatever groups a served slot has, some value is accepted", () => {
    const minors: readonly string[] = ["1.34", "1.35", "1.36"];
    const groups = fc.array(fc.constantFrom(...minors), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(groups, (nodes) => {
        const ways = minors.filter((expected) => lines(blueMovesTo(expected), blueWith(nodes)).length === 0);
        expect(ways).toEqual(minors.filter((expected) => nodes.includes(expected)));
      }),
    );
  });
});

describe("a pool's processor", () => {
  const standing = (apps: string): Standing => ({
    slots: { blue: { ...up, instanceTypes: { apps, system: "t3.xlarge" } } },
    weights: { blue: 100, green: 0 },
    rule: true,
  });
  const apps = (instanceType: string): Changes => ({
    pools: { ...prod.pools, apps: { instanceType, size: { min: 3, desired: 5, max: 10 }, tainted: false } },
  });

  test("is kept: another one is a pool of another name", () => {
    expect(lines(apps("m6i.xlarge"), standing("t3.xlarge"))).toEqual([]);
    expect(lines(apps("m7g.xlarge"), standing("m6g.xlarge"))).toEqual([]);
    expect(lines(apps("m7g.xlarge"), standing("t3.xlarge"))).toEqual([
      'pools.apps.instanceType: "m7g.xlarge"; a type for x86_64, because the pool stands on t3.xlarge; ' +
        "Add a pool of another name for arm64, run an update and move the pods; then set retiring: true on this one, " +
        "run an update, and remove it: another processor would replace all node groups of the pool at once.",
    ]);
    expect(lines(apps("t3.xlarge"), standing("m7g.xlarge"))[0]).toContain("a type for arm64, because the pool stands");
  });

  test("is kept where nothing is protected too", () => {
    const system = { ...dev.pools["system"], instanceType: "m7g.large" } as EnvironmentInput["pools"][string];
    const stands: Standing = {
      slots: { blue: { ...up, held: false, instanceTypes: { system: "t3.large" } } },
      weights: { blue: 100, green: 0 },
      rule: true,
    };
    expect(lines({ pools: { system } }, stands, dev).map((line) => line.split(":")[0])).toEqual([
      "pools.system.instanceType",
    ]);
  });

  test("is free in a new pool, and in a slot that does not stand or goes", () => {
    const pools = { ...prod.pools, arm: { ...prod.pools["apps"], instanceType: "m7g.xlarge" } } as never;
    expect(lines({ pools }, standing("t3.xlarge"))).toEqual([]);
    const deleted: Standing = {
      slots: { blue: up, green: { ...up, held: false, instanceTypes: { apps: "m7g.xlarge" } } },
      weights: { blue: 100, green: 0 },
      rule: true,
    };
    expect(lines({}, deleted)).toEqual([]);
    expect(lines({}, { ...deleted, slots: { blue: { ...up, instanceTypes: { apps: "no.type" } } } })).toEqual([]);
  });
});
