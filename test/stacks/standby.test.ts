/** Standing by as data: which sizes count, what is refused, and what policies are told of it. */
import { describe, expect, it } from "vitest";
import { environment, environmentProblems } from "../../stacks/environments/environment";
import { prod } from "../../stacks/environments/prod";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { poolSize, standsBy } from "../../stacks/environments/standby";
import { firstProblems } from "../../stacks/transition/transition";
import { policyConfig } from "../../tools/generate/policy-config";
import { noFreezes } from "../../stacks/environments/freeze";
import { replicaIn } from "../support/replica-graph";

const standing = (nodes: Record<string, number>): EnvironmentInput => ({
  ...prod,
  standby: { applications: "none", nodes },
});

describe("an environment that stands by", () => {
  it("has the nodes that it names, may grow as far as before, and keeps the pools that it does not name", () => {
    const own = standing({ apps: 0 });
    expect([poolSize(own, "apps"), poolSize(own, "system"), poolSize(prod, "apps")]).toEqual([
      { min: 0, desired: 0, max: 10 },
      { min: 3, desired: 3, max: 6 },
      { min: 3, desired: 5, max: 10 },
    ]);
    expect([standsBy(own), standsBy(prod)]).toEqual([true, false]);
  });

  it("takes two nodes for its add-ons, and none", () => {
    expect(environmentProblems(standing({ apps: 0, system: 2 }))).toEqual([]);
    expect(environmentProblems(standing({ apps: 0, system: 0 }))).toEqual([]);
  });

  it.each([
    [
      "one node that has no room for the add-ons",
      standing({ system: 1 }),
      "standby.nodes.system",
      "1 t3.xlarge, together 3.7 CPU and 14.7 GiB",
      "0, or 6.9 CPU and 16.1 GiB, the requests of the add-ons in profile production",
      "Let more nodes stand: add-ons would stay pending. Without any, none of them runs.",
    ],
    [
      "more nodes than the pool may have",
      standing({ apps: 11 }),
      "standby.nodes.apps",
      { min: 11, desired: 11, max: 10 },
      "whole numbers with 0 <= min <= desired <= max <= 450",
      "Order the three; a pool of one node is down while that node is replaced.",
    ],
    [
      "a pool that is not there",
      standing({ batch: 0 }),
      "standby.nodes.batch",
      "batch",
      "one of apps, system",
      "Name a pool of the environment.",
    ],
    [
      "nobody who would serve meanwhile",
      { ...dev, standby: { applications: "none" } } as EnvironmentInput,
      "standby",
      { applications: "none" },
      "nothing, unless role is primary or replica",
      "Leave it out: nothing would serve while it stands by.",
    ],
  ])("is refused with %s", (_, input, path, got, allowed, fix) => {
    expect(environmentProblems(input)).toEqual([{ path, got, allowed, fix }]);
  });

  it("may have a pool of fewer than two nodes only while it stands by", () => {
    const small = {
      ...prod,
      pools: { ...prod.pools, apps: { ...prod.pools["apps"]!, size: { min: 0, desired: 0, max: 10 } } },
    };
    expect(environmentProblems(small).map(({ path }) => path)).toEqual(["pools.apps.size"]);
  });

  it("is first brought up with nodes for its add-ons, or its charts would wait for their pods", () => {
    expect(firstProblems(environment(standing({ system: 2 })))).toEqual([]);
    expect(firstProblems(environment(prod))).toEqual([]);
    expect(firstProblems(environment(standing({ system: 0 })))).toEqual([
      {
        path: "standby.nodes.system",
        got: 0,
        allowed: "1 or more in the first update",
        fix: 'Bring it up as large as the primary first (state: "scaled"), then scale it down: charts wait for their pods.',
      },
    ]);
  });

  it("cannot be called as the folder that its applications are synchronized to", () => {
    expect(environmentProblems({ ...prod, name: "standby" }).map(({ path }) => path)).toEqual(["name"]);
  });
});

describe("policies", () => {
  const configured = (state: "standby" | "scaled" | "open") => {
    const { "replica-capacity": capacity, "nodegroup-update": update } = policyConfig(replicaIn(state), noFreezes);
    const floor = capacity?.["floor"] as Readonly<Record<string, number>>;
    return { floor: Object.values(floor), max: capacity?.["primaryMax"], exemptions: update?.["exemptions"] };
  };

  it("know what of a leg stands, and that it may grow to the primary's size", () => {
    const [standby, scaled, open] = [configured("standby"), configured("scaled"), configured("open")];
    expect([standby.floor, scaled.floor, open.floor]).toEqual([
      [0, 0, 0, 1, 1, 0],
      [1, 1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1, 1],
    ]);
    expect(standby.max).toEqual(open.max);
  });

  it("let a pool have fewer than two nodes while the leg stands by, and no longer", () => {
    expect(configured("standby").exemptions).toEqual([
      {
        resource: "aws:eks/nodeGroup:NodeGroup::blue-apps-*",
        reason: "the leg stands by: it serves no one",
        owner: "platform",
        expires: "2027-06-30",
      },
    ]);
    expect([configured("scaled").exemptions, configured("open").exemptions]).toEqual([undefined, undefined]);
  });
});
