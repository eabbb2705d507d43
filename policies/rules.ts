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
import type { Rule } from "./kit/rule";
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
import { abortOnDeadline } from "./zero-downtime/abort-on-deadline";
import { analysisFitsRollout } from "./zero-downtime/analysis-fits-rollout";
import { analysisRuns } from "./zero-downtime/analysis-runs";
import { analysisStrength } from "./zero-downtime/analysis-strength";
import { canarySteps } from "./zero-downtime/canary-steps";
import { certificateRenewsEarly } from "./security/certificate-renews-early";
import { entranceOnly } from "./security/entrance-only";
import { minReady } from "./zero-downtime/min-ready";
import { outlierKeepsSome } from "./zero-downtime/outlier-keeps-some";
import { placementOutlivesNodes } from "./zero-downtime/placement-outlives-nodes";
import { priorityForFew } from "./zero-downtime/priority-for-few";
import { revisionsKept } from "./zero-downtime/revisions-kept";
import { scaleDownSlowly } from "./zero-downtime/scale-down-slowly";
import { apiAccepts } from "./zero-downtime/api-accepts";
import { apisServed } from "./zero-downtime/apis-served";
import { configRolls } from "./zero-downtime/config-rolls";
import { dataTier } from "./zero-downtime/data-tier";
import { deployFreeze } from "./zero-downtime/deploy-freeze";
import { denyLeavesAWay } from "./zero-downtime/deny-leaves-a-way";
import { pdbAllowsDrain, pdbExactlyOne } from "./zero-downtime/disruption-budgets";
import { graceCoversDrain, prestopDelay } from "./zero-downtime/draining";
import { flagLifecycle } from "./zero-downtime/flag-lifecycle";
import { gatewayAnswers } from "./zero-downtime/gateway-answers";
import { gatewayOnlyMesh } from "./zero-downtime/gateway-only-mesh";
import { keepaliveExceedsIdle } from "./zero-downtime/keepalive-exceeds-idle";
import { livenessPatient } from "./zero-downtime/liveness-patient";
import { albDeletionProtection, tgDeregistration, tgHealthCheck } from "./zero-downtime/load-balancer";
import { multiAz } from "./zero-downtime/multi-az";
import { natPerAz } from "./zero-downtime/nat-per-az";
import { nodegroupKept, nodegroupUpdate } from "./zero-downtime/nodes";
import { noSelectorSwitch } from "./zero-downtime/no-selector-switch";
import { pdbEvictsUnhealthy } from "./zero-downtime/pdb-evicts-unhealthy";
import { probesDistinct, readinessProbe } from "./zero-downtime/probes";
import { referencesResolve } from "./zero-downtime/references-resolve";
import { pruneGuard } from "./zero-downtime/prune-guard";
import { readinessGateLabel } from "./zero-downtime/readiness-gate-label";
import { hpaMinTwo, minReplicas } from "./zero-downtime/replicas";
import { releaseHasRoom } from "./zero-downtime/release-has-room";
import { requestsStated } from "./zero-downtime/requests-stated";
import { rolloutProceeds } from "./zero-downtime/rollout-proceeds";
import { rolloutServicesKeepHash } from "./zero-downtime/rollout-services-keep-hash";
import { rolloutHasAnalysis } from "./zero-downtime/rollout-has-analysis";
import { scaledownAfterDrain } from "./zero-downtime/scaledown-after-drain";
import { surgeOnlyUpdate } from "./zero-downtime/surge-only-update";
import { syncOrder } from "./zero-downtime/sync-order";
import { topologySpreadMatches } from "./zero-downtime/topology-spread-matches";
import { wayBack } from "./zero-downtime/way-back";
import { versionSkew } from "./zero-downtime/version-skew";
import { webhookBlastRadius } from "./zero-downtime/webhook-blast-radius";
import { weightsAfterGateway } from "./zero-downtime/weights-after-gateway";

export type { Rule } from "./kit/rule";

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
