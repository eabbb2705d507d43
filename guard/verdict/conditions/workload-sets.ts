/** Pods of sets: members with a number, one pod a node, and templates of which one property has an effect of its own. */
import type { Resource } from "../plans/change";
import { changes } from "../plans/plan-index";
import { quantityOf } from "../effects/transitions";
import { isAbsent, isMap, listAt, numberAt, textAt, valueAt } from "../plans/values";
import { named } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "./condition";
import { podLabelsOf, selects } from "./workloads";

const waitsForDelete = ({ resource }: Context): boolean =>
  textAt(resource.after, "spec.updateStrategy.type") === "OnDelete";

/** Members restart one after the other, and none is added for the time: a single one is an outage. */
function members(context: Context): Outcome {
  const { resource, row } = context;
  if (waitsForDelete(context)) return safe("the strategy is OnDelete: no member restarts until somebody deletes it");
  const replicas = numberAt(resource.after, "spec.replicas") ?? 1;
  const partition = numberAt(resource.after, "spec.updateStrategy.rollingUpdate.partition") ?? 0;
  if (replicas === 0) return safe("it has no member");
  if (partition >= replicas) return safe(`the partition ${partition} keeps all ${replicas} members as they are`);
  return replicas === 1 ? downtime(`its only member restarts: ${row.when}`) : degrades(row.when);
}

/** A new template of a set with one pod a node. */
function daemons(context: Context): Outcome {
  const { resource, row } = context;
  if (waitsForDelete(context)) return safe("the strategy is OnDelete: no pod restarts until somebody deletes it");
  const away = valueAt(resource.after, "spec.updateStrategy.rollingUpdate.maxUnavailable");
  return away === "100%"
    ? downtime(`maxUnavailable takes the pods of all nodes at once: ${row.when}`)
    : degrades(row.when);
}

/** A workload under a new name: whether the run waits until its pods are ready. */
function newOneAwaited({ resource, row }: Context): Outcome {
  const isSkipped =
    valueAt(resource.after, "metadata.annotations.pulumi.com/skipAwait") === "true" ||
    valueAt(resource.after, "waitForRollout") === false;
  return isSkipped ? downtime(`the run does not wait until the new pods are ready: ${row.when}`) : degrades(row.when);
}

const NODES = /^(aws:eks\/nodeGroup:NodeGroup|kubernetes:karpenter\.sh\/[^:]+:NodePool)$/;

/** Whether pods start on every node that the plan knows: those with taints, and machines of groups that say nothing of theirs, take only who tolerates all. */
function isTolerant({ index }: Context, { after }: Resource): boolean {
  const takesAll = listAt(after, "spec.template.spec.tolerations").some(
    (one) => isMap(one) && textAt(one, "operator") === "Exists" && isAbsent(one["key"]) && isAbsent(one["effect"]),
  );
  if (takesAll) return true;
  const nodes = index.plan.resources.filter(({ type, operation }) => NODES.test(type) && operation !== "delete");
  return (
    nodes.length > 0 &&
    index.plan.hasUnchanged &&
    nodes.every(({ after: values }) =>
      ["taints", "spec.template.spec.taints", "spec.template.spec.startupTaints"].every((path) =>
        isAbsent(valueAt(values, path)),
      ),
    )
  );
}

/** Clients of a Service that reaches only the pods of their own node. */
function onEachNode(context: Context): Outcome {
  const { index, resource, row } = context;
  const selector = valueAt(resource.after, "spec.selector");
  const selected = index.plan.resources.filter(
    ({ type, after }) => /^kubernetes:apps\/[^:]+:/.test(type) && selects(selector, podLabelsOf(after)),
  );
  const everywhere = selected.filter(
    (one) =>
      one.type.endsWith(":DaemonSet") &&
      !changes(one) &&
      ["nodeSelector", "affinity"].every((path) => isAbsent(valueAt(one.after, `spec.template.spec.${path}`))),
  );
  if (everywhere.length === 0) return unknown(row.when);
  return everywhere.some((one) => isTolerant(context, one))
    ? safe(`${named(everywhere)} has a pod on every node`)
    : unknown(`${named(everywhere)} has no pod on a node whose taints it does not tolerate: ${row.when}`);
}

/** Fewer pods at least, or at most: none at all is an outage. */
function reserveFalls({ after, row }: Context): Outcome {
  return quantityOf(after) === 0 ? downtime(`none is left when nobody calls: ${row.when}`) : degrades(row.when);
}

/** Conditions about sets of pods. */
export const workloadSets: Conditions = { members, daemons, newOneAwaited, onEachNode, reserveFalls };
