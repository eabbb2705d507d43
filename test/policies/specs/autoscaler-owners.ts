/** Cases of single-owner: several autoscalers of one workload. */
import { autoscaler, but, deployment } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, object, previewed, type Spec, UNKNOWN } from "../support/spec";

const driven = but(deployment, { "spec.replicas": undefined });
const keda = (scaleTargetRef: unknown, annotations: object = {}): Given =>
  object("keda.sh/v1alpha1:ScaledObject", "keda", {
    metadata: { name: "keda", namespace: "shop", annotations },
    spec: { scaleTargetRef, minReplicaCount: 3, triggers: [{ type: "cpu", metadata: { value: "60" } }] },
  });
const second = but({ ...autoscaler, name: "second" }, { "metadata.name": "second" });

/** Cases of single-owner: several autoscalers of one workload. */
export const autoscalerCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "an autoscaler for each workload": given(
      driven,
      autoscaler,
      keda({ name: "worker" }),
      but(second, { "metadata.namespace": "other" }),
      but(second, { "spec.scaleTargetRef.kind": "StatefulSet" }),
    ),
    "an autoscaler that KEDA takes over": given(
      driven,
      autoscaler,
      keda({ name: "shop" }, { "scaledobject.keda.sh/transfer-hpa-ownership": "true" }),
    ),
    "workloads of one name in two clusters": given(driven, { ...driven, urn: "b" }, autoscaler, second),
    "autoscalers of nobody": given(keda({}), but(autoscaler, { "spec.scaleTargetRef": { kind: "Deployment" } })),
  },
  bad: {
    "KEDA beside an autoscaler": given(driven, autoscaler, keda({ name: "shop" })),
    "two autoscalers of what stands elsewhere": given(autoscaler, second),
    "two autoscalers, and one whose target a preview hides": previewed(autoscaler, second, keda(UNKNOWN)),
    "three autoscalers, none of which KEDA is told to take over": given(
      driven,
      autoscaler,
      second,
      keda({ name: "shop" }, { "scaledobject.keda.sh/transfer-hpa-ownership": "false" }),
    ),
  },
};
