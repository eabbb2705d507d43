/** Cases of the rule that a release finds a place for its pods. */
import { unknownSentinels } from "../../../policies/kit/value";
import { releaseHasRoom } from "../../../policies/zero-downtime/release-has-room";
import { autoscaler, but, deployment, rollout } from "../support/fixtures";
import { given, object, type Spec, under } from "../support/spec";

const [UNKNOWN] = unknownSentinels;
const pod = "spec.template.spec";
const named = (token: string, name: string, spec: object) =>
  object(token, name, { metadata: { name, namespace: "shop" }, spec });
const quota = (hard: object, more: object = {}) => named("core/v1:ResourceQuota", "shop", { hard, ...more });
const claim = (...accessModes: readonly string[]) => named("core/v1:PersistentVolumeClaim", "data", { accessModes });
const mounting = (one = deployment) =>
  but(one, {
    [`${pod}.volumes`]: [
      { name: "tmp", emptyDir: {} },
      { name: "data", persistentVolumeClaim: { claimName: "data" } },
    ],
  });
const apart = (topologyKey: string, more: object = {}, one = deployment) =>
  but(one, {
    [`${pod}.affinity`]: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey, labelSelector: { matchLabels: { app: "shop" } }, ...more },
        ],
      },
    },
  });
const zone = "topology.kubernetes.io/zone";
const recreate = { "spec.replicas": 1, "spec.strategy": { type: "Recreate" } };
const daemonSet = (rollingUpdate: object) => ({
  ...but(deployment, {
    "spec.replicas": undefined,
    "spec.strategy": undefined,
    "spec.updateStrategy": { rollingUpdate },
  }),
  type: "kubernetes:apps/v1:DaemonSet",
});
const keda = (spec: object) =>
  named("keda.sh/v1alpha1:ScaledObject", "shop", { scaleTargetRef: { name: "shop" }, ...spec });
const scaled = but(deployment, { "spec.replicas": undefined });

const range = (limit: object) => named("core/v1:LimitRange", "usual", { limits: [limit] });
const growing = (scaleUp: object) => but(autoscaler, { "spec.behavior": { scaleUp } });
const share = (averageUtilization: number) => ({ type: "Utilization", averageUtilization });
const counting = (metric: object) => but(autoscaler, { "spec.metrics": [metric] });
const aiming = (percent: number) => counting({ type: "Resource", resource: { name: "cpu", target: share(percent) } });
const limited = (cpu: string) => but(deployment, { [`${pod}.containers.0.resources.limits.cpu`]: cpu });
const paused = (word: string, value: string) =>
  but(keda({ minReplicaCount: 3, maxReplicaCount: 9 }), {
    "metadata.annotations": { [`autoscaling.keda.sh/${word}`]: value },
  });

