/** Access entries of a cluster with their policy associations. Source: pulumi-eks v4.3.0, nodejs/eks/cluster/authenticationMode.ts. */
import { UNKNOWN, isObject, type PropertyMap, type Value } from "../../values/values";
import type { ConstructedChild } from "../provider";
import { AWS_VERSION, filled } from "./template";

const ENTRY = {
  principalArn: "$principalArn",
  kubernetesGroups: "$kubernetesGroups",
  tags: "$tags",
  type: "$type",
  userName: "$username",
  clusterName: "@eksCluster.name",
};
const POLICY = {
  accessScope: "$accessScope",
  principalArn: "$principalArn",
  policyArn: "$policyArn",
  clusterName: "@eksCluster.name",
};
const COMMON = { custom: true, version: AWS_VERSION, takes: { principalArn: ["accessEntries"] } };

/** One child for each entry, one for each of its policies. */
export function accessEntries(component: string, entries: Value | undefined): ConstructedChild[] {
  return Object.entries(isObject(entries) ? entries : {}).flatMap(([key, entry]) => {
    if (!isObject(entry)) return [];
    const name = `${component}-${key}`;
    const type = "aws:eks/accessEntry:AccessEntry";
    const inputs = filled(ENTRY, component, entry) as PropertyMap;
    return [
      { ...COMMON, type, name, inputs, dependsOn: [`${component}-eksCluster`] },
      ...policies(component, name, entry),
    ];
  });
}

function policies(
  component: string,
  parent: string,
  { accessPolicies, principalArn }: PropertyMap,
): ConstructedChild[] {
  return Object.entries(isObject(accessPolicies) ? accessPolicies : {}).map(([key, policy]) => {
    const known = isObject(policy) ? policy : { accessScope: UNKNOWN, policyArn: UNKNOWN };
    const type = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
    const inputs = filled(POLICY, component, { ...known, principalArn }) as PropertyMap;
    return { ...COMMON, type, name: `${parent}-${key}`, inputs, parent, dependsOn: [parent] };
  });
}
