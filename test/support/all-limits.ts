/** Every sourced number of the platform, by the package whose code reads it and by subject. */
import { sampleLimits } from "../../apps/sample/limits/sample";
import { alertLimits } from "../../components/core/limits/alerts";
import { analysisLimits } from "../../components/core/limits/analysis";
import { applicationLimits } from "../../components/core/limits/application";
import { applicationSpecLimits } from "../../components/core/limits/application-spec";
import { clusterLimits } from "../../components/core/limits/cluster";
import { dataLimits } from "../../components/core/limits/data";
import { deliveryLimits } from "../../components/core/limits/delivery";
import { featureFlagLimits } from "../../components/core/limits/feature-flags";
import { foundationLimits } from "../../components/core/limits/foundation";
import { foundationQuotas } from "../../components/core/limits/foundation-quotas";
import type { Limit } from "../../components/core/limits/limit";
import { nameLimits } from "../../components/core/limits/names";
import { networkLimits } from "../../components/core/limits/network";
import { observabilityLimits } from "../../components/core/limits/observability";
import { resilienceLimits } from "../../components/core/limits/resilience";
import { deadMansSwitchLimits } from "../../components/core/limits/dead-mans-switch";
import { trafficLimits } from "../../components/core/limits/traffic";
import { weightLimits } from "../../components/core/limits/weights";
import { drillLimits } from "../../guard/limits/drill";
import { legLimits } from "../../guard/limits/legs";
import { lockLimits } from "../../guard/limits/lock";
import { parityLimits } from "../../guard/limits/parity";
import { reportLimits } from "../../guard/limits/report";
import { timelineLimits } from "../../guard/limits/timeline";
import { verdictLimits } from "../../guard/limits/verdict";
import { callLimits } from "../../policies/limits/calls";
import { exemptionLimits } from "../../policies/limits/exemptions";
import { manifestLimits } from "../../policies/limits/manifests";
import { drainingLimits } from "../../policies/limits/draining";
import { flagLimits } from "../../policies/limits/feature-flags";
import { identityLimits } from "../../policies/limits/identity";
import { loadBalancerLimits } from "../../policies/limits/load-balancer";
import { networkAccessLimits } from "../../policies/limits/network-access";
import { nodeLimits } from "../../policies/limits/nodes";
import { replicaLimits } from "../../policies/limits/replicas";
import { retentionLimits } from "../../policies/limits/retention";
import { stackTagLimits } from "../../policies/limits/stack-tags";
import { webhookLimits } from "../../policies/limits/webhooks";
import { probeLimits } from "../../policies/limits/probes";
import { recoveryLimits } from "../../policies/limits/recovery";
import { releaseLimits } from "../../policies/limits/releases";
import { workloadLimits } from "../../policies/limits/workloads";

type Tables = Readonly<Record<string, Readonly<Record<string, Limit>>>>;

/** Tables by folder and file; a new subject is one file in such a folder and one line here. */
export const allLimits: Readonly<Record<string, Tables>> = {
  "apps/sample/limits": { sample: sampleLimits },
  "components/core/limits": {
    alerts: alertLimits,
    analysis: analysisLimits,
    application: applicationLimits,
    "application-spec": applicationSpecLimits,
    cluster: clusterLimits,
    data: dataLimits,
    delivery: deliveryLimits,
    "feature-flags": featureFlagLimits,
    foundation: foundationLimits,
    "foundation-quotas": foundationQuotas,
    names: nameLimits,
    network: networkLimits,
    observability: observabilityLimits,
    resilience: resilienceLimits,
    "dead-mans-switch": deadMansSwitchLimits,
    traffic: trafficLimits,
    weights: weightLimits,
  },
  "guard/limits": {
    drill: drillLimits,
    legs: legLimits,
    lock: lockLimits,
    parity: parityLimits,
    report: reportLimits,
    timeline: timelineLimits,
    verdict: verdictLimits,
  },
  "policies/limits": {
    manifests: manifestLimits,
    calls: callLimits,
    exemptions: exemptionLimits,
    draining: drainingLimits,
    "feature-flags": flagLimits,
    identity: identityLimits,
    "load-balancer": loadBalancerLimits,
    "network-access": networkAccessLimits,
    nodes: nodeLimits,
    replicas: replicaLimits,
    retention: retentionLimits,
    "stack-tags": stackTagLimits,
    webhooks: webhookLimits,
    probes: probeLimits,
    recovery: recoveryLimits,
    releases: releaseLimits,
    workloads: workloadLimits,
  },
};
