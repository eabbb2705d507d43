/** Cases of release-has-room: ranges of a namespace, and autoscalers that grow in time. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { autoscaler, but, deployment } from "../../../support/fixtures";
import { given, object, type Spec } from "../../../support/spec";

const [UNKNOWN] = unknownSentinels;
const pod = "spec.template.spec";
const named = (token: string, name: string, spec: object) =>
  object(token, name, { metadata: { name, namespace: "shop" }, spec });
const keda = (spec: object) =>
  named("keda.sh/v1alpha1:ScaledObject", "shop", { scaleTargetRef: { name: "shop" }, ...spec });
const scaled = but(deployment, { "spec.replicas": undefined });
const range = (limit: object) => named("core/v1:LimitRange", "usual", { limits: [limit] });
const growing = (scaleUp: object) => but(autoscaler, { "spec.behavior": { scaleUp } });
const share = (averageUtilization: number) => ({ type: "Utilization", averageUtilization });
const counting = (metric: object) => but(autoscaler, { "spec.metrics": [metric] });
const aiming = (percent: number) => counting({ type: "Resource", resource: { name: "cpu", target: share(percent) } });
const limited = (cpu: string) => but(deployment, { [`${pod}.containers.0.resources.limits.cpu`]: cpu });
const beside = { name: "proxy", image: "proxy", resources: { requests: { cpu: "100m" }, limits: { cpu: "1" } } };
const paused = (word: string, value: string) =>
  but(keda({ minReplicaCount: 3, maxReplicaCount: 9 }), {
    "metadata.annotations": { [`autoscaling.keda.sh/${word}`]: value },
  });

/** Cases of release-has-room: ranges of a namespace, and autoscalers that grow in time. */
export const growthCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a range around what containers state": given(
      deployment,
      range({ type: "Container", max: { memory: "256Mi", cpu: 1 }, min: { cpu: "250m" } }),
      range({ type: "Pod", max: { memory: "1Mi" } }),
      but(range({ type: "Container", max: { memory: "1Mi" } }), { "metadata.namespace": "web" }),
    ),
    "a range whose limit is as high as the requests, or for what states its own": given(
      deployment,
      range({ type: "Container", default: { cpu: "250m", memory: "64Mi" } }),
    ),
    "an autoscaler that doubles in ten minutes": given(
      growing({ policies: [{ type: "Pods", value: 1, periodSeconds: 200 }] }),
      growing({ policies: [{ type: "Percent", value: 10, periodSeconds: 60 }] }),
      growing({ stabilizationWindowSeconds: 600 }),
    ),
    "the faster of two policies": given(
      growing({
        policies: [
          { type: "Pods", value: 1, periodSeconds: 1800 },
          { type: "Percent", value: 100, periodSeconds: 15 },
        ],
      }),
    ),
    "a target that limits leave room for": given(limited("500m"), aiming(90)),
    "three pods in ten minutes, and as many by their share": given(
      growing({ policies: [{ type: "Pods", value: 3, periodSeconds: 600 }] }),
      growing({ policies: [{ type: "Percent", value: 100, periodSeconds: 600 }] }),
    ),
    "a target of what nobody requests": given(
      but(deployment, { [`${pod}.containers.0.resources.requests.cpu`]: undefined }),
      aiming(100),
    ),
    "a target of memory without a limit": given(
      but(deployment, { [`${pod}.containers.0.resources.limits`]: undefined }),
      counting({ type: "Resource", resource: { name: "memory", target: share(95) } }),
    ),
    "a target that is no number, which is said elsewhere": given(
      deployment,
      counting({
        type: "Resource",
        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: "most" } },
      }),
    ),
    "a target that a native sidecar leaves room for": given(
      but(limited("250m"), { [`${pod}.initContainers`]: [{ ...beside, restartPolicy: "Always" }] }),
      aiming(95),
    ),
    "more than all of a request, below a limit": given(limited("1"), aiming(200)),
    "a target of one container, and of none that is known": given(
      deployment,
      counting({
        type: "ContainerResource",
        containerResource: { name: "cpu", container: "shop", target: share(80) },
      }),
      counting({ type: "Pods", pods: {} }),
    ),
    "KEDA whose idle number is below its minimum": given(
      scaled,
      keda({ idleReplicaCount: 2, minReplicaCount: 3, maxReplicaCount: 9 }),
    ),
    "KEDA, which goes on, and pauses on its way down": given(
      scaled,
      but(keda({ minReplicaCount: 3, maxReplicaCount: 9 }), {
        "metadata.annotations": {
          "autoscaling.keda.sh/paused": "false",
          "autoscaling.keda.sh/paused-scale-in": "true",
        },
      }),
    ),
  },
  bad: {
    "a limit of a range below the request of a container without one": given(
      deployment,
      range({ type: "Container", default: { cpu: "100m" } }),
    ),
    "a limit of a range below the highest of several requests": given(
      deployment,
      but(
        { ...deployment, name: "big" },
        { "metadata.name": "big", [`${pod}.containers.0.resources.requests.cpu`]: "2" },
      ),
      range({ type: "Container", default: { cpu: "200m" } }),
    ),
    "a range below a limit": given(deployment, range({ type: "Container", max: { memory: "128Mi" } })),
    "a range above a request of a cron job": given(
      object("batch/v1:CronJob", "nightly", {
        metadata: { name: "nightly", namespace: "shop" },
        spec: {
          schedule: "0 3 * * *",
          jobTemplate: {
            spec: {
              template: {
                spec: {
                  containers: ["20m", "10m"].map((cpu, index) => ({
                    name: `a-${index}`,
                    resources: { requests: { cpu } },
                  })),
                },
              },
            },
          },
        },
      }),
      range({ type: "Container", min: { cpu: "50m" } }),
    ),
    "the furthest of two workloads": given(
      deployment,
      but(
        { ...deployment, name: "web" },
        { "metadata.name": "web", [`${pod}.containers.0.resources.limits.memory`]: "1Gi" },
      ),
      range({ type: "Container", max: { memory: "128Mi" } }),
    ),
    "an amount that a preview hides, beside a range": given(
      but(deployment, { [`${pod}.containers.0.resources.limits.memory`]: UNKNOWN }),
      range({ type: "Container", max: { memory: "128Mi" } }),
    ),
    "an autoscaler that never grows": given(growing({ selectPolicy: "Disabled" })),
    "an autoscaler that waits for an hour": given(growing({ stabilizationWindowSeconds: 3600 })),
    "an autoscaler that adds a pod in half an hour": given(
      growing({ policies: [{ type: "Pods", value: 1, periodSeconds: 1800 }] }),
    ),
    "the slower of two policies": given(
      growing({
        selectPolicy: "Min",
        policies: [
          { type: "Pods", value: 1, periodSeconds: 1800 },
          { type: "Percent", value: 100, periodSeconds: 15 },
        ],
      }),
    ),
    "KEDA that never grows": given(
      scaled,
      keda({
        minReplicaCount: 3,
        maxReplicaCount: 9,
        advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleUp: { selectPolicy: "Disabled" } } } },
      }),
    ),
    "KEDA whose idle number is its minimum": given(
      scaled,
      keda({ idleReplicaCount: 3, minReplicaCount: 3, maxReplicaCount: 9 }),
    ),
    "KEDA with an idle number and no minimum": given(scaled, keda({ idleReplicaCount: 0, maxReplicaCount: 9 })),
    "KEDA that is paused": given(scaled, paused("paused", "true")),
    "KEDA that is paused at five": given(scaled, paused("paused-replicas", "5")),
    "KEDA that is paused on its way up, and a queue's jobs": given(scaled, paused("paused-scale-out", "yes"), {
      ...paused("paused", "true"),
      type: "kubernetes:keda.sh/v1alpha1:ScaledJob",
      name: "jobs",
    }),
    "a target that no limit lets it reach": given(limited("250m"), aiming(95)),
    "a target that no limit of the container lets it reach, whatever runs beside it and before it": given(
      but(limited("250m"), { [`${pod}.containers.1`]: beside, [`${pod}.initContainers`]: [beside] }),
      counting({ type: "ContainerResource", containerResource: { name: "cpu", container: "shop", target: share(95) } }),
    ),
    "a target that no limit lets it reach, whatever runs before": given(
      but(limited("250m"), { [`${pod}.initContainers`]: [beside] }),
      aiming(95),
    ),
    "a target that a preview hides": given(
      deployment,
      counting({
        type: "Resource",
        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: UNKNOWN } },
      }),
    ),
    "a tenth more in five minutes, from three": given(
      growing({ policies: [{ type: "Percent", value: 10, periodSeconds: 300 }] }),
    ),
    "a target of memory that no limit lets it reach": given(
      deployment,
      counting({ type: "Resource", resource: { name: "memory", target: share(100) } }),
    ),
    "a target of all that is reserved": given(deployment, aiming(100)),
    "a target of all that is reserved, in the old words": given(
      deployment,
      but(
        { ...autoscaler, type: "kubernetes:autoscaling/v1:HorizontalPodAutoscaler" },
        { "spec.targetCPUUtilizationPercentage": 100 },
      ),
    ),
    "KEDA at all that is reserved": given(
      scaled,
      keda({ minReplicaCount: 3, maxReplicaCount: 9, triggers: [{ type: "cpu", metadata: { value: "100" } }] }),
    ),
  },
};
