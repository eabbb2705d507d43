/** Bounds of how many pods run that only policy rules need. */
import { byDefault, choice, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const replicaLimits = limits("2026-11-21", {
  replicasAtLeast: choice(2, "count", {
    source: "EKS best practices, Applications, run multiple replicas",
    reason: "Pods a service needs so that the eviction of one is no outage",
  }),
  unavailableByDefault: byDefault(25, "percent", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable",
    reason: "Pods of a Deployment that may be away during a roll when nothing is said; it is rounded down",
  }),
  controllersByDefault: byDefault(2, "count", {
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/helm/aws-load-balancer-controller/values.yaml",
    reason: "Pods of the load balancer controller when its chart's values say nothing",
    checked: "2026-11-29",
  }),
});
