/** The namespace of an object: its own, that of its provider, or `default`. */
import type { Resource } from "../../plans/change";
import type { PlanIndex } from "../../plans/plan-index";
import { isUnknown, textAt, valueAt, type Values } from "../../plans/values";
import type { Context } from "../core/condition";

/** The namespace of an object without one. */
const DEFAULT = "default";

/** The namespace of an object with these values; undefined where it is known only after the run. */
export function namespaceOf(index: PlanIndex, { provider }: Resource, values: Values | undefined): string | undefined {
  if (isUnknown(valueAt(values, "metadata.namespace"))) return undefined;
  const own = textAt(values, "metadata.namespace");
  if (own !== undefined || provider === undefined) return own ?? DEFAULT;
  const { before, after } = index.byAddress.get(provider) ?? {};
  return textAt(after ?? before, "namespace") ?? DEFAULT;
}

/** The other objects of these types in the same namespace. */
export function inSameNamespace({ index, resource }: Context, type: RegExp): readonly Resource[] {
  const namespace = namespaceOf(index, resource, resource.before ?? resource.after);
  return index.plan.resources.filter(
    (other) =>
      other.address !== resource.address &&
      other.operation !== "delete" &&
      type.test(other.type) &&
      namespaceOf(index, other, other.after) === namespace,
  );
}
