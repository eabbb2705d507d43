/** Cases of single-owner: several autoscalers of one workload. */
import { autoscaler, but, deployment } from "../../support/fixtures";
import type { Given } from "../../support/rule";
import { given, object, previewed, type Spec, UNKNOWN } from "../../support/spec";

const driven = but(deployment, { "spec.replicas": undefined });
const keda = (scaleTargetRef: unknown, annotations: object = {}): Given =>
  object("keda.sh/v1alpha1:ScaledObject", "keda", {
    metadata: { name: "keda", namespace: "shop", annotations },
    spec: { scaleTargetRef, minReplicaCount: 3, triggers: [{ type: "cpu", metadata: { value: "60" } }] },
  });
const counting = (...triggers: readonly string[]): Given =>
  but(keda({ name: "shop" }), { "spec.triggers": triggers.map((type) => ({ type, metadata: { value: "60" } })) });
const vertical = object("autoscaling.k8s.io/v1:VerticalPodAutoscaler", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { targetRef: { kind: "Deployment", name: "shop" } },
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
    "one autoscaler whose target a preview hides": previewed(but(autoscaler, { "spec.scaleTargetRef": UNKNOWN })),
    "a vertical autoscaler beside one that counts what no pod requests": given(
      driven,
      but(autoscaler, {
        "spec.metrics": [
          { type: "External", external: {} },
          { type: "Object", object: {} },
        ],
      }),
      vertical,
    ),
    "a vertical autoscaler beside KEDA's queue": given(driven, counting("aws-sqs-queue", "cron"), vertical),
    "a vertical autoscaler of another workload, and one that only advises": given(
      driven,
      autoscaler,
      but(vertical, { "spec.targetRef.name": "api" }),
      but(vertical, { "spec.updatePolicy": { updateMode: "Off" } }),
    ),
    "autoscalers of nobody": given(keda({}), but(autoscaler, { "spec.scaleTargetRef": { kind: "Deployment" } })),
  },
  bad: {
    "KEDA beside an autoscaler": given(driven, autoscaler, keda({ name: "shop" })),
    "a vertical autoscaler beside CPU among others": given(
      driven,
      but(autoscaler, { "spec.metrics": [{ type: "External" }, { type: "ContainerResource" }] }),
      vertical,
    ),
    "a vertical autoscaler beside KEDA's memory among others": given(driven, counting("cron", "memory"), vertical),
    "a vertical autoscaler beside KEDA's CPU": given(driven, counting("cpu"), vertical),
    "two autoscalers, one with annotations that are none": given(
      autoscaler,
      but(second, { "metadata.annotations": "none" }),
    ),
    "two autoscalers of one of two workloads that a preview hides": previewed(
      but(driven, { "metadata.name": UNKNOWN }),
      { ...but(driven, { "metadata.name": UNKNOWN }), name: "other" },
      autoscaler,
      second,
    ),
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