/** Cases of the rule that a release finds a place for its pods. */
export const roomSpecs: readonly Spec[] = [
  {
    rule: releaseHasRoom,
    good: {
      "a quota with room for the surge": given(
        deployment,
        autoscaler,
        quota({ pods: "4", "requests.cpu": "1", "limits.memory": "1Gi", services: "1" }),
      ),
      "a quota of another namespace": given(deployment, but(quota({ pods: 3 }), { "metadata.namespace": "web" })),
      "a quota of some pods": given(
        deployment,
        quota({ pods: 3 }, { scopes: ["BestEffort"] }),
        quota({ pods: 3 }, { scopeSelector: { matchExpressions: [] } }),
      ),
      "what only an init container takes": given(
        but(deployment, {
          [`${pod}.initContainers`]: [{ name: "init", image: "a", resources: { requests: { cpu: "4" } } }],
        }),
        quota({ "requests.cpu": "1" }),
      ),
      "a limit that is higher than the request": given(
        but(deployment, { [`${pod}.containers.0.resources.limits`]: { cpu: "8", memory: "256Mi" } }),
        quota({ "requests.cpu": "1" }),
      ),
      "requests that count for no quota of limits": given(
        but(deployment, { [`${pod}.containers.0.resources`]: { requests: { cpu: "500m" } } }),
        quota({ "limits.cpu": "1" }),
      ),
      "a quota of nothing, where nothing is added": given(but(deployment, recreate), quota({ pods: 0 })),
      "a claim without access modes, which the API refuses": given(mounting(), claim()),
      "apart from pods of other versions, which its own do not match": given(
        apart(zone, { mismatchLabelKeys: ["pod-template-hash"] }),
      ),
      "apart by a label that is neither zone nor host": given(apart("example.com/rack")),
      "pods that are replaced in place": given(but(deployment, recreate), quota({ pods: 1 })),
      "a claim that many nodes mount": given(mounting(), claim("ReadWriteOnce", "ReadWriteMany")),
      "a claim of a single pod that is replaced in place": given(
        mounting(but(deployment, recreate)),
        claim("ReadWriteOnce"),
      ),
      "a claim out of sight, and another one": given(
        mounting(),
        but(claim("ReadWriteOnce"), { "metadata.namespace": "web" }),
      ),
      "two pods apart in three zones": given(but(apart(zone), { "spec.replicas": 2 })),
      "three pods apart in four zones": under({ zones: 4 }, apart(zone)),
      "apart from pods of its own version": given(apart(zone, { matchLabelKeys: ["pod-template-hash"] })),
      "apart from other pods": given(apart(zone, { labelSelector: { matchLabels: { app: "web" } } })),
      "apart, and one taken away first": given(
        but(apart(zone), { "spec.strategy.rollingUpdate": { maxUnavailable: 1, maxSurge: 0 } }),
      ),
      "a DaemonSet that replaces one at a time": given(daemonSet({}), daemonSet({ maxUnavailable: 0, maxSurge: 1 })),
      "KEDA's own maximum": given(scaled, keda({ minReplicaCount: 3 })),
      "a minute until a pod counts": given(but(deployment, { "spec.minReadySeconds": 60 })),
      "a range around what containers state": given(
        deployment,
        range({ type: "Container", max: { memory: "256Mi", cpu: 1 }, min: { cpu: "250m" } }),
        range({ type: "Pod", max: { memory: "1Mi" } }),
        but(range({ type: "Container", max: { memory: "1Mi" } }), { "metadata.namespace": "web" }),
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
      "more than all of a request, below a limit": given(limited("1"), aiming(200)),
      "a target of one container, and of none that is known": given(
        deployment,
        counting({
          type: "ContainerResource",
          containerResource: { name: "cpu", container: "shop", target: share(80) },
        }),
        counting({ type: "Pods", pods: {} }),
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
      "pods for those that run": given(deployment, quota({ pods: "3" })),
      "pods for the autoscaler's minimum": given(scaled, autoscaler, quota({ "count/pods": 3 })),
      "a quota that a preview hides": given(deployment, quota({ pods: UNKNOWN }), quota({ services: UNKNOWN })),
      "needs that a preview hides": given(
        but(deployment, { [`${pod}.containers.0.resources.requests.cpu`]: UNKNOWN }),
        but({ ...deployment, name: "web" }, { "metadata.name": "web", "spec.replicas": UNKNOWN }),
        quota({ "requests.cpu": "250m" }),
      ),
      "requests for those that run": given(deployment, quota({ "requests.cpu": "750m", memory: "768Mi" })),
      "limits for those that run": given(deployment, quota({ "limits.memory": "900Mi" })),
      "requests of a native sidecar": given(
        but(deployment, {
          [`${pod}.initContainers`]: [{ name: "tls", restartPolicy: "Always", resources: { requests: { cpu: "4" } } }],
        }),
        quota({ "requests.cpu": "1" }),
      ),
      "limits that stand for requests": given(
        but(deployment, { [`${pod}.containers.0.resources`]: { limits: { cpu: "500m" } } }),
        quota({ cpu: "1500m" }),
      ),
      "pods for two workloads, and the surge of one": given(
        deployment,
        but({ ...deployment, name: "web" }, { "metadata.name": "web", "spec.replicas": 5 }),
        quota({ pods: 9 }),
      ),
      "a canary behind a router, which runs twice": given(rollout, quota({ pods: 5 })),
      "blue and green": given(but(rollout, { "spec.strategy": { blueGreen: {} } }), quota({ pods: 5 })),
      "a canary without a router": given(
        but(rollout, { "spec.strategy.canary.trafficRouting": undefined }),
        quota({ pods: 3 }),
      ),
      "a canary whose old version shrinks": given(
        but(rollout, { "spec.strategy.canary.dynamicStableScale": true, "spec.strategy.canary.maxSurge": 2 }),
        quota({ pods: 4 }),
      ),
      "a claim that one node holds": given(mounting(), claim("ReadWriteOnce")),
      "a claim of one pod that surges": given(
        mounting(but(deployment, { "spec.replicas": 1 })),
        claim("ReadWriteOncePod"),
      ),
      "a claim of a StatefulSet's pods": given(
        { ...mounting(), type: "kubernetes:apps/v1:StatefulSet" },
        claim("ReadWriteOnce"),
      ),
      "a claim that a preview hides": given(mounting(), but(claim("ReadWriteOnce"), { "spec.accessModes": UNKNOWN })),
      "three pods apart in three zones": given(apart(zone)),
      "a rollout's pods apart by zone": given(apart(zone, {}, rollout)),
      "pods apart by host": given(apart("kubernetes.io/hostname")),
      "an autoscaler without room": given(deployment, but(autoscaler, { "spec.maxReplicas": 3 })),
      "a maximum below the minimum": given(deployment, but(autoscaler, { "spec.maxReplicas": 2 })),
      "KEDA without room": given(scaled, keda({ minReplicaCount: 3, maxReplicaCount: 3 })),
      "a deadline before a pod counts": given(but(deployment, { "spec.minReadySeconds": 600 })),
      "a deadline of its own before a pod counts": given(
        but(deployment, { "spec.minReadySeconds": 60, "spec.progressDeadlineSeconds": 60 }),
      ),
      "a DaemonSet that can replace nothing": given(daemonSet({ maxUnavailable: 0 })),
      "a DaemonSet that says so": given(daemonSet({ maxUnavailable: "0%", maxSurge: 0 })),
      "a range below a limit": given(deployment, range({ type: "Container", max: { memory: "128Mi" } })),
      "a range above a request of a cron job": given(
        object("batch/v1:CronJob", "nightly", {
          metadata: { name: "nightly", namespace: "shop" },
          spec: {
            schedule: "0 3 * * *",
            jobTemplate: {
              spec: { template: { spec: { containers: [{ name: "a", resources: { requests: { cpu: "10m" } } }] } } },
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
      "KEDA that is paused": given(scaled, paused("paused", "true")),
      "KEDA that is paused at five": given(scaled, paused("paused-replicas", "5")),
      "KEDA that is paused on its way up, and a queue's jobs": given(scaled, paused("paused-scale-out", "yes"), {
        ...paused("paused", "true"),
        type: "kubernetes:keda.sh/v1alpha1:ScaledJob",
        name: "jobs",
      }),
      "a target that no limit lets it reach": given(limited("250m"), aiming(95)),
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
  },
];
