/** Pools that stand by may have fewer nodes than one that serves: exemptions of exactly these, while they do. */
import { clusterLimits } from "@fridayproof/components/core/limits";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { poolSize } from "../../stacks/environments/standby";
import { answers } from "../../stacks/policies/exemptions";
import type { PolicyConfig } from "./policy-settings";

/** Node groups of pools without traffic that are smaller than the minimum of a serving pool. */
export function standbyNodes(environment: EnvironmentInput): PolicyConfig {
  if (environment.standby === undefined) return {};
  const small = Object.keys(environment.pools).filter(
    (pool) => poolSize(environment, pool).min < clusterLimits.nodesAtLeast.value,
  );
  const exemptions = Object.keys(environment.slots).flatMap((color) =>
    small.map((pool) => ({
      resource: `aws:eks/nodeGroup:NodeGroup::${color}-${pool}-*`,
      reason: "the leg stands by: it serves no one",
      ...answers,
    })),
  );
  return exemptions.length === 0 ? {} : { "nodegroup-update": { exemptions } };
}
