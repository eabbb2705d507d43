/** An EKS cluster, its nodes, its add-ons and what its pods may do in AWS. */
export type { AccessLevel } from "./access";
export type { AddonChart } from "./addon-values";
export { Addons, type AddonsArgs } from "./addons";
export { Cluster, type ClusterArgs, type FirstAddonVersions } from "./cluster";
export { NodeAddons, type NodeAddonsArgs } from "./node-addons";
export { NodePool, type NodePoolArgs, POOL_LABEL } from "./node-pool";
export { DEAD_MANS_SWITCH_SECRET, ON_CALL_SECRET, PlatformSecrets, type PlatformSecretsArgs } from "./platform-secrets";
export { PodIdentity, type PodIdentityArgs } from "./pod-identity";
