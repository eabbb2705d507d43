/** Secrets that External Secrets keeps: they come when they change, and stay when the store fails. */
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { goSeconds } from "../../kit/reading/go-duration";
import { example, fix, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";

/** Kinds that External Secrets reads or writes stores by. */
export const reading = [types.externalSecret, types.clusterExternalSecret] as const;
/** ExternalSecrets that may delete a Secret which cannot be recreated. */
export const keeping = [...reading, types.pushSecret] as const;

function specOf(resource: Resource): Field {
  return resource.is(types.clusterExternalSecret) ? resource.at("spec", "externalSecretSpec") : resource.at("spec");
}

/** A rotated credential arrives by itself. Source: external-secrets, API, refreshInterval and refreshPolicy. */
export function* checkRefresh(resource: Resource): Iterable<Finding> {
  const spec = specOf(resource);
  const [interval, policy, target] = [spec.at("refreshInterval"), spec.at("refreshPolicy"), spec.at("target")];
  // Under a name of its version the content never changes.
  if (target.at("immutable").flag() === true) return;
  if (policy.text() === "CreatedOnce")
    yield violation(resource, {
      at: policy.path,
      got: "CreatedOnce: a rotated credential never arrives",
      expected: "Periodic",
      fix: fix`${remove(policy)}, which means Periodic`,
    });
  const seconds = goSeconds(interval.text() ?? "1h");
  if (policy.isSet() && policy.text() !== "Periodic") return;
  if (seconds === undefined || seconds > 0) return;
  yield violation(resource, {
    at: interval.path,
    got: "0, which means once: a rotated credential never arrives",
    expected: "a time after which the store is read again",
    fix: example(set(interval, "1h"), "what a rotation may take"),
  });
}

/** A store that answers wrongly for a minute takes no Secret away, and an object that goes takes no stored one along. */
export function* checkDeletion(resource: Resource): Iterable<Finding> {
  const pushes = resource.is(types.pushSecret);
  const field = pushes ? resource.at("spec", "deletionPolicy") : specOf(resource).at("target", "deletionPolicy");
  if (field.text() !== "Delete") return;
  yield violation(resource, {
    at: field.path,
    got: pushes
      ? "Delete: the store loses the secret with this object"
      : "Delete: a secret that the store does not find disappears from the cluster",
    expected: pushes ? "None" : "Retain",
    fix: set(field, pushes ? "None" : "Retain"),
  });
}
