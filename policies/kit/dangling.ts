/** How rules speak of a name that leads nowhere. */
import type { Field } from "./field";
import { type Finding, nameOr, violation } from "./finding";
import type { Resource } from "./resource";
import type { Sight } from "./sight";
import type { Kind } from "./types";

/** A name that an object states for another one. */
export interface Reference {
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
  readonly field: Field;
  /** Blocks nothing: the object is often made elsewhere. */
  readonly advisory?: boolean;
  /** Whether workloads in sight are enough: the object would stand beside them. */
  readonly beside?: boolean;
}

/** Finds the reference to be dangling where the objects of the kind are in sight and none is called so. */
export function* dangling(sight: Sight, resource: Resource, reference: Reference): Iterable<Finding> {
  const { kind, namespace, name, field, advisory = false, beside = false } = reference;
  const inSight = beside ? sight.knows(namespace) : sight.shows(kind, namespace);
  if (name === "" || !inSight || sight.has(kind, namespace, name)) return;
  const kindName = kind.slice(kind.lastIndexOf(":") + 1);
  const word = `${/^[AEIOU]/.test(kindName) ? "an" : "a"} ${kindName}`;
  yield violation(resource, {
    at: field.path,
    got: `${word} ${nameOr(name, "of a name that it cannot have")}, which is not declared`,
    wanted: `${word} of the namespace ${nameOr(namespace, "that it names")}`,
    fix: `correct the name, or declare the ${kindName}`,
    ...(advisory ? { advisory } : {}),
  });
}
