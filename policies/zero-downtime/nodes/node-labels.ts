/** Labels that every node has, and their values: pods and pools that name another one wait for a node that never comes. */
import { slipOf } from "@fridayproof/components/core";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { type Pods, podSetting } from "../../kit/kubernetes/pods";
import { example, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";

/** Values on EKS. Source: Kubernetes, well-known labels; EKS, managed node groups; Karpenter, NodePools, well-known labels. */
const known: ReadonlyMap<string, readonly [string, ...string[]]> = new Map<string, readonly [string, ...string[]]>([
  ["kubernetes.io/arch", ["amd64", "arm64"]],
  ["kubernetes.io/os", ["linux", "windows"]],
  ["karpenter.sh/capacity-type", ["on-demand", "spot", "reserved"]],
  ["eks.amazonaws.com/capacityType", ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"]],
]);

/** What other programs call an architecture. */
const elsewhere: Readonly<Record<string, string>> = { x86_64: "amd64", aarch64: "arm64" };

/** Labels that the pods demand of their node. */
export function* checkLabels(resource: Resource, pods: Pods): Iterable<Finding> {
  for (const [key, field] of podSetting(pods, "nodeSelector").members())
    yield* checkValues(resource, key, field, [field.textOrEmpty()], (meant) => meant);
  const required = podSetting(pods, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  for (const term of required.at("nodeSelectorTerms").list())
    for (const one of term.at("matchExpressions").list()) yield* checkExpression(resource, one);
}

/** What a pool's nodes are to be. */
export function* checkRequirements(pool: Resource): Iterable<Finding> {
  for (const one of pool.at("spec", "template", "spec", "requirements").list()) yield* checkExpression(pool, one);
}

function checkExpression(resource: Resource, expression: Field): Iterable<Finding> {
  if (expression.at("operator").text() !== "In") return [];
  const values = expression.at("values");
  return checkValues(resource, expression.at("key").textOrEmpty(), values, values.texts(), (meant) => [meant]);
}

/** Any right value among several is enough. */
function* checkValues(
  resource: Resource,
  key: string,
  at: Field,
  stated: readonly string[],
  written: (meant: string) => unknown,
): Iterable<Finding> {
  const values = known.get(key);
  if (values === undefined || stated.some((value) => values.includes(value))) return;
  const [meant = values[0]] = stated.flatMap((value) => elsewhere[value] ?? slipOf(value, values) ?? []);
  yield violation(resource, {
    at: at.path,
    got: "a value that no node has",
    expected: values.join(", "),
    fix: example(set(at, written(meant)), "the value that is meant"),
  });
}
