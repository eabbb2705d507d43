/** Settings of the policies of the foundation about the failover pair. */
import type { PolicyConfig } from "./policy-settings";
import { environments } from "../../stacks/environments/environments";
import { failoverPairs } from "../../stacks/environments/pairs";

/** Of the pair: keys, repositories and states of both legs are the foundation's. */
function foundationRegions(): PolicyConfig[string] {
  const [pair] = failoverPairs(environments);
  if (pair === undefined) return {};
  const { region } = pair.primary;
  const inPairs = failoverPairs(environments).flatMap(({ primary, replica }) => [primary.name, replica.name]);
  const alone = environments.filter(({ name }) => !inPairs.includes(name));
  return {
    primaryRegion: region,
    replicaRegion: pair.replica.region,
    keys: [`state-key-${region}`],
    unreplicated: alone.map(({ name }) => `secret-${name}-*`),
  };
}

/** All settings of its rules. @param asOf date of today on the sandbox. */
export function foundationFacts(asOf: string): PolicyConfig {
  return {
    "protect-critical": { off: false },
    "iam-no-wildcards": { unscopable: ["backup-storage:MountCapsule", "route53:CreateHealthCheck"] },
    "iam-trust-and-reach": { accounts: [], administrators: ["roles-break-glass-everything"] },
    "replica-data-keys": { ...foundationRegions(), asOf },
  };
}
