/** An environment is checked as a whole: everything wrong with it is said at once, before anything is declared. */
import { describe, expect, test } from "vitest";
import { dev } from "../../stacks/environments/dev";
import { environment, environmentProblems } from "../../stacks/environments/environment";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { environmentOf, environments, togetherProblems } from "../../stacks/environments/environments";
import { readTable } from "../../sandbox/cloud/tables/tables";
import { architectureProblems, BUILT_FOR_ARM64, CHARTS_WITH_IMAGES } from "../../stacks/environments/architectures";
import { readLock } from "../../stacks/inputs/lock";
import { prod } from "../../stacks/environments/prod";
import { staging } from "../../stacks/environments/staging";
import { messageOf } from "../support/message-of";

const lines = (input: unknown) =>
  environmentProblems(input).map(({ path, got, allowed }) => `${path}: ${JSON.stringify(got)}; ${allowed}`);

describe("environments", () => {
  test.each(environments.map((each) => [each.name, each] as const))("%s is right", (_name, each) => {
    expect(environmentProblems(each)).toEqual([]);
  });

  test("no two share a name or an address", () => {
    expect(togetherProblems(environments)).toEqual([]);
    const twin = { ...prod, cidr: "10.30.128.0/20" };
    expect(
      togetherProblems([prod, twin]).map(({ path, got, allowed }) => `${path}: ${String(got)}; ${allowed}`),
    ).toEqual([
      "environments[1].name: prod; each name once",
      "prod.cidr: 10.30.128.0/20; a block outside 10.30.0.0/16, which is prod's",
      "prod.domain: example.com; a domain other than prod's, unless one is the primary and the other its replica",
    ]);
  });

  test("the system pool holds the add-ons while one node is away", () => {
    const { apps, system } = prod.pools;
    if (apps === undefined || system === undefined) throw new Error("prod has two pools");
    const withSystem = (changes: Partial<typeof system>) => ({
      ...prod,
      pools: { apps, system: { ...system, ...changes } },
    });
    expect(lines(withSystem({ size: { min: 2, desired: 2, max: 6 } }))).toEqual([
      'pools.system: "2 t3.xlarge, with one away 3.7 CPU and 14.7 GiB"; 6.9 CPU and 16.1 GiB, the requests of the add-ons in profile production',
    ]);
    expect(lines(withSystem({ instanceType: "t3.large" }))).toHaveLength(1);
    expect(lines(withSystem({ instanceType: "m7i.2xlarge" }))).toEqual([]);
    expect(lines(withSystem({ instanceType: "c9.large" }))).toEqual([
      'pools.system.instanceType: "c9.large"; a type of components/core/instance-types.json; nearest: t3.large, c6i.large, c7i.large',
    ]);
  });

  test("the add-ons run on processors that their images are known for; other pools choose", () => {
    const { apps, system } = prod.pools;
    if (apps === undefined || system === undefined) throw new Error("prod has two pools");
    const graviton = { instanceType: "m7g.2xlarge" };
    expect(lines({ ...prod, pools: { apps: { ...apps, ...graviton }, system } })).toEqual([]);
    const onGraviton = { ...prod, pools: { apps, system: { ...system, ...graviton } } };
    expect(lines(onGraviton)).toEqual([]);
    const { istiod = [], "argo-cd": argoCd = [] } = BUILT_FOR_ARM64;
    const [unproven] = architectureProblems(environment(onGraviton), { istiod, "argo-cd": argoCd });
    expect(unproven).toEqual({
      path: "pools.system.instanceType",
      got: "m7g.2xlarge",
      allowed:
        "a type of x86_64: images of metrics-server, cluster-autoscaler, aws-load-balancer-controller, external-secrets, istio-gateway, argo-rollouts, kube-prometheus-stack are not known to be built for arm64",
      fix: "Take an x86_64 type for the add-ons, or prove their images in stacks/environments/architectures.ts.",
    });
  });

  test("every image that a chart is known to run has its proof", () => {
    const inventory = readTable<Readonly<Record<string, { images: readonly string[] }>>>("charts/inventory.yaml");
    const starting = Object.keys(readLock().charts).filter((chart) => inventory[chart]?.images.length !== 0);
    expect([...CHARTS_WITH_IMAGES].sort()).toEqual(starting.sort());
    for (const chart of CHARTS_WITH_IMAGES)
      expect(BUILT_FOR_ARM64[chart]?.length, chart).toBe(inventory[chart]?.images.length);
  });

  test("a slot that takes traffic does not retire", () => {
    const retiring = { kubernetes: "1.35", retiring: true };
    expect(lines({ ...dev, slots: { blue: retiring } })).toEqual([
      "slots.blue.retiring: true; false, because weights.blue is 100",
    ]);
    const away = { ...dev, slots: { blue: retiring, green: { kubernetes: "1.35" } }, weights: { blue: 0, green: 100 } };
    expect(lines(away)).toEqual([]);
  });

  test("a stack without one is told which there are", () => {
    expect(messageOf(() => environmentOf("production"))).toBe(
      [
        "1 problem in the stack's name:",
        `  (whole): got "production"; allowed: ${environments.map(({ name }) => name).join(", ")}; fix: Choose one of them with -s, or add the environment to stacks/environments/environments.ts.`,
      ].join("\n"),
    );
    expect(environmentOf("prod")).toEqual(prod);
  });

  test("every malformed property is named, with what came and what may come", () => {
    const wrong = {
      ...dev,
      name: "Dev_1",
      region: "us-east",
      domain: "dev",
      natGateways: "two",
      slots: { blue: { kubernetes: 1.35 }, red: { kubernetes: "1.35" } },
      retention: { controlPlaneDays: 8, flowLogDays: 0 },
      interfaceEndpoints: { s4: "because of storage" },
      pools: { system: { instanceType: "t3.large", size: { min: "2", desired: 2, max: 4 }, tainted: false } },
      colour: "blue",
    };
    expect(lines(wrong)).toEqual([
      'name: "Dev_1"; 2 to 16 lower-case letters and digits, not standby',
      'region: "us-east"; a region, such as us-east-1',
      'domain: "dev"; a domain in lower case, such as example.com',
      'natGateways: "two"; single or per-az',
      'interfaceEndpoints.s4: "s4"; known properties only',
      "slots.blue.kubernetes: 1.35; a Kubernetes minor in quotes",
      'slots.red: "red"; known properties only',
      'pools.system.size.min: "2"; a number of nodes',
      "retention.controlPlaneDays: 8; one of CloudWatch's periods: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
      "retention.flowLogDays: 0; one of CloudWatch's periods: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653",
      'colour: "colour"; known properties only',
    ]);
  });

  test("a missing property is named too", () => {
    expect(lines({ ...dev, region: undefined, pools: undefined })).toEqual([
      "region: undefined; a region",
      "pools: undefined; a map of node pools",
    ]);
    expect(environmentProblems(undefined)[0]).toMatchObject({ path: "", got: undefined });
  });

  test("a zone more than a pool has nodes at most is refused, with the number to raise", () => {
    const zones = [...staging.zones, "use1-az5"];
    expect(lines({ ...staging, zones })).toEqual(["pools.system.size.max: 3; 4 or more, one for each zone"]);
    expect(lines({ ...prod, zones })).toEqual([]);
  });

  test("rules across properties are all applied", () => {
    const wrong: EnvironmentInput = {
      ...prod,
      cidr: "10.30.0.0/22",
      zones: ["use1-az1", "use1-az3"],
      weights: { blue: 80, green: 30 },
      pools: { apps: { instanceType: "t3.large", size: { min: 1, desired: 5, max: 3 }, tainted: false } },
      sso: undefined,
      onCall: undefined,
    };
    expect(lines(wrong)).toEqual([
      'cidr: "10.30.0.0/22"; a block from /16 to /20',
      'zones[1]: "use1-az3"; a zone that EKS supports',
      'controlPlaneZones[1]: "use1-az2"; a zone of `zones`',
      'controlPlaneZones[2]: "use1-az4"; a zone of `zones`',
      "weights: 110; weights that sum to 100",
      "weights.green: 30; 0, because there is no slot green",
      'pools.apps.size: {"min":1,"desired":5,"max":3}; whole numbers with 2 <= min <= desired <= max <= 450',
      'systemPool: "system"; one of apps',
      "sso: undefined; issuer and clientId",
      "onCall: undefined; pagerduty or webhook",
    ]);
  });

  test("a tier of subnets has a size, a block that is free, and an egress", () => {
    const tiers = {
      data: { newBits: 3, netNumber: 6, egress: "none" },
      cache: { newBits: 4, netNumber: 9, egress: "nat" },
    };
    expect(lines({ ...prod, tiers })).toEqual([
      'tiers.cache: "10.30.18.0/23 in the first zone"; a block that shares no address with public',
    ]);
    expect(lines({ ...prod, tiers: { data: { newBits: 3, netNumber: "6", egress: "out" } } })).toEqual([
      'tiers.data.netNumber: "6"; a number from 0',
      'tiers.data.egress: "out"; none or nat',
    ]);
    expect(lines({ ...prod, tiers: { data: tiers.data } })).toEqual([]);
  });

  test("a dead man's switch needs an Alertmanager", () => {
    expect(lines({ ...dev, deadMansSwitch: true })).toEqual(["deadMansSwitch: true; false in profile dev"]);
    expect(lines({ ...prod, deadMansSwitch: true })).toEqual([]);
  });

  test("an environment without a slot serves nobody", () => {
    expect(lines({ ...dev, slots: {} })).toEqual([
      "slots: {}; blue, green or both",
      "weights.blue: 100; 0, because there is no slot blue",
    ]);
  });

  test("the error names the environment", () => {
    expect(
      messageOf(() => environment({ ...dev, retention: { controlPlaneDays: 7, flowLogDays: 7, accessLogDays: 1.5 } })),
    ).toBe(
      '1 problem in environment "dev":\n  retention.accessLogDays: got 1.5; allowed: whole days; fix: Correct the value in the environment\'s file in stacks/.',
    );
  });
});
