/** Rules about nodes: upgrades drain few at a time, respect budgets, and never run ahead of the control plane. */
import { policyLimits } from "../../components/core/limits/policies";
import { type Finding, shown, violation } from "../kit/finding";
import { type Field, legible } from "../kit/field";
import type { Resource, Stack } from "../kit/resource";
import { eachResource, resourceRule, stackRule } from "../kit/rule";
import { quantity } from "../kit/settings";
import { types } from "../kit/types";

const whole = 100;

/** An upgrade of nodes leaves enough of them. */
export const nodegroupUpdate = resourceRule({
  id: "nodegroup-update",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A node group whose upgrade drains too many nodes at once, ignores disruption budgets, or that has a single node.",
  prevents: "A mass drain, or an upgrade that deletes pods without asking their budget.",
  source: "EKS best practices, Applications, disruption budgets; EKS API, UpdateNodegroupVersion, force",
  settings: {
    unavailable: quantity(policyLimits.nodesUnavailableAtMost, "higher", { minimum: 1, maximum: 100 }),
    least: quantity(policyLimits.nodesAtLeast, "lower", { minimum: 1 }),
  },
  kinds: [types.nodeGroup],
  examples: {
    bad: "updateConfig: { maxUnavailablePercentage: 50 }, forceUpdateVersion: true",
    good: "scalingConfig: { minSize: 3, … }, updateConfig: { maxUnavailable: 1 }",
  },
  *check(group, { unavailable, least }) {
    const smallest = group.at("scalingConfig", "minSize");
    const min = smallest.number() ?? 0;
    if (min < least) {
      const got = smallest.isSet() ? String(min) : "nothing";
      yield violation(group, {
        at: smallest.path,
        got,
        wanted: `at least ${least}`,
        fix: `set scalingConfig.minSize to ${least} or more`,
      });
    }
    yield* judgeShare(group, min, unavailable);
    const force = group.at("forceUpdateVersion");
    if (force.flag() !== true) return;
    yield violation(group, {
      at: force.path,
      got: "true",
      wanted: "false",
      fix: "remove forceUpdateVersion: the upgrade then waits for budgets",
    });
  },
});

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
