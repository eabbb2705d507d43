/** Selectors with a version: each release changes the label, and the selector matches other pods then. */
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { fix, type Remedy, remove, together } from "../../kit/finding/remedy";
import { hasWorkloadRef } from "../../kit/kubernetes/pods";
import type { Resource } from "../../kit/reading/resource";
import { type ResourceType, types } from "../../kit/reading/types";
import { running } from "../../kit/kubernetes/workloads";

/** Labels that charts and pipelines write anew with each release. */
const released = /^(helm\.sh\/chart|chart|heritage-version)$/;
const versions = /(^|[/.-])(version|release-version|image-tag|tag|revision|commit|git-?sha|sha|build)$/i;
/** Labels that controllers give to the pods of one version. */
const hashes = /^(pod-template-hash|rollouts-pod-template-hash|controller-revision-hash)$/;
/** What only one release is called: two numbers, a date or a commit; v1 is a name that stays. */
const ofOneRelease = /\d+\.\d+|^\d{4,}$|^(?=[0-9a-f]*\d)[0-9a-f]{7,40}$/;

/** Kinds whose selectors are to find the pods of every version. */
export const selecting: readonly ResourceType[] = [
  types.service,
  types.podDisruptionBudget,
  types.networkPolicy,
  ...running,
];

function selectorOf(resource: Resource): Field {
  if (resource.is(types.service, types.replicationController)) return resource.at("spec", "selector");
  const key = resource.is(types.networkPolicy) ? "podSelector" : "selector";
  return resource.at("spec", key, "matchLabels");
}

/** Labels of the selector that the next release takes away. */
export function* checkVersions(resource: Resource): Iterable<Finding> {
  if (hasWorkloadRef(resource)) return;
  const passing = selectorOf(resource)
    .members()
    .filter(([key, value]) => isOfRelease(key, value));
  const [first] = passing;
  if (first === undefined) return;
  const own = resource.is(...running);
  const rest = together(passing.map(([, value]): Remedy => remove(value)));
  yield violation(resource, {
    at: first[1].path,
    got: own
      ? "a label of one version in a selector that cannot change: the API refuses the next release"
      : "a label of one version: in each release it finds the new pods alone, or the old ones",
    expected: "labels that every version carries",
    fix: own
      ? fix`${rest}; a workload that exists is made anew under another name, because its selector cannot change`
      : rest,
    alone: true,
  });
}

function isOfRelease(key: string, value: Field): boolean {
  if (released.test(key) || hashes.test(key)) return true;
  return versions.test(key) && ofOneRelease.test(value.textOrEmpty());
}
