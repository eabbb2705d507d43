/** Cases of the rule about updates. */
import { surgeOnlyUpdate } from "../../../../../policies/zero-downtime/rollout/surge-only-update";
import { autoscaler, but, deployment, rollout } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, type Spec } from "../../../support/spec";

const daemon = object("apps/v1:DaemonSet", "agent", {
  spec: { template: { spec: { containers: [{ name: "a", image: "a" }] } } },
});
const statefulSet: Given = but(
  { ...deployment, type: "kubernetes:apps/v1:StatefulSet" },
  { "spec.strategy": undefined },
);
const replacing = (maxUnavailable: unknown, replicas: unknown = 3): Given =>
  but(statefulSet, {
    "spec.replicas": replicas,
    "spec.updateStrategy": { type: "RollingUpdate", rollingUpdate: { maxUnavailable } },
  });
const steps = "spec.strategy.canary.steps";
const scaled = (setCanaryScale: object, setWeight: number): Given =>
  but(rollout, { [steps]: [{ setCanaryScale }, { setWeight }] });
const experimenting = (template: object): Given =>
  but(rollout, { [steps]: [{ experiment: { templates: [{ name: "a", specRef: "canary", ...template }] } }] });

/** Cases of the rule about updates. */
export const updateSpecs: readonly Spec[] = [
  {
    rule: surgeOnlyUpdate,
    good: {
      "a quarter of two, which is nobody": given(but(deployment, { "spec.strategy": undefined, "spec.replicas": 2 })),
      "surges only": given(deployment),
      "a StatefulSet that replaces one, or a third": given(replacing(1), { ...replacing("30%", 10), name: "cache" }),
      "0% is 0": given(but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": "0%" })),
      "a rollout with traffic routing": given(rollout),
      "a canary whose scale is enough": given(scaled({ replicas: 1 }, 20), scaled({ weight: 50 }, 50)),
      "a canary whose scale follows the weight": given(scaled({ matchTrafficWeight: true }, 100)),
      "a fixed scale, where an autoscaler may be elsewhere": given(
        but(scaled({ replicas: 1 }, 100), { "spec.replicas": undefined }),
      ),
      "a fixed scale that is worth its weight at an autoscaler's minimum": given(
        but(scaled({ replicas: 1 }, 33), { "spec.replicas": undefined }),
        but(autoscaler, { "spec.scaleTargetRef.kind": "Rollout" }),
      ),
      "three of four before the weight moves": given(
        but(rollout, { "spec.strategy.canary.replicaProgressThreshold": { type: "Percent", value: 75 } }),
        but(rollout, { "spec.strategy.canary.replicaProgressThreshold": { type: "Pod", value: 3 } }),
      ),
      "a threshold in pods beside an autoscaler": given(
        but(rollout, {
          "spec.strategy.canary.replicaProgressThreshold": { type: "Pod", value: 1 },
          "spec.replicas": undefined,
        }),
      ),
      "an experiment with pods enough": given(
        experimenting({ weight: 20 }),
        experimenting({ weight: 50, replicas: 3 }),
        but(experimenting({ weight: 20 }), { "spec.replicas": 5 }),
      ),
      "an experiment beside an autoscaler, and of nobody": given(
        but(experimenting({ weight: 50 }), { "spec.replicas": undefined }),
        but(experimenting({ weight: 50 }), { "spec.replicas": 0 }),
      ),
      "a StatefulSet cannot surge": given(statefulSet),
      "a DaemonSet pod by pod, and a third of the nodes": given(
        daemon,
        but(daemon, { "spec.updateStrategy": { rollingUpdate: { maxUnavailable: "33%" } } }),
      ),
      "blue and green run side by side": given(
        but(rollout, { "spec.strategy": { blueGreen: { activeService: "shop" } } }),
      ),
    },
    bad: {
      Recreate: given(but(deployment, { "spec.strategy": { type: "Recreate" } })),
      "a quarter of two beside an autoscaler": given(
        but(deployment, { "spec.strategy": undefined, "spec.replicas": 2 }),
        autoscaler,
      ),
      "half of two": given(
        but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": "50%", "spec.replicas": 2 }),
      ),
      "a quarter of two, and nobody on top": given(
        but(deployment, { "spec.strategy": { rollingUpdate: { maxSurge: 0 } }, "spec.replicas": 2 }),
      ),
      unset: given(but(deployment, { "spec.strategy": undefined })),
      "one may be away": given(but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": 1 })),
      "10% may be away": given(but(deployment, { "spec.strategy.rollingUpdate.maxUnavailable": "10%" })),
      "a DaemonSet on all nodes": given(
        but(daemon, { "spec.updateStrategy": { rollingUpdate: { maxUnavailable: "100%" } } }),
      ),
      "all of a StatefulSet at once": given(replacing(3)),
      "half of six at once": given(replacing("50%", 6)),
      "two of an autoscaler's three at once": given(
        but(replacing(2), { "spec.replicas": undefined }),
        but(autoscaler, { "spec.scaleTargetRef": { kind: "StatefulSet", name: "shop" } }),
      ),
      "a DaemonSet on two nodes at once": given(
        but(daemon, { "spec.updateStrategy": { rollingUpdate: { maxUnavailable: 2 } } }),
      ),
      "nobody away and nobody on top": given(but(deployment, { "spec.strategy.rollingUpdate.maxSurge": 0 })),
      "a canary with routing that names no router": given(but(rollout, { "spec.strategy.canary.trafficRouting": {} })),
      "a canary without routing": given(but(rollout, { "spec.strategy.canary.trafficRouting": undefined })),
      "one pod for everybody": given(scaled({ replicas: 1 }, 100)),
      "half of the pods for everybody": given(scaled({ weight: 50 }, 100)),
      "no pod for some": given(but(scaled({ replicas: 0 }, 5), { "spec.replicas": undefined })),
      "a scale that is taken away under the weight": given(
        but(rollout, {
          [steps]: [{ setWeight: 50 }, { pause: { duration: "2m" } }, { setCanaryScale: { replicas: 1 } }],
        }),
      ),
      "a fixed scale beside an autoscaler, below the weight at its minimum": given(
        but(scaled({ replicas: 1 }, 50), { "spec.replicas": undefined }),
        but(autoscaler, { "spec.scaleTargetRef.kind": "Rollout" }),
      ),
      "the weight moves with one pod": given(
        but(rollout, { "spec.strategy.canary.replicaProgressThreshold": { type: "Percent", value: 1 } }),
      ),
      "the weight moves with one pod, counted": given(
        but(rollout, { "spec.strategy.canary.replicaProgressThreshold": { type: "Pod", value: 1 } }),
      ),
      "an experiment with too few pods": given(experimenting({ weight: 50 })),
      "a canary that says so": given(but(rollout, { "spec.strategy.canary": { maxUnavailable: "20%" } })),
    },
  },
];
