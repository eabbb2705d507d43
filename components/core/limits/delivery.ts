/** Numbers of chart releases and Argo CD. */
import { limits } from "./limit";

const SYNC_WINDOWS = "https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/";
const checked = "2026-11-21";

/** Helm releases, sync and freezes. */
export const deliveryLimits = limits({
  releaseTimeout: {
    value: 600,
    unit: "seconds",
    kind: "choice",
    source: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/",
    checked,
    reason:
      "The default of 300 s ends a release while the first node is still joining; atomic would then take it away.",
  },
  releaseHistory: {
    value: 10,
    unit: "count",
    kind: "choice",
    source: "https://helm.sh/docs/helm/helm_upgrade/",
    checked,
    reason: "Helm keeps one Secret per revision for ever unless told; ten are enough to go back.",
  },
  namesPort: {
    value: 53,
    unit: "port",
    kind: "hard limit",
    source: "https://www.rfc-editor.org/rfc/rfc1035",
    checked: "2026-11-29",
    reason: "Where DNS is served, over UDP and TCP: with another port no pod of an application resolves a name.",
  },
  argoCdPort: {
    value: 80,
    unit: "port",
    kind: "choice",
    source: "https://github.com/argoproj/argo-helm/blob/argo-cd-10.1.1/charts/argo-cd/values.yaml",
    checked: "2026-11-29",
    reason:
      "Port of the chart's Service argocd-server (server.service.servicePortHttp); with server.insecure plain HTTP.",
  },
  syncRetries: {
    value: 5,
    unit: "count",
    kind: "choice",
    source: "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/",
    checked,
    reason: "Argo CD's own default, written down: an automated sync is not tried again on the same commit.",
  },
  syncBackoff: {
    value: 5,
    unit: "seconds",
    kind: "choice",
    source: "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/",
    checked,
    reason: "Argo CD's default of the first wait; it doubles.",
  },
  syncBackoffMax: {
    value: 180,
    unit: "seconds",
    kind: "choice",
    source: "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/",
    checked,
    reason: "Argo CD's default of the longest wait.",
  },
  syncBackoffFactor: {
    value: 2,
    unit: "count",
    kind: "choice",
    source: "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/",
    checked,
    reason: "Argo CD's default.",
  },
  applicationHistory: {
    value: 10,
    unit: "count",
    kind: "choice",
    source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/application.yaml",
    checked,
    reason: "Argo CD's default; the register of deployments is kept elsewhere.",
  },
  freezeHours: {
    value: 744,
    unit: "hours",
    kind: "choice",
    source: SYNC_WINDOWS,
    checked,
    reason: "A month: a longer freeze is a decision to stop deploying, which belongs into the environment.",
  },
  freezeReason: {
    value: 10,
    unit: "characters",
    kind: "choice",
    source: SYNC_WINDOWS,
    checked,
    reason: "Somebody will read the reason at night; a word is not one.",
  },
  freezeReasonAtMost: {
    value: 255,
    unit: "characters",
    kind: "hard limit",
    source: "https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/types.go",
    checked: "2026-11-29",
    reason: "Argo CD refuses the whole AppProject over a longer description of one sync window.",
  },
  freezeDaysAhead: {
    value: 3_650,
    unit: "days",
    kind: "choice",
    source: SYNC_WINDOWS,
    checked: "2026-11-29",
    reason:
      "How far ahead a start is held against changes of the clock; time-zone data says nothing certain beyond it.",
  },
});
