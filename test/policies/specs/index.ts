/** The cases of every rule. */
import type { Spec } from "../support/spec";
import { acceptedSpecs } from "./zero-downtime/api-server/accepted";
import { accountSecuritySpecs } from "./security/account-security";
import { analysisSpecs } from "./zero-downtime/analysis/analyses";
import { analysisFitsSpecs } from "./zero-downtime/analysis/analysis-fits";
import { analysisRunsSpecs } from "./zero-downtime/analysis/analysis-runs";
import { applicationSpecs } from "./immutability/applications";
import { availabilitySpecs } from "./zero-downtime/replicas/availability";
import { budgetSpecs } from "./zero-downtime/replicas/budgets";
import { canarySpecs } from "./zero-downtime/rollout/canaries";
import { chartSpecs } from "./immutability/charts";
import { differenceSpecs } from "./immutability/differences";
import { clusterSecuritySpecs } from "./security/cluster-security";
import { credentialSpecs } from "./security/credentials";
import { dataSpecs } from "./zero-downtime/data/data";
import { engineSpecs } from "./immutability/engine-options";
import { entranceSpecs } from "./zero-downtime/load-balancer/entrance";
import { freezeSpecs } from "./zero-downtime/sync/freezes";
import { gatewayPodSpecs } from "./zero-downtime/gateway/gateway-pods";
import { gatewayAnswerSpecs } from "./zero-downtime/gateway/gateway-answers";
import { healSpecs } from "./immutability/heals";
import { pruneGuardSpecs } from "./zero-downtime/sync/prune-guard";
import { kubernetesAccessSpecs } from "./security/kubernetes-access";
import { iamTrustSpecs } from "./security/iam-trust";
import { livenessSpecs } from "./zero-downtime/pods/liveness";
import { namespaceSpecs } from "./security/namespaces";
import { keepaliveSpecs } from "./zero-downtime/load-balancer/keepalive";
import { networkPolicySpecs } from "./security/network-policies";
import { networkSecuritySpecs } from "./security/network-security";
import { nodeSpecs } from "./zero-downtime/nodes/nodes";
import { podSpecs } from "./zero-downtime/pods/pods-leaving";
import { placementSpecs } from "./zero-downtime/replicas/placement";
import { updateSpecs } from "./zero-downtime/rollout/updates";
import { probeSpecs } from "./zero-downtime/pods/probes";
import { rbacSpecs } from "./security/rbac";
import { referenceSpecs } from "./zero-downtime/references/references";
import { requestSpecs } from "./zero-downtime/capacity/requests";
import { replicaSpecs } from "./replica/replica";
import { revisionSpecs } from "./immutability/revisions";
import { rollSpecs } from "./zero-downtime/configuration/rolls";
import { rolloutFormSpecs } from "./zero-downtime/rollout/rollout-forms";
import { rolloutSpecs } from "./zero-downtime/rollout/rollouts";
import { deadlineSpecs } from "./zero-downtime/rollout/deadlines";
import { roomSpecs } from "./zero-downtime/capacity/release-room";
import { syncOrderSpecs } from "./zero-downtime/sync/sync-order";
import { syncSpecs } from "./immutability/syncs";
import { routeSpecs } from "./security/routes";
import { secondEntranceSpecs } from "./security/second-entrances";
import { servedSpecs } from "./zero-downtime/api-server/served";
import { steadySpecs } from "./zero-downtime/rollout/steady";
import { wayOutSpecs } from "./zero-downtime/network/nat-gateways";
import { wayBackSpecs } from "./zero-downtime/data/way-back";
import { waySpecs } from "./zero-downtime/network/network-policies";
import { webhookSpecs } from "./zero-downtime/api-server/webhooks";
import { weightSpecs } from "./zero-downtime/load-balancer/weights";
import { workloadSecuritySpecs } from "./security/workload-security";
import { zoneSpecs } from "./zero-downtime/network/zones";

/** All specs. */
export const specs: readonly Spec[] = [
  ...budgetSpecs,
  ...availabilitySpecs,
  ...updateSpecs,
  ...placementSpecs,
  ...podSpecs,
  ...probeSpecs,
  ...livenessSpecs,
  ...keepaliveSpecs,
  ...webhookSpecs,
  ...weightSpecs,
  ...rolloutSpecs,
  ...deadlineSpecs,
  ...canarySpecs,
  ...rolloutFormSpecs,
  ...routeSpecs,
  ...analysisSpecs,
  ...analysisFitsSpecs,
  ...analysisRunsSpecs,
  ...entranceSpecs,
  ...freezeSpecs,
  ...gatewayPodSpecs,
  ...pruneGuardSpecs,
  ...zoneSpecs,
  ...wayOutSpecs,
  ...nodeSpecs,
  ...clusterSecuritySpecs,
  ...accountSecuritySpecs,
  ...networkSecuritySpecs,
  ...iamTrustSpecs,
  ...workloadSecuritySpecs,
  ...credentialSpecs,
  ...dataSpecs,
  ...namespaceSpecs,
  ...kubernetesAccessSpecs,
  ...networkPolicySpecs,
  ...waySpecs,
  ...referenceSpecs,
  ...requestSpecs,
  ...roomSpecs,
  ...servedSpecs,
  ...acceptedSpecs,
  ...rollSpecs,
  ...steadySpecs,
  ...secondEntranceSpecs,
  ...rbacSpecs,
  ...revisionSpecs,
  ...chartSpecs,
  ...applicationSpecs,
  ...differenceSpecs,
  ...gatewayAnswerSpecs,
  ...wayBackSpecs,
  ...healSpecs,
  ...syncOrderSpecs,
  ...syncSpecs,
  ...engineSpecs,
  ...replicaSpecs,
];
