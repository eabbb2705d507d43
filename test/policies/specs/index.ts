/** The cases of every rule. */
import type { Spec } from "../support/spec";
import { acceptedSpecs } from "./accepted";
import { accountSecuritySpecs } from "./account-security";
import { analysisSpecs } from "./analyses";
import { analysisFitsSpecs } from "./analysis-fits";
import { analysisRunsSpecs } from "./analysis-runs";
import { applicationSpecs } from "./applications";
import { availabilitySpecs } from "./availability";
import { budgetSpecs } from "./budgets";
import { canarySpecs } from "./canaries";
import { chartSpecs } from "./charts";
import { differenceSpecs } from "./differences";
import { clusterSecuritySpecs } from "./cluster-security";
import { credentialSpecs } from "./credentials";
import { dataSpecs } from "./data";
import { engineSpecs } from "./engine-options";
import { entranceSpecs } from "./entrance";
import { freezeSpecs } from "./freezes";
import { gatewayPodSpecs } from "./gateway-pods";
import { gatewayAnswerSpecs } from "./gateway-answers";
import { healSpecs } from "./heals";
import { pruneGuardSpecs } from "./prune-guard";
import { kubernetesAccessSpecs } from "./kubernetes-access";
import { iamTrustSpecs } from "./iam-trust";
import { livenessSpecs } from "./liveness";
import { namespaceSpecs } from "./namespaces";
import { keepaliveSpecs } from "./keepalive";
import { networkPolicySpecs } from "./network-policies";
import { networkSecuritySpecs } from "./network-security";
import { nodeSpecs } from "./nodes";
import { podSpecs } from "./pods-leaving";
import { placementSpecs } from "./placement";
import { updateSpecs } from "./updates";
import { probeSpecs } from "./probes";
import { rbacSpecs } from "./rbac";
import { referenceSpecs } from "./references";
import { requestSpecs } from "./requests";
import { replicaSpecs } from "./replica";
import { revisionSpecs } from "./revisions";
import { rollSpecs } from "./rolls";
import { rolloutFormSpecs } from "./rollout-forms";
import { rolloutSpecs } from "./rollouts";
import { deadlineSpecs } from "./deadlines";
import { roomSpecs } from "./room";
import { syncOrderSpecs } from "./sync-order";
import { syncSpecs } from "./syncs";
import { routeSpecs } from "./routes";
import { secondEntranceSpecs } from "./second-entrances";
import { servedSpecs } from "./served";
import { steadySpecs } from "./steady";
import { wayOutSpecs } from "./ways-out";
import { wayBackSpecs } from "./way-back";
import { waySpecs } from "./ways";
import { webhookSpecs } from "./webhooks";
import { weightSpecs } from "./weights";
import { workloadSecuritySpecs } from "./workload-security";
import { zoneSpecs } from "./zones";

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
