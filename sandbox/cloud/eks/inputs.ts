/** What the simulated eks package accepts of `eks:index:Cluster`, and what it refuses because our program never asks for it. */
import { UNKNOWN, hasUnknown, isObject, type PropertyMap, type Value } from "../../engine/values";
import type { CheckFailure } from "../provider";

/** Inputs that change which children exist or what they are given. Source: pulumi-eks v4.3.0 nodejs/eks/cluster/cluster.ts, createCore. */
// prettier-ignore
const SUPPORTED = new Set([
  "accessEntries", "authenticationMode", "bootstrapSelfManagedAddons", "clusterSecurityGroup", "clusterTags", "corednsAddonOptions",
  "createOidcProvider", "deletionProtection", "enabledClusterLogTypes", "encryptionConfigKeyArn", "endpointPrivateAccess",
  "endpointPublicAccess", "kubeProxyAddonOptions", "name", "privateSubnetIds", "providerCredentialOpts", "publicAccessCidrs",
  "publicSubnetIds", "skipDefaultNodeGroup", "subnetIds", "tags", "upgradePolicy", "useDefaultVpcCni", "version", "vpcId",
]);

/** Inputs that decide which children exist: unknown, they would make the plan a guess. */
const STRUCTURAL = ["accessEntries", "authenticationMode", "createOidcProvider"];

/** Settings whose other value brings children that the sandbox does not build. */
const REQUIRED: readonly { path: readonly string[]; value: Value; brings: string; orAbsent?: true }[] = [
  { path: ["authenticationMode"], value: "API", brings: "the aws-auth ConfigMap" },
  { path: ["skipDefaultNodeGroup"], value: true, brings: "a default node group" },
  { path: ["useDefaultVpcCni"], value: true, brings: "the VpcCniAddon component" },
  {
    path: ["kubeProxyAddonOptions", "enabled"],
    value: false,
    brings: "a kube-proxy add-on of the most recent version",
  },
];

/** Everything that the sandbox cannot construct, all at once. */
export function refusedInputs(inputs: PropertyMap): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const property of Object.keys(inputs).filter((key) => !SUPPORTED.has(key))) {
    failures.push({
      property,
      reason: "is not built in the sandbox's eks package; use aws resources beside the cluster",
    });
  }
  for (const property of STRUCTURAL.filter((key) => hasStructuralUnknown(inputs[key]))) {
    failures.push({ property, reason: "decides which resources exist and must be known in a preview" });
  }
  for (const { path, value, brings, orAbsent } of REQUIRED) {
    if (orAbsent === true && inputs[path[0] ?? ""] === undefined) continue;
    const got = path.reduce<Value | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), inputs);
    if (got !== value) {
      const reason = `got ${JSON.stringify(got ?? null)}, want ${JSON.stringify(value)}: otherwise pulumi-eks brings ${brings}`;
      failures.push({ property: path.join("."), reason });
    }
  }
  return [...failures, ...conflicts(inputs)];
}

function hasStructuralUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  return (
    isObject(value) &&
    Object.values(value).some((entry) => entry === UNKNOWN || (isObject(entry) && entry.accessPolicies === UNKNOWN))
  );
}

/** The refusals of pulumi-eks itself. */
function conflicts(inputs: PropertyMap): CheckFailure[] {
  const failures: CheckFailure[] = [];
  if (inputs.vpcId === undefined)
    failures.push({ property: "vpcId", reason: "is required: the sandbox has no default VPC" });
  if (inputs.subnetIds !== undefined && (inputs.publicSubnetIds ?? inputs.privateSubnetIds) !== undefined) {
    failures.push({ property: "subnetIds", reason: "excludes publicSubnetIds and privateSubnetIds" });
  }
  const known = !hasUnknown(inputs.publicAccessCidrs) && inputs.publicAccessCidrs !== undefined;
  if (known && inputs.endpointPublicAccess === false) {
    failures.push({ property: "publicAccessCidrs", reason: "can only be set when endpointPublicAccess is true" });
  }
  return failures;
}
