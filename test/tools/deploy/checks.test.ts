/** The checks between two environments: what is unhealthy ends the pipeline there, and says what it is. */
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import {
  nodeGroupProblems,
  rolloutProblems,
  type Standing,
  standingProblems,
  targetProblems,
} from "../../../tools/deploy/health";
import { StandIns } from "./stand-ins";

const ROOT = path.resolve(__dirname, "../../..");
const full = { ready: 3, desired: 3 };
const short = { ready: 2, desired: 3 };
const blue = { slot: "blue", weight: 100, targets: full, nodes: full };
const standing: Standing = { stack: "staging", resources: 9, slots: [blue] };

describe("on the sandbox", () => {
  it.each<[string, Partial<Standing>, readonly string[]]>([
    ["everything ready", {}, []],
    ["no resources", { resources: 0 }, ["staging does not stand."]],
    [
      "targets short",
      { slots: [{ ...blue, targets: short }] },
      ["targets of blue, which has 100 % of the traffic: 2 of 3 are ready."],
    ],
    ["targets short without traffic", { slots: [{ ...blue, weight: 0, targets: short }] }, []],
    ["nodes short", { slots: [{ ...blue, nodes: short }] }, ["nodes of blue: 2 of 3 are ready."]],
    ["something missing", { missing: ["front"] }, ["front is in the state and not in the account."]],
    ["an application refused", { argoCd: [{ application: "shop", problems: ["no."] }] }, ["shop: no."]],
  ])("%s is %j", (_title, change, problems) => {
    expect(standingProblems({ ...standing, ...change })).toEqual(problems);
  });
});

describe("on AWS", () => {
  const target = (State: string, Id = "i-1") => ({ Target: { Id }, TargetHealth: { State, Reason: "Timeout" } });
  it.each<[readonly object[], readonly string[]]>([
    [[target("healthy"), target("draining"), target("initial")], []],
    [[], ["g has traffic and no healthy target."]],
    [[target("initial")], ["g has traffic and no healthy target."]],
    [[target("healthy"), target("unhealthy", "i-2")], ["g: target i-2 is unhealthy (Timeout)."]],
    [[target("healthy"), target("unavailable", "i-2")], ["g: target i-2 is unavailable (Timeout)."]],
  ])("targets %j: %j", (targets, problems) => {
    expect(targetProblems("g", { TargetHealthDescriptions: targets })).toEqual(problems);
  });

  it("a node group must be active and without issues", () => {
    const group = (status: string, issues: readonly object[] = []) => ({
      nodegroup: { nodegroupName: "apps", status, health: { issues } },
    });
    expect(nodeGroupProblems(group("ACTIVE"))).toEqual([]);
    expect(nodeGroupProblems(group("DEGRADED", [{ code: "AccessDenied", message: "no" }]))).toEqual([
      "node group apps is DEGRADED.",
      "node group apps: AccessDenied: no",
    ]);
  });

  it("a rollout must not be degraded; one that is under way or paused may go on", () => {
    const rollout = (phase: string) => ({
      metadata: { name: "shop", namespace: "shop" },
      status: { phase, message: "aborted" },
    });
    expect(rolloutProblems("c", { items: ["Healthy", "Progressing", "Paused"].map(rollout) })).toEqual([]);
    expect(rolloutProblems("c", { items: [rollout("Degraded")] })).toEqual([
      "rollout shop/shop in c is degraded: aborted",
    ]);
  });

  const arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/blue/1";
  const urn = (type: string, name: string): string => `urn:pulumi:staging::fridayproof::${type}::${name}`;
  const resource = (type: string, name: string, more: object) => ({
    urn: urn(type, name),
    type,
    custom: true,
    ...more,
  });
  const forward = { type: "forward", forward: { targetGroups: [{ arn, weight: 100 }] } };
  const state = {
    deployment: {
      resources: [
        resource("pulumi:pulumi:Stack", "s", { outputs: { region: "us-east-1", clusterNames: { blue: "c-blue" } } }),
        resource("aws:lb/targetGroup:TargetGroup", "front-blue", { id: arn }),
        resource("aws:lb/listener:Listener", "https", { inputs: { defaultActions: [forward] } }),
      ],
    },
  };

  it.each([
    ["healthy", 0, "staging is healthy.\n"],
    [
      "unhealthy",
      1,
      "  target group of blue has traffic and no healthy target.\nfridayproof: staging is not healthy: the next environment must wait.\n",
    ],
  ])("targets that are %s end the checks with %d", (health, code, said) => {
    const programs = new StandIns()
      .add("pulumi", { "stack export --stack staging": JSON.stringify(state) })
      .add("kubectl", { "--context c-blue get rollouts.argoproj.io --all-namespaces --output json": '{"items":[]}' })
      .add("aws", {
        [`elbv2 describe-target-health --target-group-arn ${arn} --output json --region us-east-1`]: JSON.stringify({
          TargetHealthDescriptions: [target(health)],
        }),
        "eks list-nodegroups --cluster-name c-blue": '{"nodegroups":["apps"]}',
        "eks describe-nodegroup --cluster-name c-blue --nodegroup-name apps":
          '{"nodegroup":{"nodegroupName":"apps","status":"ACTIVE"}}',
        "eks update-kubeconfig --name c-blue --alias c-blue": "done",
      });
    const program = ["--require", "./sandbox/runtime/typescript.cjs", "tools/deploy/checks.ts", "staging"];
    const env = { ...programs.env, ON: "aws" };
    const ended = spawnSync(process.execPath, program, { cwd: ROOT, env, encoding: "utf8" });
    expect([ended.status, `${ended.stdout}${ended.stderr}`]).toEqual([code, said]);
    expect(programs.calls).toHaveLength(6);
  });
});
