/** Rule readiness-gate-label. */
import { legible } from "../kit/field";
import { type Finding, shown, violation } from "../kit/finding";
import { namespaceOf, objectName } from "../kit/kubernetes";
import type { Resource, Stack } from "../kit/resource";
import { eachResource, stackRule } from "../kit/rule";
import { types } from "../kit/types";

const label = "elbv2.k8s.aws/pod-readiness-gate-inject";

/** Gateway pods count as ready only when the load balancer sees them healthy. */
export const readinessGateLabel = stackRule({
  id: "readiness-gate-label",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A target-group binding in a namespace whose pods get no readiness gate.",
  prevents: "A roll replaces every pod before the load balancer has registered one of the new: no healthy target.",
  source: "AWS Load Balancer Controller, pod readiness gate",
  settings: {},
  examples: {
    bad: "kind: Namespace\nmetadata: { name: istio-ingress }",
    good: `metadata: { name: istio-ingress, labels: { ${label}: enabled } }`,
  },
  check: (stack) => eachResource(stack.of(types.targetGroupBinding), (binding) => judge(stack, binding)),
});

function* judge(stack: Stack, binding: Resource): Iterable<Finding> {
  const fix = `label the namespace ${label}: enabled before the first pod exists`;
  const namespace = findNamespace(stack, binding);
  if (namespace === undefined) {
    const at = binding.at("metadata", "namespace").path;
    yield violation(binding, {
      at,
      got: "a namespace that this stack does not declare",
      wanted: "one with the label",
      fix,
    });
    return;
  }
  const field = namespace.at("metadata", "labels", label);
  const value = field.text();
  if (value === "enabled") return;
  yield violation(namespace, { at: field.path, got: shown(value), wanted: '"enabled"', fix });
}

/** By name, or by what the binding's metadata was made from when a preview hides the name. */
function findNamespace(stack: Stack, binding: Resource): Resource | undefined {
  const linked = stack.linked(binding, "metadata").find((resource) => resource.is(types.namespace));
  if (linked !== undefined) return linked;
  const name = namespaceOf(binding);
  return stack.of(types.namespace).find((namespace) => legible(() => objectName(namespace) === name, false));
}
