/** Rules about disruption budgets: each workload has one, and it lets a drain go on. */
import { replicaLimits } from "../../limits/replicas";
import { amountOf, roundedUp, written } from "../../kit/reading/amount";
import { counted, groupPairs } from "@fridayproof/components/core";
import { type Field, valueOr, MalformedRead, UnknownRead } from "../../kit/reading/field";
import { type Finding, unknownValue, violation } from "../../kit/finding/finding";
import { namespaceOf } from "../../kit/kubernetes/kubernetes";
import { hasWorkloadRef } from "../../kit/kubernetes/pods";
import { drop, type Remedy, remove, set, together } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { eachResource, suppressors, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { readAutoscaler, scalers } from "../../kit/kubernetes/scaling";
import { types } from "../../kit/reading/types";
import {
  budgetsOf,
  floorOf,
  workloadRefOf,
  readSelector,
  replicasOf,
  runTemplate,
  workloadsOf,
} from "../../kit/kubernetes/workloads";
import { budgetFor, labelsFor } from "../../kit/kubernetes/workload-fixes";

/** A budget always lets at least one pod go. */
export const pdbAllowsDrain = stackRule({
  id: "pdb-allows-drain",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A disruption budget that never lets a pod be evicted.",
  prevents:
    "A node cannot be drained: after 15 minutes the node-group upgrade fails, and the next security patch with it.",
  source: "EKS best practices, Applications, protect critical workloads with disruption budgets",
  settings: {},
  limits: "A budget whose pods come from a Helm release is checked only by maxUnavailable and percentages.",
  examples: { bad: "minAvailable: 90%   # of three pods: all three", good: "maxUnavailable: 1" },
  *check(stack) {
    const budgets = stack.of(types.podDisruptionBudget);
    yield* eachResource(budgets, (budget) => checkBudget(stack, budget));
    if (budgets.length === 0) return;
    yield* reportUnreadable(workloadsOf(stack), (workload) => [budgetsOf(stack, workload), replicasOf(workload)]);
    yield* reportUnreadable(stack.of(...scalers), readAutoscaler);
    yield* suppressors(stack.of(types.rollout), workloadRefOf);
  },
});

/** One pod at a time may leave, however many there are. */
function oneAtATime(budget: Resource): Remedy {
  const least = budget.at("spec", "minAvailable");
  return together([set(budget.at("spec", "maxUnavailable"), 1), ...(least.isSet() ? [remove(least)] : [])]);
}

function* checkBudget(stack: Stack, budget: Resource): Iterable<Finding> {
  const spec = budget.at("spec");
  const most = amountOf(spec.at("maxUnavailable"));
  const least = amountOf(spec.at("minAvailable"));
  const expected = "at least one pod that may leave";
  const fix = oneAtATime(budget);
  if (most === undefined && least === undefined) {
    yield violation(budget, {
      at: "spec",
      got: "neither maxUnavailable nor minAvailable",
      expected: "a budget",
      fix,
      alone: true,
    });
    return;
  }
  if (most !== undefined && least !== undefined) {
    yield violation(budget, {
      at: "spec",
      got: "both maxUnavailable and minAvailable",
      expected: "one of them",
      fix,
      alone: true,
    });
  }
  if (most?.value === 0) {
    yield violation(budget, { at: spec.at("maxUnavailable").path, got: written(most), expected, fix, alone: true });
  }
  if (least === undefined) return;
  // Whose pods it protects decides what its number means.
  readScope(budget);
  const { pods, exact } = podsBehind(stack, budget);
  const stay = roundedUp(least, pods);
  // Without a workload in sight only a whole percentage is certain: an integer may be right for pods of a release.
  if (!exact ? !(least.percent && stay >= pods) : stay < pods) return;
  const got = exact ? `${written(least)}, which keeps ${stay} of ${counted(pods, "pod")}` : written(least);
  yield violation(budget, { at: spec.at("minAvailable").path, got, expected, fix });
}

/** Fewest pods behind each budget, found in one pass over the workloads. */
const floors = perStack((stack) => {
  const found = new Map<Resource, number>();
  for (const workload of workloadsOf(stack)) {
    const [budgets, floor] = valueOr(() => [budgetsOf(stack, workload), floorOf(stack, workload)], [[], 0]);
    for (const budget of budgets) found.set(budget, (found.get(budget) ?? 0) + floor);
  }
  return found;
});

/** Pods behind the budget at its lowest; a hundred stands for unknown many, so that only 100% keeps them all. */
function podsBehind(stack: Stack, budget: Resource): { readonly pods: number; readonly exact: boolean } {
  const unknownMany = 100;
  const pods = floors(stack).get(budget);
  return pods === undefined ? { pods: unknownMany, exact: false } : { pods, exact: true };
}

/** Each workload has exactly one budget. */
export const pdbExactlyOne = stackRule({
  id: "pdb-exactly-one",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A workload that no disruption budget protects, or several, and a budget that lets all pods go.",
  prevents:
    "Without one a drain takes all pods at once; with two the eviction API returns an error and nothing drains.",
  source: "EKS best practices, Cluster upgrades, disruption budgets; Kubernetes, eviction API",
  settings: {},
  limits: "Workloads of Helm releases are invisible: their charts' values carry the budget.",
  examples: {
    bad: "a Deployment, a budget with its labels and a second one with `selector: {}`",
    good: "one PodDisruptionBudget whose selector equals the Deployment's",
  },
  *check(stack) {
    yield* reportUnreadable(stack.of(types.podDisruptionBudget), readScope);
    yield* eachResource(stack.of(types.podDisruptionBudget), (budget) => checkSelector(stack, budget));
    yield* eachResource(workloadsOf(stack), (workload) => checkCoverage(stack, workload));
    const budgets = stack.of(types.podDisruptionBudget);
    if (budgets.length > 0) yield* reportUnreadable(stack.of(...scalers), readAutoscaler);
    yield* eachResource(budgets, (budget) => checkEffect(stack, budget));
  },
});

/** Workloads behind each budget whose pods it picks. */
const behind = perStack((stack) =>
  groupPairs(
    workloadsOf(stack).flatMap((workload) =>
      valueOr(() => budgetsOf(stack, workload), []).map((budget) => [budget, workload] as const),
    ),
  ),
);

/** A budget that permits the eviction of all pods at once protects none. */
function* checkEffect(stack: Stack, budget: Resource): Iterable<Finding> {
  const [most, least] = ["maxUnavailable", "minAvailable"].map((key) => budget.at("spec", key)) as [Field, Field];
  const field = most.isSet() ? most : least;
  const amount = amountOf(field);
  if (amount === undefined) return;
  const own = behind(stack).get(budget) ?? [];
  const unknown = own.map((workload) => unknownFloor(stack, workload)).find((finding) => finding !== undefined);
  if (unknown !== undefined) {
    yield unknown;
    return;
  }
  const { pods, exact } = podsBehind(stack, budget);
  // A single pod is one violation, of min-replicas; how many an integer leaves of unseen pods is not known.
  if (pods < replicaLimits.replicasAtLeast.value || (!exact && !amount.percent && amount.value > 0)) return;
  const stay = field === most ? pods - roundedUp(amount, pods) : roundedUp(amount, pods);
  if (stay > 0) return;
  yield violation(budget, {
    at: field.path,
    got: `${written(amount)}, which lets ${exact ? `all ${pods} pods` : "all pods"} go at once`,
    expected: "a budget that keeps some",
    fix: oneAtATime(budget),
  });
}

/** Says that a preview hides how many pods the workload has. */
function unknownFloor(stack: Stack, workload: Resource): Finding | undefined {
  try {
    floorOf(stack, workload);
    return undefined;
  } catch (error) {
    if (error instanceof UnknownRead) return unknownValue(workload, error.path);
    if (error instanceof MalformedRead) return undefined;
    throw error;
  }
}

/** Names a budget whose selector is missing or cannot be read: the workloads are then checked without it. */
function* checkSelector(stack: Stack, budget: Resource): Iterable<Finding> {
  const selector = readScope(budget);
  if (selector.isSet()) return;
  yield violation(budget, {
    at: selector.path,
    got: "nothing, which protects no pod",
    expected: "the labels of one workload",
    fix: meant(stack, budget),
  });
}

/** Such a budget was meant for the workload of its namespace that has none; where there is none, it is of no use. */
function meant(stack: Stack, budget: Resource): Remedy {
  const own = workloadsOf(stack).find((workload) =>
    valueOr(() => namespaceOf(workload) === namespaceOf(budget) && budgetsOf(stack, workload).length === 0, false),
  );
  const labels = own === undefined ? undefined : labelsFor(own, runTemplate(stack, own));
  return labels === undefined ? drop(budget) : set(budget.at("spec", "selector"), { matchLabels: labels });
}

/** Reads whatever decides which pods the budget protects. */
function readScope(budget: Resource): Field {
  namespaceOf(budget);
  const selector = budget.at("spec", "selector");
  readSelector(selector);
  return selector;
}

function* checkCoverage(stack: Stack, workload: Resource): Iterable<Finding> {
  // Whose labels its pods carry is said by a Deployment that is out of sight.
  if (hasWorkloadRef(workload) && !runTemplate(stack, workload).isSet()) return;
  const budgets = budgetsOf(stack, workload);
  if (budgets.length === 1) return;
  // A single pod is one violation, whose fix brings the budget as well (min-replicas).
  if (budgets.length === 0 && floorOf(stack, workload) < replicaLimits.replicasAtLeast.value) return;
  // A budget without a selector may be its own: that is reported on the budget.
  if (budgets.length === 0 && blankIn(stack).has(namespaceOf(workload))) return;
  const names = budgets.map((budget) => budget.name).join(", ");
  yield violation(workload, {
    got: budgets.length === 0 ? "no disruption budget" : `${budgets.length} disruption budgets (${names})`,
    expected: "exactly one",
    fix: budgets.length === 0 ? budgetFor(stack, workload) : keepOne(budgets),
  });
}

/** Namespaces with a budget that selects no pod. */
const blankIn = perStack(
  (stack) =>
    new Set(
      stack
        .of(types.podDisruptionBudget)
        .filter((budget) => valueOr(() => !budget.at("spec", "selector").isSet(), false))
        .flatMap((budget) => valueOr(() => [namespaceOf(budget)], [])),
    ),
);

/** The budget that names most stays: one that names little may be about others too. */
function keepOne(budgets: readonly Resource[]): Remedy {
  const sizeOf = (budget: Resource): number => {
    const selector = budget.at("spec", "selector");
    return selector.at("matchLabels").members().length + selector.at("matchExpressions").list().length;
  };
  const [, ...others] = [...budgets].sort((one, other) => sizeOf(other) - sizeOf(one));
  return together(others.map(drop));
}
