/** Quotas of a namespace against what its workloads need while one of them is released. */
import { groupBy } from "@fridayproof/components/core";
import { bytes, quantityOf } from "../../kit/reading/amount";
import { type Field, isUnreadable, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, valueText, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { defaultsIn, type StatedBound } from "../../kit/kubernetes/limit-ranges";
import { containersIn } from "../../kit/kubernetes/pods";
import { example, fix, remove, set } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { surgeOf } from "../../kit/kubernetes/surge";
import { floorOf, runTemplate, workloadsOf } from "../../kit/kubernetes/workloads";

/** What one pod of a workload takes of a counted thing. */
type Taken = (template: Field) => number;

/** What a quota counts of pods, by the member of their resources. */
const statedAs: Readonly<Record<string, StatedBound>> = {
  cpu: { bound: "requests", resource: "cpu" },
  "requests.cpu": { bound: "requests", resource: "cpu" },
  "limits.cpu": { bound: "limits", resource: "cpu" },
  memory: { bound: "requests", resource: "memory" },
  "requests.memory": { bound: "requests", resource: "memory" },
  "limits.memory": { bound: "limits", resource: "memory" },
};

/** What quotas count and pods take; every other one is left alone. */
const counted: Readonly<Record<string, Taken>> = {
  pods: () => 1,
  "count/pods": () => 1,
  ...Object.fromEntries(Object.entries(statedAs).map(([name, stated]) => [name, sumOf(stated)])),
};

/** Sum of the pod's requests; a container without one counts as zero, so that the sum is a lower bound. */
function sumOf({ bound, resource }: StatedBound): Taken {
  return (template) =>
    containersIn(template.at("spec"))
      .filter(({ part }) => part === "main" || part === "sidecar")
      .map(({ field }) => {
        const own = quantityOf(field.at("resources", bound, resource));
        return own ?? (bound === "requests" ? quantityOf(field.at("resources", "limits", resource)) : undefined) ?? 0;
      })
      .reduce((sum, one) => sum + one, 0);
}

/** Reads whatever decides how much the quota leaves. */
export function readQuota(quota: Resource): unknown {
  namespaceOf(quota);
  return hardOf(quota).map(([, field]) => quantityOf(field));
}

/** Reads whatever decides what a release of the workload takes. */
export function readNeeds(stack: Stack, workload: Resource): unknown {
  const template = runTemplate(stack, workload);
  const pods = floorOf(stack, workload);
  return [namespaceOf(workload), surgeOf(workload, pods), Object.values(counted).map((taken) => taken(template))];
}

/** What the quota limits of all pods; one with scopes is about some of them. */
function hardOf(quota: Resource): readonly (readonly [string, Field])[] {
  const spec = quota.at("spec");
  const partial = spec.at("scopes").list().length > 0 || spec.at("scopeSelector").isSet();
  return partial
    ? []
    : spec
        .at("hard")
        .members()
        .filter(([name]) => Object.hasOwn(counted, name));
}

interface Need {
  readonly workload: Resource;
  readonly template: Field;
  readonly pods: number;
  readonly surge: number;
}

/** What the workloads of each namespace run at their lowest, and add in a release. */
const needs = perStack((stack) => {
  const needOf = (workload: Resource): Need => {
    const pods = floorOf(stack, workload);
    return { workload, template: runTemplate(stack, workload), pods, surge: surgeOf(workload, pods) };
  };
  const readable = workloadsOf(stack).flatMap((workload) => valueOr(() => [needOf(workload)], []));
  return groupBy(readable, ({ workload }) => namespaceOf(workload));
});

/** Finds the quota that a release of one workload exceeds while all of them run at their lowest. */
export function* checkQuota(stack: Stack, quota: Resource): Iterable<Finding> {
  const all = needs(stack).get(namespaceOf(quota)) ?? [];
  for (const [name, field] of hardOf(quota)) {
    const hard = quantityOf(field);
    const taken = counted[name];
    if (hard === undefined || taken === undefined) continue;
    yield* checkStated(stack, quota, name, field, all);
    const shares = all.map((need) => [need, perPod(taken, need)] as const);
    const standing = shares.reduce((sum, [{ pods }, each]) => sum + pods * each, 0);
    const most = Math.max(0, ...shares.map(([{ surge }, each]) => surge * each));
    if (most === 0 || standing + most <= hard) continue;
    yield violation(quota, {
      at: field.path,
      got: `${valueText(field.text())}, where the workloads run with ${written(standing, name)} and a release adds ${written(most, name)}`,
      expected: `at least ${written(standing + most, name)}`,
      fix: fix`${set(field, written(standing + most, name))} or more: beside it no new pod is made, and the release waits until its deadline`,
    });
  }
}

/** Beside such a quota the API refuses a container that states nothing. Source: quota/v1/evaluator/core/pods.go, Constraints. */
function* checkStated(
  stack: Stack,
  quota: Resource,
  name: string,
  field: Field,
  all: readonly Need[],
): Iterable<Finding> {
  const counts = statedAs[name];
  if (counts === undefined) return;
  const { bound, resource } = counts;
  if (defaultsIn(stack, namespaceOf(quota)).some((one) => one.bound === bound && one.resource === resource)) return;
  const silent = all.find(({ template }) => valueOr(() => isSilent(template, counts), false));
  if (silent === undefined) return;
  yield violation(quota, {
    at: field.path,
    got: `a bound on what a container of ${nameOr(objectName(silent.workload), "a workload")} does not state`,
    expected: `resources.${bound}.${resource} in each container, or a LimitRange that gives it: the API refuses the pod otherwise`,
    fix: example(remove(field), "state it in each container"),
  });
}

function isSilent(template: Field, { bound, resource }: StatedBound): boolean {
  return containersIn(template.at("spec")).some(({ field }) => {
    const own = field.at("resources");
    return ![bound, "limits"].some((key) => own.at(key, resource).isSet());
  });
}

function perPod(taken: Taken, { template }: Need): number {
  try {
    return taken(template);
  } catch (error) {
    if (isUnreadable(error)) return 0;
    throw error;
  }
}

const digits = 3;

/** The amount as a quota states it: cores to the thousandth. */
function written(amount: number, name: string): string {
  return name.includes("memory") ? bytes(amount) : String(Number(amount.toFixed(digits)));
}
