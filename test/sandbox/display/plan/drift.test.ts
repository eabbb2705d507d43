/** What others changed is told apart from what the program changes: the files in test/goldens/screens/ are what is printed. */
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { planScreen } from "../../../../sandbox/display/plan/screen";
import { secret, type PropertyMap } from "../../../../sandbox/property/values";
import type { RunResult } from "../../../../sandbox/events/events";
import { change, runResult } from "../result";

const colors = pc.createColors(false);
const BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const LISTENER = "aws:lb/listener:Listener";
const SECRET = "kubernetes:core/v1:Secret";
const NODES = "aws:eks/nodeGroup:NodeGroup";

const urnOf = (type: string, name: string): string =>
  `urn:pulumi:prod::fridayproof::fridayproof:traffic:FrontDoor$${type}::${name}`;
const row = (type: string, name: string, inputs: PropertyMap) => ({
  urn: urnOf(type, name),
  type,
  custom: true,
  inputs,
});

const changed = (op: "update" | "replace", type: string, name: string, old: PropertyMap, now: PropertyMap) =>
  change(op, name, {
    urn: urnOf(type, name),
    old: row(type, name, old),
    now: row(type, name, now),
    ...(op === "replace" ? { replaces: Object.keys(now) } : {}),
  });

const drifted = (type: string, name: string, was: PropertyMap, is?: PropertyMap) => ({
  urn: urnOf(type, name),
  type,
  was,
  ...(is === undefined ? {} : { is }),
});

const weights = (blue: number): PropertyMap => ({
  defaultActions: [
    {
      type: "forward",
      forward: {
        targetGroups: [
          { arn: "arn:blue", weight: blue },
          { arn: "arn:green", weight: 0 },
        ],
      },
    },
  ],
});

const drift = runResult({
  lastUpdate: "2026-11-29T03:06:41.120Z",
  drifts: [
    drifted(BALANCER, "front-door-alb", { idleTimeout: 60 }, { idleTimeout: 120 }),
    drifted(LISTENER, "front-door-https", weights(100), weights(90)),
    drifted("aws:s3/bucket:Bucket", "front-door-logs", { bucket: "logs" }),
  ],
  changes: [
    changed("update", BALANCER, "front-door-alb", { idleTimeout: 120 }, { idleTimeout: 90 }),
    changed("update", LISTENER, "front-door-https", weights(90), weights(100)),
    change("create", "front-door-logs", {
      urn: urnOf("aws:s3/bucket:Bucket", "front-door-logs"),
      now: row("aws:s3/bucket:Bucket", "front-door-logs", {}),
    }),
  ],
});

const masked = runResult({
  changes: [
    changed(
      "update",
      SECRET,
      "blue-monitoring-alertmanager",
      { stringData: secret({ "alertmanager.yaml": "key: hunter1" }), metadata: { name: "alertmanager" } },
      {
        stringData: secret({ "alertmanager.yaml": "key: hunter2" }),
        metadata: { name: "alertmanager", note: "see key: hunter2" },
      },
    ),
  ],
});

const policy = (...actions: readonly string[]): PropertyMap => ({
  policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "Look", Effect: "Allow", Action: actions, Resource: "*" }],
  }),
});
const controller = (replicas: number, memory: string, limit: string): PropertyMap => ({
  chart: "argo-cd",
  version: "10.1.1",
  values: {
    controller: { replicas, resources: { requests: { cpu: "500m", memory }, limits: { memory: limit } } },
    server: { replicas: 2 },
  },
});
const LOOKS = ["ec2:DescribeVpcs", "ec2:DescribeTags", "elasticloadbalancing:Describe*", "acm:ListCertificates"];

const documents = runResult({
  changes: [
    changed(
      "update",
      "kubernetes:helm.sh/v3:Release",
      "blue-argo-cd-release",
      controller(2, "1Gi", "2Gi"),
      controller(3, "2Gi", "4Gi"),
    ),
    changed(
      "update",
      "aws:iam/rolePolicy:RolePolicy",
      "blue-platform-aws-load-balancer-controller-identity-policy",
      policy(...LOOKS, "ec2:DescribeInstances"),
      policy("ec2:DescribeSubnets", ...LOOKS),
    ),
    changed(
      "update",
      SECRET,
      "blue-monitoring-alertmanager",
      { stringData: secret({ "alertmanager.yaml": "key: hunter1" }) },
      { stringData: secret({ "alertmanager.yaml": "key: hunter2" }) },
    ),
  ],
});

const replaced = runResult({
  changes: [
    changed("replace", NODES, "blue-apps-nodes", { capacityType: "ON_DEMAND" }, { capacityType: "SPOT" }),
    {
      ...changed("replace", NODES, "blue-system-nodes", { capacityType: "ON_DEMAND" }, { capacityType: "SPOT" }),
      deleteFirst: true,
    },
  ],
});

describe("the screen of", () => {
  it.each<[string, RunResult]>([
    ["drift", drift],
    ["secret", masked],
    ["documents", documents],
    ["replacement", replaced],
  ])("a %s", async (name, result) => {
    for (const columns of [80, 160]) {
      const text = `${planScreen(result, { stack: "prod", columns, colors }).join("\n")}\n`;
      expect(text.split("\n").filter((line) => line.length > columns)).toEqual([]);
      expect(text).not.toContain("hunter");
      await expect(text).toMatchFileSnapshot(`../../../goldens/screens/${name}-${columns}.txt`);
    }
  });
});

describe("drift", () => {
  const lines = (result: RunResult) => planScreen(result, { stack: "prod", columns: 100, colors });

  it("that a plan only undoes is named as that, and drift that the program changes too is not", () => {
    const phrases = lines(drift)
      .filter((line) => /^ {2}~/.test(line))
      .map((line) => line.split(/ {2,}/).at(-1));
    expect(phrases).toEqual(["update in place", "only undoes drift"]);
  });

  it("that a plan leaves is said to be left", () => {
    const left = runResult({ drifts: drift.drifts.slice(0, 1), changes: [change("same", "front-door-alb")] });
    expect(lines(left)).toContain("      idleTimeout   was 60 s, is 120 s   this plan leaves it");
  });

  it("in a refresh has no plan beside it", () => {
    expect(lines(runResult({ drifts: drift.drifts }))).toEqual([
      "prod on the sandbox: 3 changed by others",
      "",
      "Changed by others since the last update",
      "  ≠ LoadBalancer front-door-alb",
      "      idleTimeout   was 60 s, is 120 s",
      "  ≠ Listener front-door-https",
      expect.stringMatching(/^ {6}weights {3}.*100 → 90$/),
      "  ≠ Bucket front-door-logs   is gone",
    ]);
  });
});
