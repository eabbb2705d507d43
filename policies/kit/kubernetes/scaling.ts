/** Autoscalers of Kubernetes and of KEDA, found by the workload that they scale. */
import { type Field, MalformedRead, UnknownRead } from "../reading/field";
import { type Identity, identityKey, identityOf, namespaceOf } from "./kubernetes";
import { perStack, type Resource, type Stack } from "../reading/resource";
import { type ResourceType, types } from "../reading/types";

/** Kinds that decide how many pods a workload has. */
export const scalers: readonly ResourceType[] = [types.horizontalPodAutoscaler, types.scaledObject];

/** Fewest pods by default: one of Kubernetes' autoscaler, none of KEDA's. */
const leastByDefault: ReadonlyMap<ResourceType, number> = new Map([
  [types.horizontalPodAutoscaler, 1],
  [types.scaledObject, 0],
]);

/** The field with an autoscaler's fewest pods, and its value. */
export interface Least {
  readonly field: Field;
  readonly pods: number;
}

/** Fewest pods that an autoscaler keeps. */
export function leastOf(autoscaler: Resource): Least {
  const field = autoscaler.is(types.scaledObject) ? leastOfKeda(autoscaler) : autoscaler.at("spec", "minReplicas");
  return { field, pods: field.number() ?? leastByDefault.get(autoscaler.type) ?? 1 };
}

/** KEDA keeps the number at which it is paused, else `idleReplicaCount`, else `minReplicaCount`. */
function leastOfKeda(scaled: Resource): Field {
  const paused = scaled.at("metadata", "annotations", "autoscaling.keda.sh/paused-replicas");
  const idle = scaled.at("spec", "idleReplicaCount");
  if (paused.isSet()) return paused;
  return idle.isSet() ? idle : scaled.at("spec", "minReplicaCount");
}

/** Fewest pods while the workload serves: KEDA scales from `idleReplicaCount` to `minReplicaCount`, or to one. */
export function leastServing(autoscaler: Resource): Least {
  const least = leastOf(autoscaler);
  const idles = autoscaler.is(types.scaledObject) && least.pods === 0;
  const field = idles ? autoscaler.at("spec", "minReplicaCount") : least.field;
  return { field, pods: Math.max(1, field.number() ?? 1) };
}

/** The field with an autoscaler's most pods. */
export function mostOf(autoscaler: Resource): Field {
  return autoscaler.at("spec", autoscaler.is(types.scaledObject) ? "maxReplicaCount" : "maxReplicas");
}

/** Fewest pods that an autoscaler keeps. */
export function leastReplicas(autoscaler: Resource): number {
  return leastOf(autoscaler).pods;
}

/** The workload that an autoscaler scales: for KEDA a Deployment where no kind is named.
 * @throws UnknownRead @throws MalformedRead */
export function targetOf(autoscaler: Resource): Identity {
  const target = autoscaler.at("spec", "scaleTargetRef");
  const kind = target.at("kind").text() ?? (autoscaler.is(types.scaledObject) ? "Deployment" : "");
  return { kind, namespace: namespaceOf(autoscaler), name: target.at("name").textOrEmpty() };
}

/** Reads the target of an autoscaler and its fewest pods. */
export function readAutoscaler(autoscaler: Resource): unknown {
  return [targetOf(autoscaler), leastReplicas(autoscaler)];
}

/** Keys by which the autoscaler is found; none for a malformed one. */
function keysOf(autoscaler: Resource): readonly string[] {
  try {
    return [identityKey(targetOf(autoscaler))];
  } catch (error) {
    if (error instanceof UnknownRead) return autoscaler.links["spec"] ?? [];
    if (error instanceof MalformedRead) return [];
    throw error;
  }
}

/** The stack's autoscalers by their target; one with an unknown target by the dependencies of its spec. */
const byTarget = perStack((stack) => {
  const found = new Map<string, Resource>();
  for (const autoscaler of stack.of(...scalers)) {
    const keys = keysOf(autoscaler);
    for (const one of keys) if (!found.has(one)) found.set(one, autoscaler);
  }
  return found;
});

/** The autoscaler of the workload, if the stack has one. */
export function autoscalerOf(stack: Stack, workload: Resource): Resource | undefined {
  const own = byTarget(stack).get(identityKey(identityOf(workload)));
  return own ?? byTarget(stack).get(workload.urn);
}

/** Resources that containers request and autoscalers measure. */
const requested: readonly string[] = ["cpu", "memory"];

/** A metric of an autoscaler as a share of the pods' requests. */
export interface Counted {
  /** `cpu` or `memory`, as containers request it. */
  readonly resource: string;
  /** The one container that is measured; undefined for every container. */
  readonly container: string | undefined;
  readonly field: Field;
  /** The field with the target share. */
  readonly share: Field;
}

/** The autoscaler's metrics by utilization: CPU by default.
 * @throws UnknownRead @throws MalformedRead */
export function countedBy(autoscaler: Resource): readonly Counted[] {
  const spec = autoscaler.at("spec");
  if (autoscaler.is(types.scaledObject)) return spec.at("triggers").list().flatMap(ofTrigger);
  const metrics = spec.at("metrics");
  if (!metrics.isSet()) {
    return [
      { resource: "cpu", container: undefined, field: metrics, share: spec.at("targetCPUUtilizationPercentage") },
    ];
  }
  return metrics.list().flatMap((metric) => {
    const type = metric.at("type").text();
    const source = metric.at(type === "ContainerResource" ? "containerResource" : "resource");
    const byShare =
      source.at("target", "type").text() === "Utilization" || source.at("targetAverageUtilization").isSet();
    const resource = source.at("name").textOrEmpty();
    if (!byShare || !requested.includes(resource)) return [];
    const old = source.at("targetAverageUtilization");
    const share = old.isSet() ? old : source.at("target", "averageUtilization");
    return [{ resource, container: source.at("container").text(), field: source.at("container"), share }];
  });
}

/** A trigger of KEDA by CPU or memory becomes the autoscaler's own metric. */
function ofTrigger(trigger: Field): readonly Counted[] {
  const resource = trigger.at("type").textOrEmpty();
  const type = trigger.at("metricType").text() ?? trigger.at("metadata", "type").text() ?? "Utilization";
  if (!requested.includes(resource) || type !== "Utilization") return [];
  const field = trigger.at("metadata", "containerName");
  return [{ resource, container: field.text(), field, share: trigger.at("metadata", "value") }];
}
