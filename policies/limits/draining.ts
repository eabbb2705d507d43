/** Bounds of how pods stop that only policy rules need. */
import { byDefault, choice, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const drainingLimits = limits("2026-11-21", {
  prestopAtLeast: choice(10, "seconds", {
    source: "istiod propagates endpoints within 10 s (pilot/pkg/bootstrap, debounce max)",
    reason: "Shortest wait before an application pod stops; shorter loses requests still routed to it",
  }),
  appDrain: choice(30, "seconds", {
    source: "EKS best practices, Applications; the longest request an application should serve",
    reason: "Time after preStop in which an application finishes its requests",
  }),
  graceByDefault: byDefault(30, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
    reason: "What Kubernetes waits before SIGKILL when nothing is said",
  }),
  gatewayDrainByDefault: byDefault(5, "seconds", {
    source: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/",
    reason: "terminationDrainDuration of Istio when nothing is said",
  }),
});
