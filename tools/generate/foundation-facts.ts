/** What the policies of the foundation know of the failover pair. */
import type { PolicyConfig } from "./policy-settings";
import { environments } from "../../stacks/environments/environments";

/** Of the pair: keys, repositories and states of both legs are the foundation's. */
function foundationRegions(): PolicyConfig[string] {
  const replica = environments.find(({ role }) => role === "replica");
  const primary = environments.find(({ name }) => name === replica?.follows);
  if (replica === undefined || primary === undefined) return {};
  const { region } = primary;
  return { primaryRegion: region, replicaRegion: replica.region, keys: [`state-key-${region}`] };
}

/** Everything that its rules know. @param asOf the day that is today on the sandbox. */
export function foundationFacts(asOf: string): PolicyConfig {
  return {
    "protect-critical": { off: false },
    "iam-no-wildcards": { unscopable: ["backup-storage:MountCapsule", "route53:CreateHealthCheck"] },
    "iam-trust-and-reach": { accounts: [], administrators: ["roles-break-glass-everything"] },
    "replica-data-keys": { ...foundationRegions(), asOf },
  };
}
