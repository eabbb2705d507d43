/** Cases of the rule that a release finds a place for its pods. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { releaseHasRoom } from "../../../../../policies/zero-downtime/capacity/release-has-room";
import { autoscaler, but, deployment, rollout } from "../../../support/fixtures";
import { given, object, type Spec, under } from "../../../support/spec";
import { growthCases } from "./autoscaling";

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
        named("core/v1:LimitRange", "usual", {
          limits: [
            { type: "Pod", max: { memory: "4Gi" } },
            { type: "Container", default: { cpu: "1" } },
          ],
        }),
      ),
      "a request that a range gives, or that a limit stands for": given(
        but(deployment, { [`${pod}.containers.0.resources`]: { limits: { cpu: "500m" } } }),
        quota({ "requests.cpu": "9", memory: "9Gi" }),
        named("core/v1:LimitRange", "usual", { limits: [{ type: "Container", defaultRequest: { memory: "1Gi" } }] }),
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
      ...growthCases.good,
    },
    bad: {
      "a quota of limits that a container does not state": given(deployment, quota({ "limits.cpu": "100" })),
      "a quota of requests that a container does not state, and a range of other requests": given(
        but(deployment, { [`${pod}.containers.0.resources`]: { requests: { cpu: "1" } } }),
        quota({ memory: "100Gi" }),
        named("core/v1:LimitRange", "usual", { limits: [{ type: "Container", defaultRequest: { cpu: "1" } }] }),
        but(named("core/v1:LimitRange", "other", { limits: [{ type: "Container", default: { memory: "1Gi" } }] }), {
          "metadata.namespace": "web",
        }),
      ),
      "a quota of limits beside a range that gives requests": given(
        deployment,
        quota({ "limits.cpu": "100" }),
        named("core/v1:LimitRange", "usual", { limits: [{ type: "Container", defaultRequest: { cpu: "1" } }] }),
      ),
      "a quota of limits that one of two containers does not state": given(
        but(deployment, {
          [`${pod}.containers.1`]: { name: "proxy", image: "a", resources: { limits: { cpu: "1" } } },
        }),
        quota({ "limits.cpu": "100" }),
      ),
      "a quota of limits beside a range that a preview hides": given(
        deployment,
        quota({ "limits.cpu": "100" }),
        named("core/v1:LimitRange", "usual", { limits: [{ type: "Container", default: UNKNOWN }] }),
      ),
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
      ...growthCases.bad,
    },
  },
];
