/** Whether a disruption budget can ever let a pod go: the disruption controller's own arithmetic, as pure functions. */
import type { Problem } from "./checks";
import { resilienceLimits } from "./limits/resilience";

/** A number of pods, or a share of them such as `"34%"`. */
export type PodCount = number | string;

/** A budget's limits, without its selector. */
export interface BudgetRule {
  /** Pods that must stay. */
  readonly minAvailable?: PodCount;
  /** Pods that may be gone. */
  readonly maxUnavailable?: PodCount;
}

/** A budget with the workload it guards. */
export interface GuardedWorkload extends BudgetRule {
  /** Labels that the budget selects pods by. */
  readonly selector: Readonly<Record<string, string>>;
  /** Least number of pods that there will be: the replicas, or `minReplicas` where an autoscaler sets them. */
  readonly leastReplicas: number;
}

/** The budget as the API takes it; a pod that is not ready may always go, or a crash loop holds the drain of its node. */
export function budgetSpec({ selector, minAvailable, maxUnavailable }: GuardedWorkload) {
  return {
    selector: { matchLabels: { ...selector } },
    ...(minAvailable === undefined ? {} : { minAvailable }),
    ...(maxUnavailable === undefined ? {} : { maxUnavailable }),
    unhealthyPodEvictionPolicy: "AlwaysAllow",
  };
}

const percent = /^(\d+)%$/;

/**
 * Pods that `count` stands for among `replicas`. Shares are rounded up in both fields: the disruption controller
 * (pkg/controller/disruption/disruption.go, getExpectedPodCount) passes roundUp true for each of them. So
 * `maxUnavailable: "1%"` always lets one pod go, and `minAvailable: "90%"` of three pods keeps all three.
 */
export function podsOf(count: PodCount, replicas: number): number {
  const share = percent.exec(String(count))?.[1];
  if (share === undefined) return Number(count);
  return Math.ceil((Number(share) * replicas) / resilienceLimits.wholePercent.value);
}

/**
 * Evictions that the budget allows at once while all `replicas` are healthy. With neither field set the controller
 * expects no pods at all and then allows no eviction, ever.
 */
export function disruptionsAllowed(replicas: number, rule: BudgetRule): number {
  if (rule.maxUnavailable !== undefined) return Math.min(replicas, podsOf(rule.maxUnavailable, replicas));
  if (rule.minAvailable !== undefined) return Math.max(0, replicas - podsOf(rule.minAvailable, replicas));
  return 0;
}

function countProblem(path: string, count: PodCount): Problem | undefined {
  const share = percent.exec(String(count))?.[1];
  const total = resilienceLimits.wholePercent.value;
  const valid =
    typeof count === "number" ? Number.isInteger(count) && count >= 0 : share !== undefined && Number(share) <= total;
  if (valid) return undefined;
  return {
    path,
    got: count,
    allowed: `a whole number from 0, or "0%" to "${total}%"`,
    fix: `Write maxUnavailable: 1, or a share such as maxUnavailable: "25%".`,
  };
}

function ruleProblem(rule: BudgetRule): Problem | undefined {
  const { minAvailable, maxUnavailable } = rule;
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    return {
      path: "minAvailable, maxUnavailable",
      got: [minAvailable, maxUnavailable],
      allowed: "exactly one: the API refuses a budget with both",
      fix: "Keep maxUnavailable, which stays right when the replicas change.",
    };
  }
  if (minAvailable === undefined && maxUnavailable === undefined) {
    return {
      path: "minAvailable, maxUnavailable",
      got: undefined,
      allowed: "exactly one: a budget with neither blocks every eviction",
      fix: "Write maxUnavailable: 1.",
    };
  }
  return undefined;
}

function workloadProblems(workload: GuardedWorkload): Problem[] {
  const problems: Problem[] = [];
  if (Object.keys(workload.selector).length === 0) {
    problems.push({
      path: "selector",
      got: workload.selector,
      allowed: "at least one label: in policy/v1 an empty selector takes every pod of the namespace",
      fix: "Give the labels of the workload's pods.",
    });
  }
  if (!Number.isInteger(workload.leastReplicas) || workload.leastReplicas < 1) {
    problems.push({
      path: "leastReplicas",
      got: workload.leastReplicas,
      allowed: "a whole number from 1",
      fix: "Give the replicas of the workload, or minReplicas of its autoscaler.",
    });
  }
  return problems;
}

/**
 * Everything wrong with a budget, empty when a node that runs these pods can be drained. A budget that allows no
 * eviction while every pod is healthy holds each drain until its timeout, and with it every node upgrade.
 */
export function drainProblems(workload: GuardedWorkload): readonly Problem[] {
  const problems = [ruleProblem(workload), ...workloadProblems(workload)];
  for (const path of ["minAvailable", "maxUnavailable"] as const) {
    const count = workload[path];
    if (count !== undefined) problems.push(countProblem(path, count));
  }
  const found = problems.filter((problem) => problem !== undefined);
  if (
    found.length > 0 ||
    disruptionsAllowed(workload.leastReplicas, workload) >= resilienceLimits.leastDisruptions.value
  ) {
    return found;
  }
  const path = workload.maxUnavailable === undefined ? "minAvailable" : "maxUnavailable";
  const none =
    workload.leastReplicas === 1 ? "this one keeps the only pod" : `this one lets none of ${workload.leastReplicas} go`;
  return [
    {
      path,
      got: workload[path],
      allowed: `a budget that lets at least ${resilienceLimits.leastDisruptions.value} pod go; ${none}`,
      fix: "Write maxUnavailable: 1, or raise the replicas.",
    },
  ];
}
