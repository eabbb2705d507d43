/** Rules about nodes: upgrades drain few at a time, respect budgets, and never run ahead of the control plane. */
import { policyLimits } from "../../components/core/limits/policies";
import { type Finding, shown, violation } from "../kit/finding";
import { type Field, legible } from "../kit/field";
import type { Resource, Stack } from "../kit/resource";
import { nodePools } from "../kit/node-pools";
import { eachResource, resourceRule, stackRule } from "../kit/rule";
import { choice, quantity } from "../kit/settings";
import { types } from "../kit/types";

const whole = 100;

/** An upgrade of nodes leaves enough of them. */
export const nodegroupUpdate = stackRule({
  id: "nodegroup-update",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A node group whose upgrade drains too many nodes at once or ignores disruption budgets, or a pool of a single node.",
  prevents: "A mass drain, or an upgrade that deletes pods without asking their budget.",
  source: "EKS best practices, Applications, disruption budgets; EKS API, UpdateNodegroupVersion, force",
  settings: {
    unavailable: quantity(policyLimits.nodesUnavailableAtMost, "higher", { minimum: 1, maximum: 100 }),
    least: quantity(policyLimits.nodesAtLeast, "lower", { minimum: 1 }),
  },
  limits: "Node groups of one cluster with the same labels count as one pool.",
  examples: {
    bad: "updateConfig: { maxUnavailablePercentage: 50 }, forceUpdateVersion: true",
    good: "scalingConfig: { minSize: 3, … }, updateConfig: { maxUnavailable: 1 }",
  },
  *check(stack, { unavailable, least }) {
    for (const pool of nodePools(stack)) {
      yield* eachResource(pool.slice(0, 1), () => judgeLeast(pool, least));
      yield* eachResource(pool, (group) => judgeUpdate(group, unavailable));
    }
  },
});

function smallestOf(group: Resource): Field {
  return group.at("scalingConfig", "minSize");
}

/** A pool with a group in each zone is as large as its groups together. */
function* judgeLeast(pool: readonly [Resource, ...Resource[]], least: number): Iterable<Finding> {
  const min = pool.reduce((sum, group) => sum + (smallestOf(group).number() ?? 0), 0);
  if (min >= least) return;
  const smallest = smallestOf(pool[0]);
  yield violation(pool[0], {
    at: smallest.path,
    got: smallest.isSet() ? String(min) : "nothing",
    wanted: `at least ${least}`,
    fix: `set scalingConfig.minSize to ${least} or more`,
  });
}

function* judgeUpdate(group: Resource, unavailable: number): Iterable<Finding> {
  yield* judgeShare(group, smallestOf(group).number() ?? 0, unavailable);
  const force = group.at("forceUpdateVersion");
  if (force.flag() !== true) return;
  yield violation(group, {
    at: force.path,
    got: "true",
    wanted: "false",
    fix: "remove forceUpdateVersion: the upgrade then waits for budgets",
  });
}

function* judgeShare(group: Resource, min: number, allowed: number): Iterable<Finding> {
  const config = group.at("updateConfig");
  const [share, count] = [config.at("maxUnavailablePercentage"), config.at("maxUnavailable")];
  const fix = "set updateConfig.maxUnavailable: 1";
  const percent = share.number() ?? 0;
  if (percent > allowed) {
    yield violation(group, { at: share.path, got: `${percent}%`, wanted: `at most ${allowed}%`, fix });
  }
  const nodes = count.number();
  // One at a time is always allowed: nothing smaller exists.
  const most = Math.max(1, Math.floor((min * allowed) / whole));
  if (nodes === undefined || nodes <= most) return;
  yield violation(group, {
    at: count.path,
    got: `${nodes} of at least ${min} node(s)`,
    wanted: `at most ${most}`,
    fix,
  });
}

/** Properties of a node group whose change replaces it, though a launch template can say the same. */
const fixed = ["instanceTypes", "diskSize", "remoteAccess"];

