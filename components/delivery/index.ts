/** Delivery: Argo CD, Argo Rollouts with their gates, projects and synchronization windows. */
export { type GateArgument, gateArguments, gates } from "./analysis";
export { ArgoCd, type ArgoCdArgs } from "./argo-cd";
export { ArgoRollouts, type ArgoRolloutsArgs } from "./argo-rollouts";
export { beginning, weekdays, type Freeze, type FreezeCalendar, syncWindows, type SyncWindow } from "./freeze";
export { FeatureFlags, type FeatureFlagsArgs } from "./feature-flags";
export { GitOps, type GitOpsArgs } from "./git-ops";
export { PrometheusOperatorCrds, type PrometheusOperatorCrdsArgs } from "./prometheus-operator-crds";
