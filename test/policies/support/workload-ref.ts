/** Who decides how many pods run besides the workload itself. */
import { but, deployment, rollout } from "./fixtures";
import { object } from "./spec";

/** KEDA's autoscaler of the compliant Deployment. */
export const scaled = object("keda.sh/v1alpha1:ScaledObject", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { scaleTargetRef: { name: "shop" }, minReplicaCount: 3 },
});
/** The compliant Deployment, whose pods a rollout runs. */
export const target = but(deployment, { "spec.replicas": 0 });
/** The rollout that runs them. */
export const referring = but(rollout, {
  "spec.template": undefined,
  "spec.workloadRef": { apiVersion: "apps/v1", kind: "Deployment", name: "shop", scaleDown: "onsuccess" },
});
