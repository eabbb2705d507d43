/** All rules, in the order in which the engine lists them. */
import { appSelfHeals } from "./immutability/app-self-heals";
import { noCascadeDelete, noForceReplace } from "./immutability/applications";
import { chartPinned } from "./immutability/chart-pinned";
import { driftCheckFresh, ignoreChangesAllowlist, noDeleteFirst, protectCritical } from "./immutability/engine";
import { ecrImmutable, imageDigest } from "./immutability/images";
import { nodeVersionsPinned } from "./immutability/node-versions-pinned";
import { ignoreDifferencesNarrow } from "./immutability/ignore-differences";
import { hpaOwnsReplicas, singleOwner } from "./immutability/owners";
import { revisionPinned } from "./immutability/revision-pinned";
import type { Rule } from "./kit/rule/rule";
import { replicaCapacity, replicaDataKeys } from "./replica/capacity-and-keys";
import { replicaSelfContained } from "./replica/replica-self-contained";
import { albTls } from "./security/alb-tls";
import { accessEntries, kubernetesSupported, networkPolicyEnforced, secretsKms } from "./security/cluster";
import { controlPlaneLogs } from "./security/control-plane-logs";
import { defaultDeny } from "./security/default-deny";
import { endpointNotOpen } from "./security/endpoint-not-open";
import { flowLogs } from "./security/flow-logs";
import { iamNoWildcards } from "./security/iam-no-wildcards";
import { iamTrustAndReach } from "./security/iam-trust-and-reach";
import { projectScoped } from "./security/kubernetes-access";
import { imdsv2, nodesPrivate } from "./security/nodes";
import { podRestricted, psaEnforced } from "./security/pods";
import { routesOwnHosts } from "./security/routes-own-hosts";
import { rbacNoAdmin } from "./security/rbac";
import { kmsRotation, noPlainSecrets } from "./security/secrets";
import { sgIngressClosed } from "./security/sg-ingress-closed";
import { abortOnDeadline } from "./zero-downtime/rollout/abort-on-deadline";
import { analysisFitsRollout } from "./zero-downtime/analysis/analysis-fits-rollout";
import { analysisRuns } from "./zero-downtime/analysis/analysis-runs";
import { analysisStrength } from "./zero-downtime/analysis/analysis-strength";
import { canarySteps } from "./zero-downtime/rollout/canary-steps";
import { certificateRenewsEarly } from "./security/certificate-renews-early";
import { entranceOnly } from "./security/entrance-only";
import { minReady } from "./zero-downtime/rollout/min-ready";
import { outlierKeepsSome } from "./zero-downtime/gateway/outlier-keeps-some";
import { placementOutlivesNodes } from "./zero-downtime/nodes/placement-outlives-nodes";
import { priorityForFew } from "./zero-downtime/capacity/priority-for-few";
import { revisionsKept } from "./zero-downtime/rollout/revisions-kept";
import { scaleDownSlowly } from "./zero-downtime/replicas/scale-down-slowly";
import { apiAccepts } from "./zero-downtime/api-server/api-accepts";
import { apisServed } from "./zero-downtime/api-server/apis-served";
import { configRolls } from "./zero-downtime/configuration/config-rolls";
import { dataTier } from "./zero-downtime/data/data-tier";
import { deployFreeze } from "./zero-downtime/sync/deploy-freeze";
import { denyLeavesAWay } from "./zero-downtime/network/deny-leaves-a-way";
import { pdbAllowsDrain, pdbExactlyOne } from "./zero-downtime/replicas/disruption-budgets";
import { graceCoversDrain, prestopDelay } from "./zero-downtime/pods/draining";
import { flagLifecycle } from "./zero-downtime/configuration/flag-lifecycle";
import { gatewayAnswers } from "./zero-downtime/gateway/gateway-answers";
import { gatewayOnlyMesh } from "./zero-downtime/gateway/gateway-only-mesh";
import { keepaliveExceedsIdle } from "./zero-downtime/load-balancer/keepalive-exceeds-idle";
import { livenessPatient } from "./zero-downtime/pods/liveness-patient";
import { albDeletionProtection, tgDeregistration, tgHealthCheck } from "./zero-downtime/load-balancer/load-balancer";
import { multiAz } from "./zero-downtime/network/multi-az";
import { natPerAz } from "./zero-downtime/network/nat-per-az";
import { nodegroupKept, nodegroupUpdate } from "./zero-downtime/nodes/nodes";
import { noSelectorSwitch } from "./zero-downtime/rollout/no-selector-switch";
import { pdbEvictsUnhealthy } from "./zero-downtime/replicas/pdb-evicts-unhealthy";
import { probesDistinct, readinessProbe } from "./zero-downtime/pods/probes";
import { referencesResolve } from "./zero-downtime/references/references-resolve";
import { pruneGuard } from "./zero-downtime/sync/prune-guard";
import { readinessGateLabel } from "./zero-downtime/load-balancer/readiness-gate-label";
import { hpaMinTwo, minReplicas } from "./zero-downtime/replicas/replicas";
import { releaseHasRoom } from "./zero-downtime/capacity/release-has-room";
import { requestsStated } from "./zero-downtime/capacity/requests-stated";
import { rolloutProceeds } from "./zero-downtime/rollout/rollout-proceeds";
import { rolloutServicesKeepHash } from "./zero-downtime/rollout/rollout-services-keep-hash";
import { rolloutHasAnalysis } from "./zero-downtime/analysis/rollout-has-analysis";
import { scaledownAfterDrain } from "./zero-downtime/rollout/scaledown-after-drain";
import { surgeOnlyUpdate } from "./zero-downtime/rollout/surge-only-update";
import { syncOrder } from "./zero-downtime/sync/sync-order";
import { topologySpreadMatches } from "./zero-downtime/replicas/topology-spread-matches";
import { wayBack } from "./zero-downtime/data/way-back";
import { versionSkew } from "./zero-downtime/nodes/version-skew";
import { webhookBlastRadius } from "./zero-downtime/api-server/webhook-blast-radius";
import { weightsAfterGateway } from "./zero-downtime/load-balancer/weights-after-gateway";

