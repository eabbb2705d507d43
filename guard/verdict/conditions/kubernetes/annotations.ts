/** Annotations and labels of Kubernetes objects: no effect unless a controller or a selector reads them. */
import type { PlanIndex } from "../../plans/plan-index";
import { isMap, isUnknown, listAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, type Outcome, safe, unknown } from "../core/condition";

/** Domains of keys that only describe the object. */
const DESCRIPTIVE =
  /^(app\.kubernetes\.io|helm\.sh|meta\.helm\.sh|kubernetes\.io\/(description|change-cause|created-by)|kubectl\.kubernetes\.io|deployment\.kubernetes\.io|pulumi\.com|prometheus\.io|checksum|a8r\.io|backstage\.io|link\.argocd\.argoproj\.io)(\/|$)/;

/** Keys without a domain that controllers read too. */
const ACTIVE = /^(istio-injection|eks\.amazonaws\.com|control-plane|linkerd|vault)/;

function isActive(key: string): boolean {
  return ACTIVE.test(key) || (key.includes("/") && !DESCRIPTIVE.test(key));
}

/** Keys whose value differs, of annotations and labels alike. */
function changedKeys({ resource }: Context, field: "annotations" | "labels"): readonly string[] {
  const of = (side: "before" | "after"): Readonly<Record<string, unknown>> => {
    const values = valueAt(resource[side], `metadata.${field}`);
    return isMap(values) ? values : {};
  };
  const [old, next] = [of("before"), of("after")];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].filter((key) => old[key] !== next[key]);
}

const SELECTORS = [
  "spec.selector",
  "spec.podSelector",
  "spec.ingress",
  "spec.egress",
  "spec.namespaceSelector",
  "webhooks",
] as const;

/** An object of the plan with its selectors. */
interface Selecting {
  readonly address: string;
  /** As JSON; undefined for a selector that is known only after the run. */
  readonly texts: readonly (string | undefined)[];
}

/** Collected once a plan: a chart's new version changes a label of all that it installs. */
const selecting = new WeakMap<PlanIndex, readonly Selecting[]>();

function selectingIn(index: PlanIndex): readonly Selecting[] {
  const known = selecting.get(index);
  if (known !== undefined) return known;
  const found = index.plan.resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .map(({ address, after }) => {
      const values = SELECTORS.flatMap((path) => listAt(after, path));
      return { address, texts: values.map((value) => (isUnknown(value) ? undefined : JSON.stringify(value))) };
    })
    .filter(({ texts }) => texts.length > 0);
  selecting.set(index, found);
  return found;
}

/** Objects of the plan that select by a label, or may. */
function selectors({ index }: Context, key: string): readonly string[] {
  const quoted = JSON.stringify(key);
  return selectingIn(index)
    .filter(({ texts }) => texts.some((text) => text === undefined || text.includes(quoted)))
    .map(({ address }) => address);
}

function described(context: Context): Outcome {
  const acting = [...changedKeys(context, "annotations"), ...changedKeys(context, "labels")].filter(isActive);
  if (acting.length > 0) return unknown(`a controller may act by ${acting.join(", ")}: ${context.row.when}`);
  const selected = changedKeys(context, "labels").flatMap((key) =>
    selectors(context, key).map((address) => `${address} by ${key}`),
  );
  return selected.length > 0
    ? unknown(`something selects by it (${selected.join(", ")}): ${context.row.when}`)
    : safe(context.row.when);
}

/** Conditions about annotations and labels. */
export const annotations: Conditions = {
  described,
};
