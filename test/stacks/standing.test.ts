/** What stands is read from the state: from its resources, not from what somebody wished for. */
import { describe, expect, test } from "vitest";
import { standingOf, type StandingSlot } from "../../stacks/transition/standing";

const urn = (type: string, name: string) => `urn:pulumi:prod::fridayproof::some:Parent$${type}::${name}`;
const row = (type: string, name: string, outputs: Record<string, unknown> = {}) =>
  [urn(type, name), { type, outputs }] as const;
const forward = (blue: number, green?: number) => [
  {
    type: "forward",
    forward: {
      targetGroups: [
        { arn: "arn:green", weight: green },
        { arn: "arn:blue", weight: blue },
      ],
    },
  },
];
const groups = [
  row("aws:lb/targetGroup:TargetGroup", "front-door-blue", { arn: "arn:blue" }),
  row("aws:lb/targetGroup:TargetGroup", "front-door-green", { arn: "arn:green" }),
];
const listener = row("aws:lb/listener:Listener", "front-door-https", { defaultActions: forward(0, 100) });
const rule = row("aws:lb/listenerRule:ListenerRule", "front-door-weights-rule", { actions: forward(95, 5) });
const cluster = row("aws:eks/cluster:Cluster", "blue-cluster-eks-eksCluster", {
  version: "1.35",
  deletionProtection: true,
});

test("nothing stands in an empty state", () => {
  expect(standingOf({})).toEqual({ slots: {}, rule: false });
});

describe("weights", () => {
  test("are the rule's, by the groups' ARNs", () => {
    expect(standingOf(Object.fromEntries([...groups, listener, rule]))).toEqual({
      slots: {},
      rule: true,
      weights: { blue: 95, green: 5 },
    });
  });

  test("are the default action's where there is no rule", () => {
    expect(standingOf(Object.fromEntries([...groups, listener]))).toMatchObject({
      rule: false,
      weights: { blue: 0, green: 100 },
    });
  });

  test("of the redirecting listener and of somebody's own rule do not count", () => {
    const others = [
      row("aws:lb/listener:Listener", "front-door-redirect", { defaultActions: [{ type: "redirect" }] }),
      row("aws:lb/listenerRule:ListenerRule", "maintenance-page", { actions: [{ type: "fixed-response" }] }),
    ];
    expect(standingOf(Object.fromEntries([...groups, ...others]))).toEqual({ slots: {}, rule: false });
  });
});

describe("a slot", () => {
  const slotWith = (...more: (readonly [string, { type: string; outputs: Record<string, unknown> }])[]) =>
    standingOf(Object.fromEntries([cluster, ...more])).slots.blue;
  const bare: StandingSlot = { kubernetes: "1.35", nodes: [], gateway: false, held: true };

  test("stands with its control plane", () => {
    expect(slotWith()).toEqual(bare);
    expect(standingOf(Object.fromEntries([cluster])).slots.green).toBeUndefined();
  });

  test("has the minors of its own node groups", () => {
    const nodes = (name: string, version: string) => row("aws:eks/nodeGroup:NodeGroup", name, { version });
    const nodesOf = slotWith(nodes("blue-apps-nodes", "1.34"), nodes("green-apps-nodes", "1.36"))?.nodes;
    expect(nodesOf).toEqual(["1.34"]);
  });

  test("takes traffic once its gateway's release is there", () => {
    const release = (name: string) => row("kubernetes:helm.sh/v3:Release", name);
    expect(slotWith(release("blue-gateway-istiod"))).toEqual(bare);
    expect(slotWith(release("blue-gateway-release"))).toEqual({ ...bare, gateway: true });
  });

  test("is held as long as EKS refuses to delete it", () => {
    const [key, { type, outputs }] = cluster;
    const retiring = { [key]: { type, outputs: { ...outputs, deletionProtection: false } } };
    expect(standingOf(retiring).slots.blue?.held).toBe(false);
  });
});

test("the instance types of a slot's pools are those of its launch templates", () => {
  const template = (name: string, instanceType: string) =>
    row("aws:ec2/launchTemplate:LaunchTemplate", name, { instanceType });
  const rows = [cluster, template("blue-apps-template", "t3.xlarge"), template("blue-big-apps-template", "m6i.xlarge")];
  const { slots } = standingOf(Object.fromEntries([...rows, template("green-apps-template", "t3.large")]));
  expect(slots.blue?.instanceTypes).toEqual({ apps: "t3.xlarge", "big-apps": "m6i.xlarge" });
  expect(slots.green).toBeUndefined();
});
