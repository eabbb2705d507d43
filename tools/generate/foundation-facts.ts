/** Settings of the policies of the foundation about the failover pair. */
import type { PolicyConfig } from "./policy-settings";
import { failoverPairs } from "../../stacks/environments/pairs";
import type { EnvironmentInput } from "../../stacks/environments/schema";

/** Of the pair: keys, repositories and states of both legs are the foundation's. */
function foundationRegions(environments: readonly EnvironmentInput[]): PolicyConfig[string] {
  const pairs = failoverPairs(environments);
  const [pair] = pairs;
  if (pair === undefined) return {};
  const { region } = pair.primary;
  const inPairs = pairs.flatMap(({ primary, replica }) => [primary.name, replica.name]);
  const alone = environments.filter(({ name }) => !inPairs.includes(name));
  return {
    primaryRegion: region,
    replicaRegion: pair.replica.region,
    keys: [`state-key-${region}`],
    unreplicated: alone.map(({ name }) => `secret-${name}-*`),
  };
}

/**
 * All settings of its rules.
 * @param asOf date of today on the sandbox.
 * @param environments whose secrets and states the foundation has.
 */
export function foundationFacts(asOf: string, environments: readonly EnvironmentInput[]): PolicyConfig {
  return {
    "protect-critical": { off: false },
    "iam-no-wildcards": { unscopable: ["backup-storage:MountCapsule", "route53:CreateHealthCheck"] },
    "iam-trust-and-reach": { accounts: [], administrators: ["roles-break-glass-everything"] },
    "replica-data-keys": { ...foundationRegions(environments), asOf },
  };
}
