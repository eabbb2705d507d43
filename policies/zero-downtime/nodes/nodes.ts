/** Rules about nodes: upgrades drain few at a time, respect budgets, and replace none by accident. */
import { nodeLimits } from "../../limits/nodes";
import { counted } from "@fridayproof/components/core";
import { type Finding, violation } from "../../kit/finding/finding";
import type { Field } from "../../kit/reading/field";
import { fix, option, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { unknownGroups, nodePools, unlessUnknown } from "../../kit/aws/node-pools";
import { eachResource, resourceRule, stackRule } from "../../kit/rule/rule";
import { withoutDefault, choice, quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { checkBudgets, checkExpiry, checkHeld } from "./karpenter-disruption";
import { checkRefresh, checkSpot, checkStrategy } from "./node-replacement";

const hundredPercent = 100;

/** An upgrade of nodes leaves enough of them. */
export const nodegroupUpdate = stackRule({
  id: "nodegroup-update",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A node group whose upgrade drains too many nodes at once, ignores disruption budgets, or takes nodes away before it brings new ones; a pool of a single node, or of Spot instances of a single type; nodes of Karpenter that go all at once or after hours.",
  prevents: "A mass drain, or an upgrade that deletes pods despite their budget.",
  source:
    "EKS best practices, Applications, disruption budgets; EKS API, UpdateNodegroupVersion, force; Karpenter, disruption",
  settings: {
    unavailable: quantity(nodeLimits.nodesUnavailableAtMost, "higher", { minimum: 1, maximum: 100 }),
    least: quantity(nodeLimits.nodesAtLeast, "lower", { minimum: 1 }),
  },
  limits:
    "Node groups of one cluster with the same labels count as one pool. Instance types are read from the group and from the launch template that it was made from.",
  examples: {
    bad: "updateConfig: { maxUnavailablePercentage: 50 }, forceUpdateVersion: true",
    good: "scalingConfig: { minSize: 3, … }, updateConfig: { maxUnavailable: 1 }",
  },
  *check(stack, { unavailable, least }) {
    const unknown = unknownGroups(stack);
    for (const pool of nodePools(stack)) {
      yield* eachResource(pool.slice(0, 1), () => unlessUnknown(unknown, "labels", checkLeast(pool, least)));
      yield* eachResource(pool, (group) => checkUpdate(group, unavailable));
      yield* eachResource(pool, checkStrategy);
      yield* eachResource(pool.slice(0, 1), () => unlessUnknown(unknown, "labels", checkSpot(stack, pool)));
    }
    yield* eachResource(stack.of(types.autoscalingGroup), (group) => checkRefresh(group, hundredPercent - unavailable));
    yield* eachResource(stack.of(types.nodePool), (pool) => checkBudgets(pool, unavailable));
    yield* eachResource(stack.of(types.nodePool), checkExpiry);
    yield* eachResource(stack.of(types.nodePool), checkHeld);
  },
});

function smallestOf(group: Resource): Field {
  return group.at("scalingConfig", "minSize");
}

/** A pool with a group in each zone is as large as its groups together. */
function* checkLeast(pool: readonly [Resource, ...Resource[]], least: number): Iterable<Finding> {
  const min = pool.reduce((sum, group) => sum + (smallestOf(group).number() ?? 0), 0);
  if (min >= least) return;
  const smallest = smallestOf(pool[0]);
  yield violation(pool[0], {
    at: smallest.path,
    got: smallest.isSet() ? String(min) : "nothing",
    expected: `at least ${least}`,
    fix: fix`${set(smallest, least)} or more`,
  });
}

function* checkUpdate(group: Resource, unavailable: number): Iterable<Finding> {
  yield* checkShare(group, smallestOf(group).number() ?? 0, unavailable);
  const force = group.at("forceUpdateVersion");
  if (force.flag() !== true) return;
  yield violation(group, {
    at: force.path,
    got: "true",
    expected: "false",
    fix: fix`${remove(force)}: the upgrade then waits for budgets`,
  });
}

function* checkShare(group: Resource, min: number, allowed: number): Iterable<Finding> {
  const config = group.at("updateConfig");
  const [share, count] = [config.at("maxUnavailablePercentage"), config.at("maxUnavailable")];
  const fix = set(config, { maxUnavailable: 1 });
  const percent = share.number() ?? 0;
  if (percent > allowed) {
    yield violation(group, { at: share.path, got: `${percent}%`, expected: `at most ${allowed}%`, fix });
  }
  const nodes = count.number();
  // One at a time is always allowed: nothing smaller exists.
  const most = Math.max(1, Math.floor((min * allowed) / hundredPercent));
  if (nodes === undefined || nodes <= most) return;
  yield violation(group, {
    at: count.path,
    got: `${nodes} of at least ${counted(min, "node")}`,
    expected: `at most ${most}`,
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
  settings: { off: withoutDefault(choice(false, "Whether the environment protects nothing.", "any")) },
  resourceTypes: [types.nodeGroup],
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
        expected: "one",
        fix: "declare a node group in each zone: one more zone then adds a group and replaces none",
      });
    }
    for (const property of fixed) {
      if (!group.at(property).isSet()) continue;
      yield violation(group, {
        at: property,
        got: "a value",
        expected: "none",
        fix: fix`${remove(property)}, and say it in the launch template, whose next version rolls the nodes in place`,
      });
    }
    if (off || teardown || group.options.protect === true) return;
    yield violation(group, {
      at: "protect",
      got: "false",
      expected: "true",
      fix: fix`${option("protect", true)}: the engine then refuses to replace it`,
      setting: "off",
    });
  },
});
