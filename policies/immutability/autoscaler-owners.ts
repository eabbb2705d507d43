/** One autoscaler sets the replicas of a workload, and one sets its requests. */
import { valueOr } from "../kit/reading/field";
import { type Finding, nameOr, violation } from "../kit/finding/finding";
import { identityKey, identityOf, namespaceOf } from "../kit/kubernetes/kubernetes";
import { drop, set } from "../kit/finding/remedy";
import type { Resource, Stack } from "../kit/reading/resource";
import { eachResource, reportUnreadable } from "../kit/rule/rule";
import { autoscalerOf, readAutoscaler, scalers, targetOf } from "../kit/kubernetes/scaling";
import { manifestKind, types } from "../kit/reading/types";
import { replicated, workloadsNamed } from "../kit/kubernetes/workloads";

/** Annotation with which KEDA takes over an existing HorizontalPodAutoscaler. */
const transfer = "scaledobject.keda.sh/transfer-hpa-ownership";

/**
 * Two autoscalers of one workload. KEDA creates a HorizontalPodAutoscaler for each ScaledObject, and two of those overwrite
 * each other's replicas. Two workloads with the same name are in two clusters, and so may their autoscalers be.
 */
export function* checkSecondAutoscalers(stack: Stack): Iterable<Finding> {
  if (stack.of(...scalers).length > 1) {
    yield* reportUnreadable(stack.of(...scalers), targetOf);
    yield* reportUnreadable(stack.of(...replicated), identityOf);
  }
  const firsts = new Map<string, Resource>();
  yield* eachResource(stack.of(...scalers), function* (autoscaler) {
    const target = valueOr(() => targetOf(autoscaler), undefined);
    if (target === undefined || target.name === "") return;
    const key = identityKey(target);
    const first = firsts.get(key);
    firsts.set(key, first ?? autoscaler);
    if (first === undefined || workloadsNamed(stack, target).length > 1) return;
    if ([first, autoscaler].some((one) => one.at("metadata", "annotations", transfer).text() === "true")) return;
    yield violation(autoscaler, {
      at: autoscaler.at("spec", "scaleTargetRef").path,
      got: `a workload that the ${manifestKind(first.type)} ${nameOr(first.name, "before it")} scales as well`,
      expected: "one autoscaler for each workload",
      fix: drop(autoscaler),
    });
  });
}

/** VerticalPodAutoscalers of workloads that also have a horizontal autoscaler. */
export function* checkVerticals(stack: Stack): Iterable<Finding> {
  const verticals = stack.of(types.verticalPodAutoscaler);
  if (verticals.length === 0) return;
  yield* reportUnreadable(stack.of(...scalers), readAutoscaler);
  yield* reportUnreadable(stack.of(...replicated), identityOf);
  yield* eachResource(verticals, (vertical) => checkVertical(stack, vertical));
}

/**
 * Utilization is a share of the requests. A vertical autoscaler that changes them makes the horizontal one scale
 * again, without end.
 */
function* checkVertical(stack: Stack, vertical: Resource): Iterable<Finding> {
  const mode = vertical.at("spec", "updatePolicy", "updateMode");
  if (mode.text() === "Off") return;
  const target = vertical.at("spec", "targetRef");
  const [kind, name, namespace] = [
    target.at("kind").textOrEmpty(),
    target.at("name").textOrEmpty(),
    namespaceOf(vertical),
  ];
  const [driven] = workloadsNamed(stack, { kind, namespace, name });
  const horizontal = driven === undefined ? undefined : autoscalerOf(stack, driven);
  if (horizontal === undefined || !countsRequests(horizontal)) return;
  yield violation(vertical, {
    at: mode.path,
    got: `requests that change beside the autoscaler ${horizontal.name}, which counts by them`,
    expected: "one autoscaler for CPU and memory",
    fix: set(mode, "Off"),
  });
}

/** Whether an autoscaler scales by utilization of requests. CPU utilization is the default of an HPA without metrics. */
function countsRequests(autoscaler: Resource): boolean {
  const spec = autoscaler.at("spec");
  if (autoscaler.is(types.scaledObject))
    return spec
      .at("triggers")
      .list()
      .some((trigger) => ["cpu", "memory"].includes(trigger.at("type").textOrEmpty()));
  const metrics = spec.at("metrics").list();
  return (
    metrics.length === 0 || metrics.some((metric) => /^(Container)?Resource$/.test(metric.at("type").textOrEmpty()))
  );
}
