/** Bounds of how workloads start, are scheduled and are replaced that only policy rules need. */
import { limits } from "./limit";

const checked = "2026-11-29";

/** Rows by name. */
export const workloadLimits = limits({
  memoryBurstAtMost: {
    value: 2,
    unit: "ratio",
    kind: "choice",
    source: "EKS best practices, Reliability, configure and size resource requests and limits",
    checked,
    reason: "Memory limit over request; beyond it a node that looks free kills pods that keep to their limits",
  },
});
