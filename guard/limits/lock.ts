/** Numbers of the lock file's check. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** When an entry of the lock file needs a look. */
export const lockLimits = limits("2026-11-21", {
  supportNotice: choice(90, "days", {
    source: "a new cluster generation, its trial and its shift take weeks beside other work; a quarter holds them",
    reason: "Later, the upgrade is done in a hurry or EKS's six-fold price is paid.",
  }),
  rowAge: choice(120, "days", {
    source: "Kubernetes' minors come three a year: https://kubernetes.io/releases/release/",
    reason: "A version nobody has looked at since the last minor may miss security fixes that its owner has published.",
  }),
});
