/** NetworkPolicies. */
import { canonical } from "../../plans/difference";
import { isAbsent, listAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, downtime, type Outcome, safe, unknown } from "../core/condition";
import { setChange } from "../core/lists";
import { named } from "../core/related";
import { inSameNamespace } from "./namespaces";

const POLICY = /^kubernetes:networking\.k8s\.io\/[^:]+:NetworkPolicy$/;

/** Pods that a policy selects: no terms select all pods, which Terraform writes as an empty block. */
function podsOf(values: Values | undefined): string {
  const terms = ["matchLabels", "matchExpressions"].map((name) => valueAt(values, `spec.podSelector.${name}`));
  return canonical(terms.map((term) => (isAbsent(term) ? null : term)));
}

const ALL_PODS = podsOf({});

/** A deleted NetworkPolicy: pods that another one selects stay isolated but for what that allows. */
function isolationGoes(context: Context): Outcome {
  const { resource, row } = context;
  const own = podsOf(resource.before);
  const others = inSameNamespace(context, POLICY).filter(({ after }) => [own, ALL_PODS].includes(podsOf(after)));
  const allows = ["ingress", "egress"].some((side) => listAt(resource.before, `spec.${side}`).length > 0);
  if (isAbsent(valueAt(resource.before, "spec"))) return unknown(row.when);
  if (!allows) return safe("it allowed nothing: without it the pods are as open as before, or more");
  if (others.length > 0) return downtime(`${named(others)} still isolates these pods: ${row.when}`);
  return unknown(row.when);
}

/** Conditions about NetworkPolicies. */
export const networkPolicies: Conditions = {
  policyOnlyAdds: ({ resource, path, row }) => {
    const side = `spec.${path?.segments[1] ?? "ingress"}`;
    const [before, after] = [listAt(resource.before, side), listAt(resource.after, side)];
    const change = setChange({ before, after });
    return change?.lost === 0 && change.won > 0 && before.length > 0
      ? safe("the policy only allows more")
      : unknown(row.when);
  },
  isolationGoes,
};
