/** Services: selectors, ports, addresses. */
import type { Resource } from "../../plans/change";
import { canonical } from "../../plans/difference";
import { changes } from "../../plans/plan-index";
import { isAbsent, isMap, listAt, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named } from "../core/related";
import { podLabelsOf, selects, WORKLOADS } from "./workloads";

/** The addresses of a renamed Service. */
function serviceRenamed({ resource, row }: Context): Outcome {
  return textAt(resource.before, "spec.type") === "LoadBalancer"
    ? downtime(`the load balancer's address changes, and the old one is deleted at the end of the run: ${row.when}`)
    : unknown(row.when);
}

function selectorMoves({ index, resource, row }: Context): Outcome {
  const selector = valueAt(resource.after, "spec.selector");
  if (!isMap(selector) || Object.keys(selector).length === 0) return downtime(`the selector is removed: ${row.when}`);
  const workloads = index.plan.resources.filter(({ type }) => WORKLOADS.test(type));
  const standing = workloads.filter((one) => !changes(one) && selects(selector, podLabelsOf(one.after)));
  if (standing.length > 0) return safe(`pods of ${named(standing)} match and run already`);
  const coming = workloads.filter((one) => selects(selector, podLabelsOf(one.after)));
  if (coming.length > 0) return downtime(`only pods match that this plan creates (${named(coming)}): ${row.when}`);
  return workloads.length > 0 && index.plan.hasUnchanged
    ? downtime(`no workload of this plan matches: ${row.when}`)
    : unknown(row.when);
}

function portsChange({ resource, row }: Context): Outcome {
  const ports = (values: Resource["before"]): readonly string[] =>
    listAt(values, "spec.ports")
      .filter(isMap)
      .map((port) => canonical([port["port"], port["protocol"] ?? "TCP"]));
  const targets = (values: Resource["before"]): readonly string[] =>
    listAt(values, "spec.ports")
      .filter(isMap)
      .map((port) => canonical([port["port"], port["targetPort"] ?? port["target_port"]]));
  const lost = ports(resource.before).filter((port) => !ports(resource.after).includes(port));
  if (lost.length > 0) return downtime(row.when);
  return targets(resource.before).every((target) => targets(resource.after).includes(target))
    ? safe("only ports are added or renamed")
    : unknown(row.when);
}

const NODES = /^(aws:eks\/nodeGroup:NodeGroup|kubernetes:karpenter\.sh\/[^:]+:NodePool)$/;

/** Whether pods are scheduled on every node: nodes with taints, and nodes of groups without known taints, accept only pods that tolerate all. */
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

/** A Service that routes only to pods of the client's node. */
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

/** Conditions about Services. */
export const services: Conditions = {
  selectorMoves,
  portsChange,
  serviceRenamed,
  onEachNode,
};
