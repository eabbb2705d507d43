/** In which namespace an object is: its own, that of its provider, or `default`. */
import type { Resource } from "../plans/change";
import type { PlanIndex } from "../plans/plan-index";
import { isUnknown, textAt, valueAt, type Values } from "../plans/values";

/** Kubernetes puts an object there that names none. */
const DEFAULT = "default";

/** The namespace of an object with these values; undefined where it is known only after the run. */
export function namespaceOf(index: PlanIndex, { provider }: Resource, values: Values | undefined): string | undefined {
  if (isUnknown(valueAt(values, "metadata.namespace"))) return undefined;
  const own = textAt(values, "metadata.namespace");
  if (own !== undefined || provider === undefined) return own ?? DEFAULT;
  const { before, after } = index.byAddress.get(provider) ?? {};
  return textAt(after ?? before, "namespace") ?? DEFAULT;
}
