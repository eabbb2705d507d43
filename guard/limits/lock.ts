/** Numbers of the lock file's check. */
import { limits } from "../../components/core/limits/limit";

/** When a row of the lock file asks for somebody's eyes. */
export const lockLimits = limits({
  supportNotice: {
    value: 90,
    unit: "days",
    kind: "choice",
    source: "a new cluster generation, its trial and its shift take weeks beside other work; a quarter holds them",
    checked: "2026-11-21",
    reason: "Later, the upgrade is done in a hurry or EKS's six-fold price is paid.",
  },
  rowAge: {
    value: 120,
    unit: "days",
    kind: "choice",
    source: "Kubernetes' minors come three a year: https://kubernetes.io/releases/release/",
    checked: "2026-11-21",
    reason: "A version nobody has looked at since the last minor may miss security fixes that its owner has published.",
  },
});
