/** Checks manifests that a program fetches by URL: a branch may hold other content than the reviewed one. */
import type { Field } from "../kit/reading/field";
import { type Finding, violation } from "../kit/finding/finding";
import type { ResourceType } from "../kit/reading/types";
import { isPinnedAddress, isRemote } from "../kit/reading/manifest-address";
import type { Resource } from "../kit/reading/resource";
import { eachPart } from "../kit/rule/rule";

/** Pulumi's resources that fetch manifests, and their properties with the URLs. Source: pulumi-kubernetes, yaml and kustomize. */
const named: Readonly<Record<ResourceType, readonly string[]>> = {
  "kubernetes:kustomize:Directory": ["directory"],
  "kubernetes:yaml:ConfigFile": ["file"],
  "kubernetes:yaml:ConfigGroup": ["files"],
};

/** Kinds that fetch manifests. */
export const fetching: readonly ResourceType[] = Object.keys(named);

/** Reports every URL of the resource whose content may change: one without a commit or an exact version. */
export function* checkFetched(resource: Resource): Iterable<Finding> {
  const fields = (named[resource.type] ?? []).map((key) => resource.at(key));
  yield* eachPart(resource, fields.flatMap(itemsOf), (field) => checkAddress(resource, field));
}

function itemsOf(field: Field): readonly Field[] {
  return field.shape() === "list" ? field.list() : [field];
}

function* checkAddress(resource: Resource, field: Field): Iterable<Finding> {
  const address = field.text();
  if (address === undefined || !isRemote(address) || isPinnedAddress(address)) return;
  yield violation(resource, {
    at: field.path,
    got: "a remote address without a commit or a version",
    expected: "a commit of 40 hex digits, or a version, in the address",
    fix: "name the commit (?ref=<commit>), or keep a copy of the manifests in this repository",
  });
}
