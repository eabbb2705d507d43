/** Each Secret that External Secrets creates has one ExternalSecret as owner. */
import { type Finding, nameOr, violation } from "../kit/finding/finding";
import { mergesExternal, targetOfExternal } from "../kit/kubernetes/configuration-keys";
import { namespaceOf, objectName } from "../kit/kubernetes/kubernetes";
import { set } from "../kit/finding/remedy";
import type { Resource, Stack } from "../kit/reading/resource";
import { eachResource, reportUnreadable } from "../kit/rule/rule";
import { types } from "../kit/reading/types";
import { valueOr } from "../kit/reading/field";

/** Namespace and name of the owned Secret; undefined for creationPolicy Merge, which only adds keys to a Secret. */
function ownedBy(secret: Resource): string | undefined {
  return mergesExternal(secret) ? undefined : JSON.stringify([namespaceOf(secret), targetOfExternal(secret)]);
}

/** External Secrets rejects a second owner of a Secret: that ExternalSecret stays not ready and writes nothing. */
export function* checkSecretOwners(stack: Stack): Iterable<Finding> {
  const all = stack.of(types.externalSecret);
  yield* reportUnreadable(all, ownedBy);
  const owners = new Map<string, Resource>();
  for (const secret of all) {
    const key = valueOr(() => ownedBy(secret), undefined);
    if (key !== undefined && !owners.has(key)) owners.set(key, secret);
  }
  yield* eachResource(all, function* (secret) {
    const owner = owners.get(ownedBy(secret) ?? "");
    if (owner === undefined || objectName(owner) === objectName(secret)) return;
    const target = secret.at("spec", "target");
    yield violation(secret, {
      at: target.at("name").path,
      got: `a Secret that ${nameOr(objectName(owner), "another ExternalSecret")} owns`,
      expected: "a Secret of its own, or one to which it only adds",
      fix: set(target.at("creationPolicy"), "Merge"),
    });
  });
}
