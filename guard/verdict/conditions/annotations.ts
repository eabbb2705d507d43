/** Annotations and labels of Kubernetes objects: words, unless a controller or a selector acts by them. */
import { isMap, listAt, valueAt } from "../plans/values";
import { type Conditions, type Context, type Outcome, safe, unknown } from "./condition";

/** Domains of keys that only describe: who made the object, and what scrapes it. */
const DESCRIBES =
  /^(app\.kubernetes\.io|helm\.sh|meta\.helm\.sh|kubernetes\.io\/(description|change-cause|created-by)|kubectl\.kubernetes\.io|deployment\.kubernetes\.io|pulumi\.com|prometheus\.io|checksum|a8r\.io|backstage\.io|link\.argocd\.argoproj\.io)(\/|$)/;

/** Keys without a domain that controllers read all the same. */
const ACTS = /^(istio-injection|eks\.amazonaws\.com|control-plane|linkerd|vault)/;

function acts(key: string): boolean {
  return ACTS.test(key) || (key.includes("/") && !DESCRIBES.test(key));
}

/** Keys whose value differs, of annotations and labels alike. */
function changedKeys({ resource }: Context, place: "annotations" | "labels"): readonly string[] {
  const of = (side: "before" | "after"): Readonly<Record<string, unknown>> => {
    const values = valueAt(resource[side], `metadata.${place}`);
    return isMap(values) ? values : {};
  };
  const [old, next] = [of("before"), of("after")];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].filter((key) => old[key] !== next[key]);
}

/** Objects of the plan that select by a label. */
function selectors({ index }: Context, key: string): readonly string[] {
  const text = JSON.stringify(key);
  return index.plan.resources
    .filter(({ type, after }) => type.startsWith("kubernetes:") && after !== undefined)
    .filter(({ after }) =>
      ["spec.selector", "spec.podSelector", "spec.ingress", "spec.egress", "spec.namespaceSelector", "webhooks"].some(
        (path) => listAt(after, path).some((value) => JSON.stringify(value).includes(text)),
      ),
    )
    .map(({ address }) => address);
}

function described(context: Context): Outcome {
  const acting = [...changedKeys(context, "annotations"), ...changedKeys(context, "labels")].filter(acts);
  if (acting.length > 0) return unknown(`a controller may act by ${acting.join(", ")}: ${context.row.when}`);
  const selecting = changedKeys(context, "labels").flatMap((key) =>
    selectors(context, key).map((address) => `${address} by ${key}`),
  );
  return selecting.length > 0
    ? unknown(`something selects by it (${selecting.join(", ")}): ${context.row.when}`)
    : safe(context.row.when);
}

/** Conditions about annotations and labels. */
export const annotations: Conditions = { described };
