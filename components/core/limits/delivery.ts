/** Numbers of chart releases and Argo CD. */
import { choice, hardLimit, limits } from "./limit";

const SYNC_WINDOWS = "https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/";

/** Helm releases, sync and freezes. */
export const deliveryLimits = limits("2026-11-21", {
  releaseTimeout: choice(600, "seconds", {
    source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/",
    reason:
      "The default of 300 s ends a release while the first node is still joining; atomic would then take it away.",
  }),
  releaseHistory: choice(10, "count", {
    source: "https://helm.sh/docs/helm/helm_upgrade/",
    reason: "Helm keeps one Secret per revision for ever by default; ten are enough to go back.",
  }),
  namesPort: hardLimit(53, "port", {
    source: "https://www.rfc-editor.org/rfc/rfc1035",
    reason: "Where DNS is served, over UDP and TCP: with another port no pod of an application resolves a name.",
    checked: "2026-11-29",
  }),
  argoCdPort: choice(80, "port", {
    source: "https://github.com/argoproj/argo-helm/blob/argo-cd-10.1.1/charts/argo-cd/values.yaml",
    reason:
      "Port of the chart's Service argocd-server (server.service.servicePortHttp); with server.insecure plain HTTP.",
    checked: "2026-11-29",
  }),
  syncRetries: choice(5, "count", {
    source: "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/",
    reason: "Argo CD's own default, written down: an automated sync is not tried again on the same commit.",
  }),
  syncBackoff: choice(5, "seconds", {
    source: "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/",
    reason: "Argo CD's default of the first wait; it doubles.",
  }),
  syncBackoffMax: choice(180, "seconds", {
    source: "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/",
    reason: "Argo CD's default of the longest wait.",
  }),
  syncBackoffFactor: choice(2, "count", {
    source: "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/",
    reason: "Argo CD's default.",
  }),
  applicationHistory: choice(10, "count", {
    source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml",
    reason: "Argo CD's default; the register of deployments is kept elsewhere.",
  }),
  freezeHours: choice(744, "hours", {
    source: SYNC_WINDOWS,
    reason: "A month: a longer freeze is a decision to stop deploying, which belongs into the environment.",
  }),
  leastReason: choice(10, "characters", {
    source: SYNC_WINDOWS,
    reason: "Somebody will read the reason at night; a word is not one.",
  }),
  freezeReasonAtMost: hardLimit(255, "characters", {
    source: "https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/types.go",
    reason: "Argo CD refuses the whole AppProject over a longer description of one sync window.",
    checked: "2026-11-29",
  }),
  freezeDaysAhead: choice(3_650, "days", {
    source: SYNC_WINDOWS,
    reason: "How far ahead a start is held against changes of the clock; time-zone data is not certain beyond it.",
    checked: "2026-11-29",
  }),
});
