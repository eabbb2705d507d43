/** Rule readiness-gate-label. */
import { installs } from "../../kit/network/draining";
import { valueOr } from "../../kit/reading/field";
import { type Finding, valueText, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { podsOf } from "../../kit/kubernetes/pods";
import { declareObject, fix, type Remedy, remove, set } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { certain, eachResource, suppressors, stackRule } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";

const label = "elbv2.k8s.aws/pod-readiness-gate-inject";

/** Gateway pods count as ready only when the load balancer sees them healthy. */
export const readinessGateLabel = stackRule({
  id: "readiness-gate-label",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A target-group binding whose pods get no readiness gate: by their namespace, by targets that are nodes, or by a controller that injects none.",
  prevents: "A roll replaces every pod before the load balancer has registered one of the new: no healthy target.",
  source: "AWS Load Balancer Controller, pod readiness gate (targets of type ip alone have one)",
  settings: {},
  examples: {
    bad: "kind: Namespace\nmetadata: { name: istio-ingress }",
    good: `metadata: { name: istio-ingress, labels: { ${label}: enabled } }`,
  },
  *check(stack) {
    yield* suppressors(stack.of(types.namespace), objectName);
    yield* eachResource(stack.of(types.targetGroupBinding), (binding) => check(stack, binding));
    yield* certain(eachResource(stack.of(types.helmRelease, types.helmChart), checkRelease));
    yield* certain(eachResource(stack.of(types.deployment), checkController));
  },
});

function* check(stack: Stack, binding: Resource): Iterable<Finding> {
  const type = binding.at("spec", "targetType");
  if (type.text() === "instance") {
    // Nodes are registered and not pods: the label would change nothing.
    const [got, expected] = ['"instance"', '"ip", as the target group must be too'];
    yield violation(binding, { at: type.path, got, expected, fix: set(type, "ip"), alone: true });
    return;
  }
  const namespace = findNamespace(stack, binding);
  if (namespace === undefined) {
    const at = binding.at("metadata", "namespace").path;
    yield violation(binding, {
      at,
      got: "a namespace that this stack does not declare",
      expected: "one with the label",
      fix: fix`${labeled(namespaceOf(binding))} before the first pod exists`,
    });
    return;
  }
  const field = namespace.at("metadata", "labels", label);
  const value = field.text();
  if (value === "enabled") return;
  yield violation(namespace, {
    at: field.path,
    got: valueText(value),
    expected: '"enabled"',
    fix: set(field, "enabled"),
  });
}

/** The namespace with the label, and with the level of its pods. */
function labeled(name: string): Remedy {
  const labels = { [label]: "enabled", "pod-security.kubernetes.io/enforce": "restricted" };
  return declareObject("v1", "Namespace", { metadata: { name, labels } });
}

/** By name, or by what the binding's metadata was made from when a preview hides the name. */
function findNamespace(stack: Stack, binding: Resource): Resource | undefined {
  const linked = stack.linked(binding, "metadata").find((resource) => resource.is(types.namespace));
  if (linked !== undefined) return linked;
  const name = namespaceOf(binding);
  return stack.of(types.namespace).find((namespace) => valueOr(() => objectName(namespace) === name, false));
}

/** The controller's chart with the injection switched off. */
function* checkRelease(release: Resource): Iterable<Finding> {
  // Of most releases a preview shows nothing, whatever chart they install: the update shows it.
  if (release.props.isUnknown() || !installs(release, "aws-load-balancer-controller")) return;
  const field = release.at("values", "enablePodReadinessGateInject");
  if (field.flag() !== false) return;
  yield violation(release, { at: field.path, got: "false", expected: "true", fix: remove(field) });
}

const flag = /^--enable-pod-readiness-gate-inject=(false|f|F|0|FALSE|False)$/;

/** The controller itself, as its chart renders it. */
function* checkController(deployment: Resource): Iterable<Finding> {
  for (const { containers } of podsOf(deployment))
    for (const { field: container } of containers)
      for (const argument of ["args", "command"].flatMap((key) => container.at(key).list())) {
        if (!flag.test(argument.text()?.trim() ?? "")) continue;
        yield violation(deployment, {
          at: argument.path,
          got: "a controller that injects no readiness gate",
          expected: "one that does",
          fix: remove(argument),
        });
      }
}
