/** The replica: production in every value but its own, and refused where it could not stand beside it. */
import { describe, expect, it } from "vitest";
import { parityOf, stateOf } from "../../guard/parity";
import { outageTable } from "../../sandbox/cloud/outage/services";
import { environmentProblems } from "../../stacks/environments/environment";
import { environments, togetherProblems } from "../../stacks/environments/environments";
import { argoCdHost } from "../../stacks/environments/hosts";
import { identityOf } from "../../stacks/environments/identity";
import { prod } from "../../stacks/environments/prod";
import { replica } from "../../stacks/environments/replica";
import { type ReplicaChoice, replicaOf, type ReplicaState } from "../../stacks/environments/replica-of";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { staging } from "../../stacks/environments/staging";
import { inputOf } from "../../tools/generate/environment-file";
import type { Graph } from "../support/graph";
import { graphOfInput, replicaGraph, replicaIn } from "../support/replica-graph";
import { stackGraph } from "../support/stack-graph";

const own = {
  region: "us-west-2",
  cidr: "10.40.0.0/16",
  zones: ["usw2-az1", "usw2-az2", "usw2-az3"],
  zoneId: "Z0123456789",
};
const standingNodes = { apps: 0, system: 2 };

describe("replicaOf", () => {
  it("changes what it names, and nothing else", () => {
    const primary: EnvironmentInput = { ...prod, retiringZones: ["use1-az4"], standby: { applications: "none" } };
    const made = replicaOf(primary, { ...own, mode: "pilot", state: "open", standingNodes });
    const expected = { name: "replica", role: "replica", follows: "prod", ...own, controlPlaneZones: own.zones };
    const database = { ...prod.database, copyRegion: "us-east-1" };
    expect(made).toEqual({ ...prod, ...expected, database });
    expect(environmentProblems(made)).toEqual([]);
  });

  it.each([
    ["cold", "open", undefined],
    ["cold", "scaled", { applications: "deployed" }],
    ["pilot", "open", undefined],
    ["pilot", "scaled", { applications: "deployed" }],
    ["pilot", "standby", { applications: "none", nodes: standingNodes }],
  ] as const)("in mode %s and state %s stands by as far as that", (mode, state, standby) => {
    const choice = { ...own, standingNodes, mode, state } as ReplicaChoice;
    expect(replicaOf(prod, choice).standby).toEqual(standby);
  });

  it("stands by as it is written down, so that nothing fails over to it before somebody says so", () => {
    expect(replica.standby).toEqual({ applications: "none", nodes: standingNodes });
  });

  it("is no pattern for whoever is made after it: that one follows nobody", () => {
    const { zones } = own;
    const choices = { name: "qa", region: "us-west-2", cidr: "10.60.0.0/16", domain: "qa.example.com", zones };
    const made = inputOf(choices, replica);
    expect(made).toMatchObject({ role: "none", follows: undefined, zoneId: undefined, standby: undefined });
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
      { zoneId: "Z0123456789" },
      "replica.zoneId",
      "Z0123456789",
      "Z76D6E39BD8709C624FC0, which is prod's: one domain has one hosted zone",
      "Give both the id that `aws route53 list-hosted-zones` shows for the domain.",
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

const NO_DATABASE =
  "it has no database before the copy that it is made from is named: an empty one would stand in its place";

const stateOfGraph = ({ snapshot }: Graph) =>
  stateOf({ version: 3, deployment: { resources: JSON.parse(JSON.stringify(snapshot.list())) as unknown } });

describe("the replica that the program makes", () => {
  const parity = async (graph: Graph) =>
    parityOf(stateOfGraph(await stackGraph("prod")), stateOfGraph(graph), { allowances: [], today: "2026-11-30" });
  let empty: Promise<Graph> | undefined;
  /** The replica, open, with the database that a drill without data makes. */
  const withEmptyDatabase = () =>
    (empty ??= graphOfInput(replicaIn("open"), { config: { "fridayproof:databaseSnapshot": "empty" } }));
  const compared = async (state: ReplicaState) => parity(await replicaGraph(state));

  it("is production in every resource, input and edge once it is open, with the copy that its database is made from", async () => {
    const { verdict, differences, standby, stacks } = await parity(await withEmptyDatabase());
    expect({ verdict, differences, standby }).toEqual({ verdict: "IDENTICAL", differences: [], standby: [] });
    expect(stacks[0].hash).toBe(stacks[1].hash);
  });

  it("has the roles of its database before the database, which is made through no other region", async () => {
    const without = await replicaGraph("open");
    const roles = without.ofType("aws:iam/role:Role").map(({ name }) => name);
    expect(roles).toEqual(expect.arrayContaining(["database-roles-backups-role", "database-roles-monitoring-role"]));
    const standing = new Set(without.resources.map(({ urn }) => urn));
    const made = (await withEmptyDatabase()).resources.filter(({ urn }) => !standing.has(urn)).map(({ type }) => type);
    expect(made).toEqual(expect.arrayContaining(["aws:rds/cluster:Cluster", "aws:backup/plan:Plan"]));
    const elsewhere = outageTable().writtenThrough.filter(({ atRisk }) => atRisk !== true);
    const through = elsewhere.flatMap(({ types }) => types);
    expect(made.filter((type) => through.some((start) => type.startsWith(start)))).toEqual([]);
  });

  it("is not production once it is open without a database, whose absence nothing explains any more", async () => {
    const { verdict, differences } = await compared("open");
    expect(verdict).toBe("DIFFERENT");
    expect(differences.map(({ address }) => address).filter((one) => !/ database(?:$|-)/.test(one))).toEqual([]);
  });

  it("differs in what standing by explains while it stands by, and in nothing else", async () => {
    const { verdict, exitCode, differences, standby } = await compared("standby");
    expect({ verdict, exitCode, differences }).toEqual({ verdict: "STANDBY", exitCode: 0, differences: [] });
    const reasons = new Map<string, number>();
    for (const { reason } of standby) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    expect([...reasons]).toEqual([
      [NO_DATABASE, 21],
      ["its alarms page no one: what they watch is empty on purpose", 3],
      ["it has fewer nodes, and may grow to as many", 8],
      ["no one is notified of what is deployed to it", 1],
      ["no migration and no scheduled job runs", 1],
      ["no application runs", 1],
      ["its alerts and its dead man's switch are muted", 1],
      ["its health check returns 503, so that nothing fails over to it by itself", 1],
    ]);
  });

  it("has all nodes and applications once it is scaled, and still answers that it does not serve", async () => {
    const { verdict, standby } = await compared("scaled");
    expect(verdict).toBe("STANDBY");
    const others = standby.filter(({ reason }) => reason !== NO_DATABASE);
    expect(others.map(({ address }) => address.split(" ")[1])).toEqual([
      "front-door-alarms-blue-empty",
      "front-door-alarms-blue-unhealthy",
      "front-door-alarms-certificate",
      "blue-git-ops-root",
      "blue-monitoring-alerts",
      "blue-gateway-health",
    ]);
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
