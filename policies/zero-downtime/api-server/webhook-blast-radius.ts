/** Rule webhook-blast-radius. */
import { webhookLimits } from "../../limits/webhooks";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, resourceRule } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { excludes, type Subject } from "../../kit/kubernetes/webhook-scope";

/** A dead webhook does not stop the cluster. */
export const webhookBlastRadius = resourceRule({
  id: "webhook-blast-radius",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "An admission webhook that fails closed for every pod, for its own or the cluster's pods, for evictions or leases, or that may hang for half a minute.",
  prevents: "When the webhook's own pods are down, no pod can start, the webhook's own included, and no node drains.",
  source: "EKS best practices, Control plane, admission webhooks; Kubernetes, admission webhook good practices",
  settings: { below: quantity(webhookLimits.webhookTimeoutBelow, "higher", { minimum: 1, maximum: 30 }) },
  resourceTypes: [types.validatingWebhook, types.mutatingWebhook],
  limits:
    "What a condition in CEL leaves out is read where it compares the namespace, or the user with a service account; any other condition counts as leaving nothing out.",
  examples: {
    bad: 'rules: [{ apiGroups: ["*"], resources: ["*"], … }], failurePolicy: Fail',
    good: "failurePolicy: Fail, objectSelector: { matchLabels: { istio: ingress } }, timeoutSeconds: 5",
  },
  check: (configuration, { below }) =>
    eachPart(configuration, configuration.at("webhooks").list(), (webhook) => check(configuration, webhook, below)),
});

/** Seconds in which a webhook answers, or is left out. */
const prompt = 5;

function* check(configuration: Resource, webhook: Field, below: number): Iterable<Finding> {
  const timeout = webhook.at("timeoutSeconds");
  const seconds = timeout.number() ?? webhookLimits.webhookTimeoutByDefault.value;
  if (seconds >= below) {
    yield violation(configuration, {
      at: timeout.path,
      got: `${seconds} s`,
      expected: `less than ${below} s`,
      fix: set(timeout, prompt),
    });
  }
  const policy = webhook.at("failurePolicy");
  // Unset means Fail in v1.
  if ((policy.text() ?? "Fail") !== "Fail") return;
  const hit = hazardOf(webhook);
  if (hit === undefined) return;
  yield violation(configuration, {
    at: policy.path,
    got: `${policy.isSet() ? "Fail" : "nothing, which means Fail,"} for ${hit}`,
    expected: "Ignore, or a selector that leaves other pods alone",
    fix: set(policy, "Ignore"),
  });
}

/** Whom a dead webhook would stop, worst first. */
function hazardOf(webhook: Field): string | undefined {
  const rules = webhook.at("rules").list();
  const caught = (request: Request): boolean => rules.some((rule) => catchesRequest(rule, request));
  const namespace = webhook.at("clientConfig", "service", "namespace").text();
  const reaches = (subject: Subject): boolean => !excludes(webhook, subject);
  if (caught(creation)) {
    const itself = namespace === undefined || reaches({ who: "itself", namespace });
    const cluster = reaches({ who: "the cluster", namespace: "kube-system" });
    const anybody = reaches({ who: "anybody" });
    if (anybody && itself && cluster) return "every pod";
    if (namespace !== undefined && itself) return "the pods of its own namespace";
    if (cluster) return "the pods of kube-system";
  }
  const other = others.find(({ request, subject }) => caught(request) && reaches(subject));
  return other?.effect;
}

const creation = { group: "", resource: "pods", operation: "CREATE" } as const;
/** Requests without which a cluster does not work, besides the creation of pods. */
const others: readonly { readonly effect: string; readonly request: Request; readonly subject: Subject }[] = [
  {
    effect: "evictions: no node drains",
    request: { group: "", resource: "pods/eviction", operation: "CREATE" },
    subject: { who: "anybody" },
  },
  {
    effect: "bindings: no pod is scheduled",
    request: { group: "", resource: "pods/binding", operation: "CREATE" },
    subject: { who: "anybody" },
  },
  {
    effect: "leases: every node looks dead",
    request: { group: "coordination.k8s.io", resource: "leases", operation: "UPDATE" },
    subject: { who: "the cluster", namespace: "kube-node-lease" },
  },
];

interface Request {
  readonly group: string;
  readonly resource: string;
  readonly operation: string;
}

/** Whether a rule catches the request. Source: Kubernetes, RuleWithOperations (absent scope means any). */
function catchesRequest(rule: Field, { group, resource, operation }: Request): boolean {
  const [groups, resources, operations] = ["apiGroups", "resources", "operations"].map((key) => rule.at(key).texts());
  const scope = rule.at("scope").text() ?? "*";
  const [name = "", part] = resource.split("/");
  const means = (pattern: string): boolean => {
    const [left, right] = pattern.split("/");
    if (pattern === "*/*") return true;
    // A star alone means everything but subresources.
    if (part === undefined) return right === undefined && (left === "*" || left === name);
    return (left === "*" || left === name) && (right === "*" || right === part);
  };
  return (
    (groups ?? []).some((one) => one === "*" || one === group) &&
    (resources ?? []).some(means) &&
    // A configuration without operations is refused by the API server: it may mean any.
    ((operations ?? []).length === 0 || (operations ?? []).some((one) => one === "*" || one === operation)) &&
    (scope === "*" || scope === "Namespaced")
  );
}