export type { Rule } from "./kit/rule/rule";

/** Rules that keep traffic served while something changes. */
export const zeroDowntimeRules: readonly Rule[] = [
  pdbAllowsDrain,
  pdbExactlyOne,
  pdbEvictsUnhealthy,
  minReplicas,
  hpaMinTwo,
  surgeOnlyUpdate,
  readinessProbe,
  probesDistinct,
  livenessPatient,
  prestopDelay,
  graceCoversDrain,
  keepaliveExceedsIdle,
  albDeletionProtection,
  tgHealthCheck,
  tgDeregistration,
  weightsAfterGateway,
  readinessGateLabel,
  noSelectorSwitch,
  canarySteps,
  scaledownAfterDrain,
  abortOnDeadline,
  rolloutHasAnalysis,
  analysisStrength,
  analysisFitsRollout,
  analysisRuns,
  rolloutProceeds,
  rolloutServicesKeepHash,
  topologySpreadMatches,
  multiAz,
  nodegroupUpdate,
  nodegroupKept,
  natPerAz,
  versionSkew,
  webhookBlastRadius,
  gatewayOnlyMesh,
  gatewayAnswers,
  wayBack,
  pruneGuard,
  syncOrder,
  flagLifecycle,
  dataTier,
  denyLeavesAWay,
  referencesResolve,
  requestsStated,
  releaseHasRoom,
  apisServed,
  apiAccepts,
  configRolls,
  placementOutlivesNodes,
  priorityForFew,
  outlierKeepsSome,
  scaleDownSlowly,
  minReady,
  revisionsKept,
  deployFreeze,
];

/** Rules that keep attackers out and evidence in. */
export const securityRules: readonly Rule[] = [
  endpointNotOpen,
  controlPlaneLogs,
  secretsKms,
  imdsv2,
  flowLogs,
  iamNoWildcards,
  iamTrustAndReach,
  nodesPrivate,
  sgIngressClosed,
  albTls,
  podRestricted,
  defaultDeny,
  rbacNoAdmin,
  noPlainSecrets,
  kmsRotation,
  psaEnforced,
  accessEntries,
  networkPolicyEnforced,
  kubernetesSupported,
  projectScoped,
  routesOwnHosts,
  entranceOnly,
  certificateRenewsEarly,
];

/** Rules that keep what runs equal to what was reviewed. */
export const immutabilityRules: readonly Rule[] = [
  imageDigest,
  ecrImmutable,
  chartPinned,
  revisionPinned,
  nodeVersionsPinned,
  appSelfHeals,
  ignoreDifferencesNarrow,
  noCascadeDelete,
  noForceReplace,
  ignoreChangesAllowlist,
  protectCritical,
  noDeleteFirst,
  singleOwner,
  hpaOwnsReplicas,
  driftCheckFresh,
];

/** Rules that keep the replica independent of its primary. */
export const replicaRules: readonly Rule[] = [replicaCapacity, replicaSelfContained, replicaDataKeys];

/** Every rule. */
export const rules: readonly Rule[] = [...zeroDowntimeRules, ...securityRules, ...immutabilityRules, ...replicaRules];
