/** All rules, in the order in which the engine lists them. */
import { chartPinned } from "./immutability/chart-pinned";
import type { Rule } from "./kit/rule";
import { replicaSelfContained } from "./replica/replica-self-contained";
import { controlPlaneLogs } from "./security/control-plane-logs";
import { endpointNotOpen } from "./security/endpoint-not-open";
import { multiAz } from "./zero-downtime/multi-az";
import { pdbEvictsUnhealthy } from "./zero-downtime/pdb-evicts-unhealthy";

/** Rules that keep traffic served while something changes. */
export const zeroDowntimeRules: readonly Rule[] = [multiAz, pdbEvictsUnhealthy];
/** Rules that keep attackers out and evidence in. */
export const securityRules: readonly Rule[] = [controlPlaneLogs, endpointNotOpen];
/** Rules that keep what runs equal to what was reviewed. */
export const immutabilityRules: readonly Rule[] = [chartPinned];
/** Rules that keep the replica independent of its primary. */
export const replicaRules: readonly Rule[] = [replicaSelfContained];

/** Every rule. */
export const rules: readonly Rule[] = [...zeroDowntimeRules, ...securityRules, ...immutabilityRules, ...replicaRules];
