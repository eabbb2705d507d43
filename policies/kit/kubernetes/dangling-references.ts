/** Findings about references to objects that are not declared. */
import { slipOf } from "@fridayproof/components/core";
import type { Field } from "../reading/field";
import { type Finding, nameOr, violation } from "../finding/finding";
import { named, type Remedy, set, together } from "../finding/remedy";
import type { Resource } from "../reading/resource";
import type { Inventory } from "./inventory";
import { manifestKind, type ResourceType } from "../reading/types";

/** A name that an object states for another one. */
export interface Reference {
  readonly type: ResourceType;
  readonly namespace: string;
  readonly name: string;
  readonly field: Field;
  /** Reported as advisory, because the object is often created elsewhere. */
  readonly advisory?: boolean;
  /** Whether the reference counts as missing as soon as the namespace is complete: the object would be declared with its workloads. */
  readonly beside?: boolean;
  /** Whether objects of the kind belong to no namespace: another declared one is enough. */
  readonly clusterWide?: boolean;
  /** A fix that declares the object, where its content follows from what is declared. */
  readonly missing?: Remedy | undefined;
  /** What is done where nothing of the kind should be declared. */
  readonly instead?: string | undefined;
  /** Names that may be meant. @default those of the declared objects of the kind */
  readonly among?: readonly string[];
  /** What else the object must have for the reference to work. */
  readonly consequences?: (name: string) => readonly Remedy[];
}

/** A violation where the inventory is complete for the kind and no object has the name. */
export function* danglingReference(inventory: Inventory, resource: Resource, reference: Reference): Iterable<Finding> {
  const { type, namespace, name, field, advisory = false, clusterWide = false } = reference;
  const complete = isComplete(inventory, reference);
  if (name === "" || !complete || inventory.has(type, namespace, name)) return;
  const kindName = manifestKind(type);
  const word = `${/^[AEIOU]/.test(kindName) ? "an" : "a"} ${kindName}`;
  yield violation(resource, {
    at: field.path,
    got: `${word} ${nameOr(name, "of a name that it cannot have")}, which is not declared`,
    expected: clusterWide ? `${word} of the cluster` : `${word} of the namespace ${nameOr(namespace, "that it names")}`,
    fix: renamed(inventory, reference) ?? added(reference, kindName),
    ...(advisory ? { advisory } : {}),
  });
}

/** Whether an object of the name would be in the inventory. */
function isComplete(inventory: Inventory, { type, namespace, beside, clusterWide }: Reference): boolean {
  if (clusterWide === true) return inventory.hasAny(type, namespace);
  return beside === true ? inventory.isComplete(namespace) : inventory.isCompleteFor(type, namespace);
}

/** The fix: declare the object, or the alternative. */
function added({ missing, instead }: Reference, kindName: string): Finding["fix"] {
  if (missing !== undefined) return missing;
  return instead ?? `correct the name, or declare the ${kindName}`;
}

/** The name that was probably meant: a similar one, or the only candidate. */
function renamed(inventory: Inventory, reference: Reference): Remedy | undefined {
  const { type, namespace, name, field, beside = false, among, consequences } = reference;
  const names = among ?? inventory.namesOf(type, namespace);
  const meant = slipOf(name, names) ?? (beside && names.length === 1 ? names[0] : undefined);
  const text = field.textOrEmpty();
  if (meant === undefined || named(meant) !== meant || !text.startsWith(name)) return undefined;
  const value = `${meant}${text.slice(name.length)}`;
  if (named(value) !== value) return undefined;
  return together([set(field, value), ...(consequences?.(meant) ?? [])]);
}
