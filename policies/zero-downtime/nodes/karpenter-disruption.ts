/** How many nodes Karpenter takes away at once, and how old it lets them become. */
import { parseSeconds, secondsPer } from "../../kit/reading/amount";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { add, fix, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { workloadLimits } from "../../limits/workloads";

/** Reasons for which nodes with pods are taken away; the end of an empty node disrupts no pod. */
const disturbing = ["Underutilized", "Drifted"];
const share = /^(\d+)%$/;

/**
 * The most restrictive of the budgets that are active counts, and where none is nothing holds Karpenter; without a list
 * it takes a tenth. Source: kubernetes-sigs/karpenter, pkg/apis/v1/nodepool.go, GetAllowedDisruptionsByReason.
 */
export function* checkBudgets(pool: Resource, allowed: number): Iterable<Finding> {
  const list = pool.at("spec", "disruption", "budgets");
  const all = list.list();
  if (all.length === 0) return;
  const always = all.filter((budget) => !budget.at("schedule").isSet());
  for (const reason of disturbing) {
    const own = always.filter((budget) => covers(budget, reason));
    if (own.some((budget) => narrow(budget, allowed))) continue;
    const [widest] = own;
    const field = widest?.at("nodes");
    yield violation(pool, {
      at: field?.path ?? list.path,
      got:
        field === undefined
          ? "budgets that leave some hours without any"
          : `${field.textOrEmpty().replace(/[^\d%]/g, "")} of the nodes at once`,
      expected: `at most ${allowed}% at any time`,
      fix:
        field === undefined
          ? fix`${add(list, { nodes: "10%" })}`
          : fix`${set(field, "10%")}, which is what Karpenter takes by itself`,
    });
    return;
  }
}

function covers(budget: Field, reason: string): boolean {
  const reasons = budget.at("reasons").texts();
  return reasons.length === 0 || reasons.includes(reason);
}

/** A count may be few of many nodes: only a share says by itself that it is too much. */
function narrow(budget: Field, allowed: number): boolean {
  const percent = share.exec(budget.at("nodes").text() ?? "10%")?.[1];
  return percent === undefined || Number(percent) <= allowed;
}

/** Nodes that expire are drained whatever the budgets of the pool say (Karpenter, forceful disruption). */
export function* checkExpiry(pool: Resource): Iterable<Finding> {
  const field = pool.at("spec", "template", "spec", "expireAfter");
  const text = field.text();
  const seconds = text === undefined ? undefined : parseSeconds(text);
  const least = workloadLimits.nodeLifeAtLeast.value * secondsPer.h;
  if (seconds === undefined || seconds >= least) return;
  yield violation(pool, {
    at: field.path,
    got: `a life of ${Math.round(seconds / secondsPer.m)} min, after which nodes are drained whatever the pool's budgets say`,
    expected: `at least ${workloadLimits.nodeLifeAtLeast.value} h`,
    fix: fix`${remove(field)}, which means 720 h`,
  });
}

/** With none at any time nothing that drifted is replaced before it expires. */
export function* checkHeld(pool: Resource): Iterable<Finding> {
  const held = pool
    .at("spec", "disruption", "budgets")
    .list()
    .find((budget) => !budget.at("schedule").isSet() && covers(budget, "Drifted") && /^0%?$/.test(nodesOf(budget)));
  if (held === undefined) return;
  const field = held.at("nodes");
  yield violation(pool, {
    at: field.path,
    got: `${nodesOf(held)} of the nodes at any time: a new image, and its fixes, reach none of them`,
    expected: "some of them, or a schedule for the hours in which none may go",
    fix: set(field, "10%"),
    advisory: pool.at("spec", "template", "spec", "expireAfter").text() !== "Never",
  });
}

function nodesOf(budget: Field): string {
  return budget.at("nodes").textOrEmpty();
}
