/** What the simulated eks package refuses of `eks:index:Cluster`: what our program never uses, and what pulumi-eks itself refuses. */
import { UNKNOWN, hasUnknown, isObject, type PropertyMap, type Value } from "../../property/values";
import { atOutputPath } from "../../protocol/construction";
import type { CheckFailure } from "../../protocol/provider";
import { template } from "./template";

const UNBUILT = "is not built in the sandbox's eks package; use aws resources beside the cluster";
const STRUCTURAL = "decides which resources exist and must be known in a preview";

/** Everything that the sandbox cannot construct, all at once. */
export function unsupportedInputs(inputs: PropertyMap): CheckFailure[] {
  const { supported, structural, required } = template().inputs;
  const unbuilt = Object.keys(inputs).filter((key) => !supported.includes(key));
  const unknown = structural.filter((key) => hidesChildren(inputs[key]));
  const wrong = Object.entries(required).flatMap(([property, { value, brings }]) => {
    const got = atOutputPath(inputs, property) ?? null;
    const reason = `got ${JSON.stringify(got)}, want ${JSON.stringify(value)}: otherwise pulumi-eks adds ${brings}`;
    return got === value ? [] : { property, reason };
  });
  return [
    ...unbuilt.map((property) => ({ property, reason: UNBUILT })),
    ...unknown.map((property) => ({ property, reason: STRUCTURAL })),
    ...wrong,
    ...conflicts(inputs),
  ];
}

function hidesChildren(value: Value | undefined): boolean {
  const members = isObject(value) ? Object.values(value) : [];
  const isUnknown = members.some((entry) => entry === UNKNOWN || (isObject(entry) && entry.accessPolicies === UNKNOWN));
  return value === UNKNOWN || isUnknown;
}

/** The refusals of pulumi-eks itself. */
function conflicts(inputs: PropertyMap): CheckFailure[] {
  const { vpcId, subnetIds, publicSubnetIds, privateSubnetIds, publicAccessCidrs, endpointPublicAccess } = inputs;
  const failures: CheckFailure[] = [];
  if (vpcId === undefined) failures.push({ property: "vpcId", reason: "is required: the sandbox has no default VPC" });
  if (subnetIds !== undefined && (publicSubnetIds ?? privateSubnetIds) !== undefined)
    failures.push({ property: "subnetIds", reason: "excludes publicSubnetIds and privateSubnetIds" });
  if (publicAccessCidrs !== undefined && !hasUnknown(publicAccessCidrs) && endpointPublicAccess === false)
    failures.push({ property: "publicAccessCidrs", reason: "can only be set when endpointPublicAccess is true" });
  return failures;
}
