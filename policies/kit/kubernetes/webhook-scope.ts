/** Scope of a webhook: what its selectors and conditions exclude, and not only whether it has some. */
import { conditionHolds } from "./cel-condition";
import type { Field } from "../reading/field";
import { readSelector } from "./workloads";

/** Pods that a webhook may intercept; of their labels only the namespace's name is known. */
export type Subject =
  /** An application that was deployed after the webhook was written. */
  | { readonly who: "anybody" }
  /** The webhook's own pods, or the cluster's: selectors may exclude them by any label. */
  | { readonly who: "itself" | "the cluster"; readonly namespace: string };

/** A namespace that no list names. */
const unlistedNamespace = "some-application";
/** Kubernetes labels every namespace with its own name. */
const nameLabel = "kubernetes.io/metadata.name";

/** The namespace of the subject. */
function namespaceOf(subject: Subject): string {
  return subject.who === "anybody" ? unlistedNamespace : subject.namespace;
}

/** Whether requests about the subject never reach the webhook.
 * @throws UnknownRead where it depends on an unknown value. */
export function excludes(webhook: Field, subject: Subject): boolean {
  const [namespaces, objects] = [webhook.at("namespaceSelector"), webhook.at("objectSelector")];
  readSelector(namespaces);
  readSelector(objects);
  const conditions = webhook
    .at("matchConditions")
    .list()
    .map((condition) => condition.at("expression").textOrEmpty());
  return (
    requirementsOf(namespaces).some((one) => missesNamespace(one, subject)) ||
    requirementsOf(objects).some((one) => missesObject(one, subject)) ||
    conditions.some((expression) => missesCondition(expression, subject))
  );
}

/** Whether the condition excludes the subject; its own pods may have the label that the condition reads, others do not. */
function missesCondition(expression: string, subject: Subject): boolean {
  const labels = subject.who === "anybody" ? [false] : [false, true];
  return labels.some((labelled) => conditionHolds(expression, namespaceOf(subject), labelled) === false);
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

function requirementsOf(selector: Field): readonly Requirement[] {
  const labels = selector.at("matchLabels").members();
  return [
    ...labels.map(([key, value]) => ({ key, operator: "In", values: [value.textOrEmpty()] })),
    ...selector
      .at("matchExpressions")
      .list()
      .map((one) => ({
        key: one.at("key").textOrEmpty(),
        operator: one.at("operator").textOrEmpty(),
        values: one.at("values").texts(),
      })),
  ];
}

const including = ["In", "Exists"];
const excluding = ["NotIn", "DoesNotExist"];

function missesNamespace({ key, operator, values }: Requirement, subject: Subject): boolean {
  if (key !== nameLabel)
    return including.includes(operator) || (excluding.includes(operator) && subject.who !== "anybody");
  const listed = values.includes(namespaceOf(subject));
  return operator === "In" ? !listed : operator === "NotIn" ? listed : operator === "DoesNotExist";
}

/** A label that excludes pods may be the webhook's own; the cluster's pods have it only by chance. */
function missesObject({ operator }: Requirement, subject: Subject): boolean {
  return including.includes(operator) || (excluding.includes(operator) && subject.who === "itself");
}