/** No change of tomorrow replaces the nodes of today. */
export const nodegroupKept = resourceRule({
  id: "nodegroup-kept",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A node group of a live slot that the engine may replace, or that the next zone, instance type or disk would replace.",
  prevents: "EKS drains all nodes of a replaced group at once and ends them after minutes, whatever the budgets say.",
  source:
    "terraform-provider-aws internal/service/eks/node_group.go, ForceNew; EKS API, DeleteNodegroup; AWS containers-roadmap 1636",
  settings: { off: choice(false, "Whether the environment protects nothing.", "any") },
  kinds: [types.nodeGroup],
  limits: "`--config fridayproof:teardown=true` lifts the protection for `make destroy`.",
  examples: {
    bad: "new aws.eks.NodeGroup('apps', { subnetIds: [inUse1Az1.id, inUse1Az2.id], instanceTypes: ['t3.large'] })",
    good: "new aws.eks.NodeGroup('apps-use1-az1', { subnetIds: [inUse1Az1.id], launchTemplate }, { protect: true })",
  },
  *check(group, { off }, { teardown }) {
    const subnets = group.at("subnetIds");
    const count = subnets.list().length;
    if (count > 1) {
      yield violation(group, {
        at: subnets.path,
        got: `${count} subnets`,
        wanted: "one",
        fix: "declare a node group in each zone: one more zone then adds a group and replaces none",
      });
    }
    for (const property of fixed) {
      if (!group.at(property).isSet()) continue;
      yield violation(group, {
        at: property,
        got: "a value",
        wanted: "none",
        fix: "say it in the launch template, whose next version rolls the nodes in place",
      });
    }
    if (off || teardown || group.options.protect === true) return;
    yield violation(group, {
      at: "protect",
      got: "false",
      wanted: "true",
      fix: "pass protect: true in the resource's options: the engine then refuses to replace it",
    });
  },
});

/** Nodes run the control plane's minor or a little less. */
export const versionSkew = stackRule({
  id: "version-skew",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "Nodes newer than their control plane, or too many minors behind.",
  prevents: "Kubelets that the API server no longer understands.",
  source: "EKS best practices, Cluster upgrades, sequence; Kubernetes, version skew policy",
  settings: { behind: quantity(policyLimits.minorSkewAtMost, "higher", { minimum: 0, maximum: 3 }) },
  limits: "A node group without a version gets the control plane's own at creation.",
  examples: { bad: "cluster 1.36, node group 1.33", good: "cluster 1.36, node group 1.35 while the upgrade runs" },
  check: (stack, { behind }) => eachResource(stack.of(types.nodeGroup), (group) => judgeSkew(stack, group, behind)),
});

function* judgeSkew(stack: Stack, group: Resource, behind: number): Iterable<Finding> {
  const field = group.at("version");
  if (!field.isSet()) return;
  const nodes = minorOf(field);
  const fix = "upgrade the control plane first, then the nodes, one minor at a time";
  if (nodes === undefined) {
    yield violation(group, { at: field.path, got: shown(field.text()), wanted: "a minor such as 1.36", fix });
    return;
  }
  const cluster = clusterOf(stack, group);
  if (cluster === undefined) {
    yield unjudged(group, "a cluster that this stack does not declare");
    return;
  }
  const plane = minorOf(cluster.at("version"));
  if (plane === undefined) {
    yield unjudged(group, "a cluster without a version");
    return;
  }
  if (nodes <= plane && plane - nodes <= behind) return;
  const wanted = `1.${Math.max(0, plane - behind)} to 1.${plane}, beside ${cluster.name}`;
  yield violation(group, { at: field.path, got: shown(field.text()), wanted, fix });
}

function unjudged(group: Resource, got: string): Finding {
  return violation(group, {
    at: "clusterName",
    got,
    wanted: "one whose version is known",
    fix: "pass the name of a cluster of this stack, with its version",
  });
}

function minorOf(version: Field): number | undefined {
  const match = /^1\.(\d+)$/.exec(version.text() ?? "");
  return match === null ? undefined : Number(match[1]);
}

/** By what the name was made from; by the name itself where it was written out. */
function clusterOf(stack: Stack, group: Resource): Resource | undefined {
  const linked = stack.linked(group, "clusterName").find((resource) => resource.is(types.cluster));
  if (linked !== undefined) return linked;
  const name = group.at("clusterName").text();
  return stack.of(types.cluster).find((cluster) => legible(() => cluster.at("name").text() === name, false));
}
