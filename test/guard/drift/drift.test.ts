/** What others changed, without what controllers change: by property, with who did it and what the next update does. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cloudTrail, driftReport, driftText, foundIn, type Found } from "../../../guard/drift";
import { churnReason, churnRows } from "../../../guard/drift/churn";
import { PlanError } from "../../../guard/verdict";

const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const urn = (type: string, name: string): string => `urn:pulumi:prod::p::${type}::${name}`;
const found = (was: Found["was"], is?: Found["is"], type = BALANCER): Found => ({
  urn: urn(type, "front"),
  type,
  was,
  ...(is === undefined ? {} : { is }),
});
const report = (one: Found, more: Partial<Parameters<typeof driftReport>[0]> = {}) =>
  driftReport({ stack: "prod", found: [one], trail: () => undefined, ...more });

describe("a resource that somebody changed", () => {
  const one = found({ idleTimeout: 60, name: "front" }, { idleTimeout: 90, name: "front" });

  test("is told with old and new value, who changed it, and what the next up does", () => {
    const planned = [{ urn: one.urn, op: "update" as const, now: { idleTimeout: 60, name: "front" } }];
    const writer = { who: "jo", at: "2026-11-30T09:00:00Z", event: "ModifyLoadBalancerAttributes" };
    const reported = report(one, { planned, trail: () => writer });
    expect(reported.exitCode).toBe(7);
    expect(driftText(reported)).toEqual([
      "prod: 1 resource changed by others.",
      "≠ LoadBalancer front",
      "    idleTimeout: was 60, is 90; set back",
      "    the next up sets it back; changed by: jo, 2026-11-30T09:00:00Z (ModifyLoadBalancerAttributes)",
    ]);
  });

  test.each([
    ["what the program asks for now", { idleTimeout: 120 }, "update", "set to what the program declares now"],
    ["what somebody made of it", { idleTimeout: 90 }, "same", "left as it is"],
  ] as const)("is told apart where the program asks for %s", (_, now, op, next) => {
    expect(report(one, { planned: [{ urn: one.urn, op, now }] }).drift[0]?.properties[0]?.next).toBe(next);
  });

  test("is told without a plan too, and without a trail that can be read", () => {
    expect(driftText(report(one, { trail: () => "unreadable" }))).toEqual([
      "prod: 1 resource changed by others.",
      "≠ LoadBalancer front",
      "    idleTimeout: was 60, is 90; set back, unless the program has changed too",
      "    the next up sets it back, unless the program has changed too; changed by: not readable",
    ]);
  });

  test("is gone where it is no longer there, and the next up makes it again", () => {
    const gone = found({ idleTimeout: 60 });
    expect(driftText(report(gone, { planned: [{ urn: gone.urn, op: "create" }] }))).toEqual([
      "prod: 1 resource changed by others.",
      "≠ LoadBalancer front   is gone",
      "    the next up makes it again; changed by: not in the trail",
    ]);
  });

  test("shows no secret, on neither side", () => {
    const sealed = (value: string) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value,
    });
    const secret = found({ password: sealed("old-one") }, { password: sealed("new-one") }, "aws:rds/instance:Instance");
    const text = JSON.stringify(report(secret));
    expect(text).not.toMatch(/old-one|new-one/);
    expect(report(secret).exitCode).toBe(7);
  });
});

describe("a controller's own change", () => {
  const NODES = "aws:eks/nodeGroup:NodeGroup";
  const nodes = (was: number, is: number, max = 10): Found =>
    found(
      { scalingConfig: { desiredSize: was, maxSize: 10 } },
      { scalingConfig: { desiredSize: is, maxSize: max } },
      NODES,
    );

  test("is no drift, and --full says why", () => {
    const reported = report(nodes(3, 5));
    expect(reported.exitCode).toBe(0);
    expect(driftText(reported)).toEqual([
      "prod is as its state has it.",
      "1 change of controllers in their own right, which --full shows",
    ]);
    expect(driftText(reported, true).at(-1)).toBe(
      "    front scalingConfig.desiredSize: the Cluster Autoscaler sets how many nodes run, between the least and the most",
    );
  });

  test("does not hide what somebody changed beside it", () => {
    const reported = report(nodes(3, 5, 4));
    expect(reported.exitCode).toBe(7);
    expect(reported.drift[0]?.properties.map(({ path }) => path)).toEqual(["scalingConfig.maxSize"]);
  });

  test.each([
    ["aws:autoscaling/group:Group", "desiredCapacity", "minSize"],
    ["aws:ec2/vpc:Vpc", "tags.aws:cloudformation:stack-name", "tags.Owner"],
    ["aws:ec2/subnet:Subnet", "tags.kubernetes.io/cluster/blue", "tags.kubernetes.io/role/elb"],
    ["kubernetes:apps/v1:Deployment", "status.replicas", "spec.replicas"],
    ["kubernetes:core/v1:Service", "metadata.resourceVersion", "metadata.labels.app"],
    [
      "kubernetes:apps/v1:Deployment",
      "metadata.annotations.deployment.kubernetes.io/revision",
      "metadata.annotations.owner",
    ],
    [
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration",
      "webhooks.clientConfig.caBundle",
      "webhooks.failurePolicy",
    ],
    ["kubernetes:core/v1:PersistentVolumeClaim", "spec.volumeName", "spec.resources"],
    [NODES, "scalingConfig.desiredSize", "scalingConfig.minSize"],
  ])("of %s at %s is filtered, and one at %s is not", (type, own, others) => {
    expect(churnReason(type, own)).toBeDefined();
    expect(churnReason(type, others)).toBeUndefined();
  });

  test("has a reason and a source in each row", () => {
    for (const { reason, source } of churnRows) expect([reason, source]).not.toContain("");
  });
});

describe("the trail", () => {
  const events = [
    {
      EventName: "ModifyVpcAttribute",
      Username: "kim",
      EventTime: 1_796_000_000,
      Resources: [{ ResourceName: "vpc-1" }],
    },
    { EventName: "CreateVpc", Username: "ci", EventTime: 1_795_000_000, Resources: [{ ResourceName: "vpc-1" }] },
  ];
  const trail = cloudTrail(JSON.stringify({ Events: events }));

  test("gives the newest call for the resource's id or name", () => {
    expect(trail({ ...found({}), id: "vpc-1" })).toMatchObject({ who: "kim", event: "ModifyVpcAttribute" });
    expect(trail(found({ arn: "vpc-1" }))).toMatchObject({ who: "kim" });
    expect(trail({ ...found({}), id: "vpc-2" })).toBeUndefined();
  });

  test.each([
    ["nonsense", "the trail is not JSON: write it with `aws cloudtrail lookup-events --output json`."],
    ["{}", "the trail has no Events: write it with `aws cloudtrail lookup-events --output json`."],
  ])("is refused where it is %s", (text, message) => {
    expect(() => cloudTrail(text)).toThrow(new PlanError(message));
  });
});

describe("a document of the real CLI", () => {
  const step = (was: object, is: object | undefined, op = "refresh") => ({
    op,
    urn: urn(BALANCER, "front"),
    oldState: { urn: urn(BALANCER, "front"), type: BALANCER, custom: true, id: "lb-1", inputs: was },
    ...(is === undefined ? {} : { newState: { type: BALANCER, custom: true, id: "lb-1", inputs: is } }),
  });

  test("is read step by step: what is equal is no drift", () => {
    const steps = [step({ idleTimeout: 60 }, { idleTimeout: 60 }), step({ idleTimeout: 60 }, { idleTimeout: 90 })];
    expect(foundIn(JSON.stringify({ steps }))).toEqual([
      { ...found({ idleTimeout: 60 }, { idleTimeout: 90 }), id: "lb-1" },
    ]);
    expect(foundIn(JSON.stringify({ steps: [step({ idleTimeout: 60 }, undefined, "delete")] }))).toEqual([
      { ...found({ idleTimeout: 60 }), id: "lb-1" },
    ]);
  });

  test.each([
    ["nonsense", "this is not JSON: write it with `pulumi refresh --preview-only --json`."],
    ["[]", "it has no steps: write it with `pulumi refresh --preview-only --json`."],
    [
      '{"steps":[],"diagnostics":[{"severity":"error","message":"no credentials"}]}',
      "the refresh failed, so what it found is only a part: no credentials",
    ],
  ])("is refused where it is %s", (text, message) => {
    expect(() => foundIn(text)).toThrow(new PlanError(message));
  });
});

test("any change outside of the list is found, whatever it is called", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-zA-Z]{2,12}$/), fc.integer(), fc.integer(), (property, was, is) => {
      fc.pre(was !== is);
      expect(report(found({ [property]: was }, { [property]: is })).exitCode).toBe(7);
    }),
  );
});
