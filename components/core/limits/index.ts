/** Every sourced number of the platform, by subject: what a test, a policy or a page lists. */
import type { Limit } from "./limit";
import { alertLimits } from "./alerts";
import { analysisLimits } from "./analysis";
import { clusterLimits } from "./cluster";
import { deliveryLimits } from "./delivery";
import { exemptionLimits } from "./exemptions";
import { foundationLimits } from "./foundation";
import { foundationQuotas } from "./foundation-quotas";
import { lockLimits } from "./lock";
import { nameLimits } from "./names";
import { networkLimits } from "./network";
import { observabilityLimits } from "./observability";
import { policyLimits } from "./policies";
import { policyBounds } from "./policy-bounds";
import { probeLimits } from "./probes";
import { releaseLimits } from "./releases";
import { resilienceLimits } from "./resilience";
import { signOfLifeLimits } from "./sign-of-life";
import { trafficLimits } from "./traffic";
import { weightLimits } from "./weights";
import { workloadLimits } from "./workloads";

export type { Limit, LimitKind, Unit } from "./limit";
export { limits } from "./limit";
export {
  alertLimits,
  analysisLimits,
  clusterLimits,
  deliveryLimits,
  exemptionLimits,
  foundationLimits,
  foundationQuotas,
  lockLimits,
  nameLimits,
  networkLimits,
  observabilityLimits,
  policyBounds,
  policyLimits,
  probeLimits,
  releaseLimits,
  resilienceLimits,
  signOfLifeLimits,
  trafficLimits,
  weightLimits,
  workloadLimits,
};

/** Each subject's table; a new subject is one file in this folder and one line here. */
export const allLimits: Readonly<Record<string, Readonly<Record<string, Limit>>>> = {
  alerts: alertLimits,
  analysis: analysisLimits,
  cluster: clusterLimits,
  delivery: deliveryLimits,
  exemptions: exemptionLimits,
  foundation: foundationLimits,
  "foundation-quotas": foundationQuotas,
  lock: lockLimits,
  names: nameLimits,
  network: networkLimits,
  observability: observabilityLimits,
  policies: policyLimits,
  "policy-bounds": policyBounds,
  probes: probeLimits,
  releases: releaseLimits,
  resilience: resilienceLimits,
  "sign-of-life": signOfLifeLimits,
  traffic: trafficLimits,
  weights: weightLimits,
  workloads: workloadLimits,
};
