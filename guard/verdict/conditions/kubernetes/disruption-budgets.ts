/** PodDisruptionBudgets. */
import { quantityOf } from "../../effects/transitions";
import type { Resource } from "../../plans/change";
import { changes } from "../../plans/plan-index";
import { valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, type Outcome, safe } from "../core/condition";
import { named } from "../core/related";

const NODES = /^(aws:eks\/nodeGroup:NodeGroup|aws:autoscaling\/group:Group)$/;

const drainedNodes = ({ index, resource }: Context): readonly Resource[] =>
  index.plan.resources.filter(
    (other) =>
      other.address !== resource.address && changes(other) && NODES.test(other.type) && other.operation !== "create",
  );

/** A looser budget matters where nodes are drained in the same run. */
function budgetLooser(context: Context): Outcome {
  const nodes = drainedNodes(context);
  return nodes.length > 0
    ? degrades(`${context.row.when} (${named(nodes)} changes in the same run)`)
    : safe(context.row.when);
}

/** A budget without allowed disruptions blocks drains in the same run. */
function budgetComes(context: Context): Outcome {
  const { resource, row } = context;
  const letsNone =
    quantityOf(valueAt(resource.after, "spec.maxUnavailable")) === 0 ||
    valueAt(resource.after, "spec.minAvailable") === "100%";
  const nodes = drainedNodes(context);
  return letsNone && nodes.length > 0
    ? degrades(`it allows no eviction, and ${named(nodes)} changes in the same run: the drain waits and fails`)
    : safe(row.when);
}

/** Conditions about disruption budgets. */
export const disruptionBudgets: Conditions = {
  budgetLooser,
  budgetComes,
};
