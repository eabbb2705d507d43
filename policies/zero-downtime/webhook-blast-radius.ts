/** Rule webhook-blast-radius. */
import { policyLimits } from "../../components/core/limits/policies";
import type { Field } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { quantity } from "../kit/settings";
import { types } from "../kit/types";

/** A dead webhook does not stop the cluster. */
export const webhookBlastRadius = resourceRule({
  id: "webhook-blast-radius",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "An admission webhook that fails closed for every pod, or that may hang for half a minute.",
  prevents: "When the webhook's own pods are down, no pod can start, the webhook's own included.",
  source: "EKS best practices, Control plane, admission webhooks",
  settings: { below: quantity(policyLimits.webhookTimeoutBelow, "higher", { minimum: 1, maximum: 30 }) },
  kinds: [types.validatingWebhook, types.mutatingWebhook],
  examples: {
    bad: 'rules: [{ apiGroups: ["*"], resources: ["*"], … }], failurePolicy: Fail',
    good: "failurePolicy: Fail, objectSelector: { matchLabels: { istio: ingress } }, timeoutSeconds: 5",
  },
  check: (configuration, { below }) =>
    eachPart(configuration, configuration.at("webhooks").list(), (webhook) => judge(configuration, webhook, below)),
});

function* judge(configuration: Resource, webhook: Field, below: number): Iterable<Finding> {
  const timeout = webhook.at("timeoutSeconds");
  const seconds = timeout.number() ?? policyLimits.webhookTimeoutByDefault.value;
  if (seconds >= below) {
    yield violation(configuration, {
      at: timeout.path,
      got: `${seconds} s`,
      wanted: `less than ${below} s`,
      fix: "set timeoutSeconds: 5",
    });
  }
  const policy = webhook.at("failurePolicy");
  // Unset means Fail in v1.
  if ((policy.text() ?? "Fail") !== "Fail" || narrowed(webhook) || !webhook.at("rules").list().some(catchesPods))
    return;
  yield violation(configuration, {
    at: policy.path,
    got: `${policy.isSet() ? "Fail" : "nothing, which means Fail,"} for every pod`,
    wanted: "Ignore, or a selector that leaves other pods alone",
    fix: "add an objectSelector or a namespaceSelector, or set failurePolicy: Ignore",
  });
}

/** Whether a selector leaves some pods alone: one label or one expression is enough. */
function narrowed(webhook: Field): boolean {
  return ["namespaceSelector", "objectSelector"].some((key) => {
    const selector = webhook.at(key);
    const labels = selector.at("matchLabels").members();
    const expressions = selector.at("matchExpressions").list();
    labels.forEach(([, value]) => value.text());
    expressions.forEach((expression) => [expression.at("operator").text(), expression.at("values").texts()]);
    return labels.length + expressions.length > 0;
  });
}

function catchesPods(rule: Field): boolean {
  const groups = rule.at("apiGroups").texts();
  const resources = rule.at("resources").texts();
  return (
    groups.some((group) => group === "*" || group === "") &&
    resources.some((name) => ["*", "*/*", "pods", "pods/*"].includes(name))
  );
}
