/** What runs in a stack is read from its state, and what the account lacks serves nobody. */
import { describe, expect, it } from "vitest";
import type { StatusResource } from "../../../guard/status/read";
import { stackStatus } from "../../../guard/status/stack-status";

const row = (type: string, name: string, more: Partial<StatusResource> = {}): StatusResource => ({
  urn: `urn:pulumi:prod::fridayproof::${type}::${name}`,
  type,
  custom: true,
  ...more,
});

const nodes = (slot: string, zone: number): StatusResource =>
  row("aws:eks/nodeGroup:NodeGroup", `${slot}-apps-${zone}-nodes`, {
    inputs: {
      clusterName: `c-${slot}`,
      labels: { "fridayproof.dev/pool": "apps" },
      scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 4 },
    },
  });

const slotRows = (slot: string): StatusResource[] => [
  row("aws:eks/cluster:Cluster", `${slot}-cluster`, { inputs: { name: `c-${slot}`, version: "1.35" } }),
  row("aws:lb/targetGroup:TargetGroup", `front-door-${slot}`, { id: `arn:${slot}` }),
  nodes(slot, 1),
  nodes(slot, 2),
  row("kubernetes:helm.sh/v3:Release", `${slot}-gateway-release`, {
    inputs: { chart: "gateway", version: "1.30.3", values: { autoscaling: { minReplicas: 3 } } },
  }),
  row("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", `${slot}-gateway-binding`, {
    inputs: { spec: { targetGroupARN: `arn:${slot}` } },
    modified: slot === "blue" ? "2026-11-29T03:00:00Z" : "2026-11-29T03:08:00Z",
  }),
  row("kubernetes:argoproj.io/v1alpha1:AppProject", `${slot}-applications`, {
    inputs: {
      spec: {
        syncWindows: [
          { kind: "allow", schedule: "0 0 * * *", duration: "1h" },
          {
            kind: "deny",
            schedule: "0 0 26 11 *",
            duration: "120h",
            timeZone: "America/New_York",
            description: "busy",
          },
        ],
      },
    },
  }),
];

const forward = (blue: number, green: number): StatusResource =>
  row("aws:lb/listener:Listener", "front-door-https", {
    inputs: {
      defaultActions: [
        {
          forward: {
            targetGroups: [
              { arn: "arn:blue", weight: blue },
              { arn: "arn:green", weight: green },
            ],
          },
        },
      ],
    },
  });

const stack = row("pulumi:pulumi:Stack", "fridayproof-prod", {
  custom: false,
  outputs: { region: "us-east-1", clusterNames: { blue: "c-blue", green: "c-green" } },
});

const alias = (name: string): StatusResource =>
  row("aws:route53/record:Record", `record-${name}`, { inputs: { name, aliases: [{ name: "lb" }] } });

const both = [
  stack,
  forward(95, 5),
  ...slotRows("blue"),
  ...slotRows("green"),
  alias("*.example.com"),
  alias("example.com"),
];

describe("the status of a stack", () => {
  it("names each slot with its weight, its targets, its nodes and its version", () => {
    const slot = { targets: { ready: 3, desired: 3 }, nodes: { ready: 4, desired: 4 }, kubernetes: "1.35" };
    expect(stackStatus(both, () => true).slots).toEqual([
      { slot: "blue", weight: 95, ...slot },
      { slot: "green", weight: 5, ...slot },
    ]);
  });

  it("counts a pool once, however many slots have it", () => {
    expect(stackStatus(both, () => true).pools).toEqual([
      { pool: "apps", least: 2, most: 8, slots: ["blue", "green"] },
    ]);
  });

  it("names what people type before a wildcard, the freezes once, and what changed last", () => {
    const { hosts, windows, last, versions, region } = stackStatus(both, () => true);
    expect(hosts).toEqual(["example.com", "*.example.com"]);
    expect(windows).toEqual([
      { schedule: "0 0 26 11 *", duration: "120h", timeZone: "America/New_York", reason: "busy" },
    ]);
    expect(last).toEqual({ at: "2026-11-29T03:08:00Z", name: "green-gateway-binding" });
    expect(versions).toEqual([{ what: "gateway", version: "1.30.3" }]);
    expect(region).toBe("us-east-1");
  });

  it.each([
    ["binding", "green-gateway-binding", { targets: { ready: 0, desired: 3 }, nodes: { ready: 4, desired: 4 } }],
    ["gateway", "green-gateway-release", { targets: { ready: 0, desired: 3 }, nodes: { ready: 4, desired: 4 } }],
    ["node group", "green-apps-1-nodes", { targets: { ready: 3, desired: 3 }, nodes: { ready: 2, desired: 4 } }],
  ])("a %s that the account lacks serves nobody", (_what, name, expected) => {
    const status = stackStatus(both, (urn) => !urn.endsWith(`::${name}`));
    expect(status.slots[1]).toMatchObject(expected);
    expect(status.slots[0]?.targets).toEqual({ ready: 3, desired: 3 });
    expect(status.missing).toEqual([name]);
  });

  it("does not look for what was only drawn, and for what others own", () => {
    const drawn = row("random:index/randomPassword:RandomPassword", "password");
    const read = row("aws:ec2/vpc:Vpc", "theirs", { external: true });
    expect(stackStatus([drawn, read], () => false).missing).toEqual([]);
  });

  it("of a stack without clusters and listeners has no slots", () => {
    expect(stackStatus([row("aws:ec2/vpc:Vpc", "net")], () => true)).toEqual({
      hosts: [],
      slots: [],
      applications: [],
      pools: [],
      windows: [],
      versions: [],
      missing: [],
      resources: 1,
    });
  });
});

it("applications are those that have a project, once each, whatever slots there are", () => {
  const project = (slot: string, name: string) => ({
    urn: `urn:pulumi:prod::p::kubernetes:argoproj.io/v1alpha1:AppProject::${slot}-git-ops-${name}`,
    type: "kubernetes:argoproj.io/v1alpha1:AppProject",
    inputs: { metadata: { name } },
  });
  const names = ["applications", "applications-shop", "applications-cart", "default"];
  const projects = ["blue", "green"].flatMap((slot) => names.map((name) => project(slot, name)));
  expect(stackStatus(projects, () => true).applications).toEqual(["cart", "shop"]);
});
