/** The replica: production in every value but its own, and refused where it could not stand beside it. */
import { describe, expect, it } from "vitest";
import { parityOf, stateOf } from "../../guard/parity";
import { environmentProblems } from "../../stacks/environments/environment";
import { environments, togetherProblems } from "../../stacks/environments/environments";
import { argoCdHost } from "../../stacks/environments/hosts";
import { identityOf } from "../../stacks/environments/identity";
import { prod } from "../../stacks/environments/prod";
import { replica } from "../../stacks/environments/replica";
import { replicaOf } from "../../stacks/environments/replica-of";
import { staging } from "../../stacks/environments/staging";
import { inputOf } from "../../tools/generate/environment-file";
import { stackGraph } from "../support/stack-graph";

const choice = {
  region: "us-west-2",
  cidr: "10.40.0.0/16",
  zones: ["usw2-az1", "usw2-az2", "usw2-az3"],
  zoneId: "Z0123456789",
};

describe("replicaOf", () => {
  it("changes what it names, and nothing else", () => {
    const made = replicaOf({ ...prod, retiringZones: ["use1-az4"] }, choice);
    expect(made).toEqual({
      ...prod,
      name: "replica",
      role: "replica",
      follows: "prod",
      ...choice,
      controlPlaneZones: choice.zones,
    });
    expect(environmentProblems(made)).toEqual([]);
  });

  it("is no pattern for whoever is made after it: that one follows nobody", () => {
    const own = {
      name: "qa",
      region: "us-west-2",
      cidr: "10.60.0.0/16",
      domain: "qa.example.com",
      zones: choice.zones,
    };
    expect(inputOf(own, replica)).toMatchObject({ role: "none", follows: undefined, zoneId: undefined });
  });

  it("gives each leg a host of its region for Argo CD, which a failover does not move", () => {
    expect([prod, replica, staging].map(argoCdHost)).toEqual([
      "argocd.us-east-1.example.com",
      "argocd.us-west-2.example.com",
      "argocd.staging.example.com",
    ]);
  });

  it("reads the primary's manifests and secrets, and an environment alone its own", () => {
    expect([prod, replica, staging].map(identityOf)).toEqual(["prod", "prod", "staging"]);
  });
});

describe("a pair", () => {
  const others = environments.filter(({ name }) => name !== "replica");
  const problems = (change: object) => togetherProblems([...others, { ...replica, ...change }]);

  it("is right as it is written down", () => {
    expect(togetherProblems(environments)).toEqual([]);
  });

  it.each([
    [
      { role: "primary", follows: undefined },
      "replica.domain",
      "example.com",
      "a domain other than prod's, unless one is the primary and the other its replica",
      "Choose another domain: two environments would write the same records.",
    ],
    [
      { region: "us-east-1" },
      "replica.region",
      "us-east-1",
      "a region other than prod's",
      "Choose another region: the pair would be lost together.",
    ],
    [
      { follows: "staging" },
      "replica.follows",
      "staging",
      "prod",
      "Make it with replicaOf from the environment that it stands in for.",
    ],
    [
      { domain: "dr.example.com" },
      "replica.follows",
      "prod",
      "the primary of dr.example.com, which is not there",
      "Make it with replicaOf from the environment that it stands in for.",
    ],
    [
      { zones: ["usw2-az1", "usw2-az2"] },
      "replica.zones",
      ["usw2-az1", "usw2-az2"],
      "3 zones, as prod has",
      "Name as many zones: each of the primary's has its counterpart.",
    ],
    [
      { role: "none", domain: "dr.example.com" },
      "replica.follows",
      "prod",
      "nothing, unless role is replica",
      "Leave it out: this environment has a folder and secrets of its own.",
    ],
    [
      { cidr: "10.30.128.0/17" },
      "replica.cidr",
      "10.30.128.0/17",
      "a block outside 10.30.0.0/16, which is prod's",
      "Choose another /16 of 10.0.0.0/8: networks that overlap can never be joined.",
    ],
  ])("with %j is refused", (change, path, got, allowed, fix) => {
    expect(problems(change)).toEqual([{ path, got, allowed, fix }]);
  });

  it("of zones where EKS places no control plane, or of the primary's region, is refused", () => {
    const zones = ["use1-az1", "use1-az2", "use1-az3"];
    const found = environmentProblems({ ...replica, zones, controlPlaneZones: zones });
    expect(found.map(({ path }) => path)).toEqual([
      "zones[0]",
      "zones[1]",
      "zones[2]",
      "controlPlaneZones[0]",
      "controlPlaneZones[1]",
      "controlPlaneZones[2]",
    ]);
  });
});

describe("the replica that the program makes", () => {
  const stateFrom = async (stack: string) => {
    const { snapshot } = await stackGraph(stack);
    return stateOf({ version: 3, deployment: { resources: JSON.parse(JSON.stringify(snapshot.list())) as unknown } });
  };

  it("is production in every resource, input and edge", async () => {
    const parity = parityOf(await stateFrom("prod"), await stateFrom("replica"), {
      allowances: [],
      today: "2026-11-30",
    });
    expect({ verdict: parity.verdict, differences: parity.differences }).toEqual({
      verdict: "IDENTICAL",
      differences: [],
    });
    expect(parity.stacks[0].hash).toBe(parity.stacks[1].hash);
  });

  it("names the primary's region nowhere", async () => {
    const { resources } = await stackGraph("replica");
    const named = resources.filter(({ inputs }) => /us-east-1|use1-/.test(JSON.stringify(inputs)));
    expect(named.map(({ urn }) => urn)).toEqual([]);
  });

  it("looks nothing up in Route 53", async () => {
    const { resources } = await stackGraph("replica");
    const records = resources.filter(({ type }) => type === "aws:route53/record:Record");
    const uses = records.map(({ inputs, propertyDependencies }) => [inputs["zoneId"], propertyDependencies["zoneId"]]);
    expect(uses).toEqual(records.map(() => [replica.zoneId, []]));
  });
});
