/** The children that pulumi-eks v4.3.0 makes around a cluster, each as one entry of plain data. */
import { createHash } from "node:crypto";
import { UNKNOWN, hasUnknown, isObject, type PropertyMap, type Value } from "../../engine/values";
import { childOutput, objectOf, joined } from "../construction";
import type { ConstructedChild } from "../provider";

/** Version of @pulumi/aws that pulumi-eks v4.3.0 sends. Source: its nodejs/eks/package.json. */
const AWS_VERSION = "7.25.0";

const ANYWHERE = "0.0.0.0/0";
const ALL_TRAFFIC = { fromPort: 0, toPort: 0, protocol: "-1" };

/** A custom child; members that are undefined are left out, as the SDK does. */
export function child(
  type: string,
  name: string,
  inputs: Record<string, Value | undefined>,
  more: Partial<ConstructedChild> = {},
): ConstructedChild {
  return { type, name, custom: true, inputs: defined(inputs), version: AWS_VERSION, ...more };
}

/** The object without its undefined members. */
export function defined(inputs: Record<string, Value | undefined>): PropertyMap {
  return Object.fromEntries(Object.entries(inputs).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

/** Tags merged as pulumi-eks merges them: the later win, and one unknown map makes all unknown. */
export function mergedTags(own: Record<string, Value>, ...maps: readonly (Value | undefined)[]): Value {
  if (maps.some((map) => map === UNKNOWN || hasUnknown(map))) return UNKNOWN;
  return Object.assign({}, own, ...maps.filter(isObject)) as PropertyMap;
}

/** The control plane's subnets, in the order in which pulumi-eks lists them; one unknown makes all unknown. */
export function subnetsOf(inputs: PropertyMap): Value {
  if (inputs.subnetIds !== undefined) return inputs.subnetIds;
  const lists: Value[] = [inputs.publicSubnetIds ?? [], inputs.privateSubnetIds ?? []];
  return hasUnknown(lists) ? UNKNOWN : (lists.flat() as Value);
}

/** The component `eks:index:ServiceRole` with its role and attachments. Source: pulumi-eks nodejs/eks/servicerole.ts. */
export function serviceRole(component: string, tags: Value | undefined): ConstructedChild[] {
  const name = `${component}-eksRole`;
  const policyArn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy";
  const actions = ["sts:AssumeRole", "sts:TagSession"];
  const description = "Allows EKS to manage clusters on your behalf.";
  const service = "eks.amazonaws.com";
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Action: actions, Effect: "Allow", Principal: { Service: [service] } }],
  };
  const args = {
    service,
    description,
    managedPolicyArns: [{ id: policyArn, arn: policyArn }],
    tags,
    assumeRoleActions: actions,
  };
  const suffix = createHash("sha1").update(policyArn).digest("hex").slice(0, 8);
  return [
    { type: "eks:index:ServiceRole", name, custom: false, inputs: defined(args) },
    child(
      "aws:iam/role:Role",
      `${name}-role`,
      { description, assumeRolePolicy: JSON.stringify(policy), tags },
      { parent: name, takes: { tags: ["tags"] } },
    ),
    child(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      `${name}-${suffix}`,
      { policyArn, role: childOutput(`${name}-role`, "name") },
      { parent: name },
    ),
  ];
}

/** The cluster's own security group and its way out. */
export function clusterSecurityGroup(component: string, inputs: PropertyMap): ConstructedChild[] {
  const name = `${component}-eksClusterSecurityGroup`;
  const tags = mergedTags({ Name: name }, inputs.tags);
  const takes = { vpcId: ["vpcId"], tags: ["tags"] };
  return [
    child(
      "aws:ec2/securityGroup:SecurityGroup",
      name,
      { vpcId: inputs.vpcId, revokeRulesOnDelete: true, tags },
      { takes },
    ),
    rule(`${component}-eksClusterInternetEgressRule`, "Allow internet access.", "egress", {
      ...ALL_TRAFFIC,
      cidrBlocks: [ANYWHERE],
      securityGroupId: childOutput(name, "id"),
    }),
  ];
}

/** The nodes' security group and its five rules. Source: pulumi-eks nodejs/eks/nodes/securitygroup.ts. */
export function nodeSecurityGroup(component: string, inputs: PropertyMap, clusterGroupId: Value): ConstructedChild[] {
  const name = `${component}-nodeSecurityGroup`;
  const group = childOutput(name, "id");
  const owned: [Value, Value] = [
    joined("kubernetes.io/cluster/", childOutput(`${component}-eksCluster`, "name")),
    "owned",
  ];
  const extra = mergedTags({}, inputs.tags);
  const tags = isObject(extra) ? objectOf([["Name", name], owned, ...Object.entries(extra)]) : extra;
  const fromControlPlane = { protocol: "tcp", securityGroupId: group, sourceSecurityGroupId: clusterGroupId };
  const takes = { vpcId: ["vpcId"], tags: ["tags"] };
  const kubelets = "Allow worker Kubelets and pods to receive communication from the cluster control plane";
  const extensions =
    "Allow pods running extension API servers on port 443 to receive communication from cluster control plane";
  return [
    child(
      "aws:ec2/securityGroup:SecurityGroup",
      name,
      { vpcId: inputs.vpcId, revokeRulesOnDelete: true, tags },
      { takes },
    ),
    rule(`${component}-eksNodeIngressRule`, "Allow nodes to communicate with each other", "ingress", {
      ...ALL_TRAFFIC,
      securityGroupId: group,
      self: true,
    }),
    rule(`${component}-eksNodeClusterIngressRule`, kubelets, "ingress", {
      fromPort: 1025,
      toPort: 65535,
      ...fromControlPlane,
    }),
    rule(`${component}-eksExtApiServerClusterIngressRule`, extensions, "ingress", {
      fromPort: 443,
      toPort: 443,
      ...fromControlPlane,
    }),
    rule(`${component}-eksNodeInternetEgressRule`, "Allow internet access.", "egress", {
      ...ALL_TRAFFIC,
      cidrBlocks: [ANYWHERE],
      securityGroupId: group,
    }),
    rule(`${component}-eksClusterIngressRule`, "Allow pods to communicate with the cluster API Server", "ingress", {
      fromPort: 443,
      toPort: 443,
      protocol: "tcp",
      securityGroupId: clusterGroupId,
      sourceSecurityGroupId: group,
    }),
  ];
}

function rule(name: string, description: string, type: "ingress" | "egress", inputs: PropertyMap): ConstructedChild {
  return child("aws:ec2/securityGroupRule:SecurityGroupRule", name, { description, type, ...inputs });
}

/** Access entries with their policy associations. Source: pulumi-eks nodejs/eks/cluster/authenticationMode.ts. */
export function accessEntries(component: string, entries: Value | undefined): ConstructedChild[] {
  const cluster = `${component}-eksCluster`;
  const clusterName = childOutput(cluster, "name");
  return Object.entries(isObject(entries) ? entries : {}).flatMap(([key, entry]) => {
    if (!isObject(entry)) return [];
    const name = `${component}-${key}`;
    const { principalArn, kubernetesGroups, tags, type, username } = entry;
    const takes = { principalArn: ["accessEntries"] };
    const inputs = { principalArn, kubernetesGroups, tags, type, userName: username, clusterName };
    const policies = Object.entries(isObject(entry.accessPolicies) ? entry.accessPolicies : {}).map(
      ([association, policy]) => {
        const { accessScope, policyArn } = isObject(policy) ? policy : { accessScope: UNKNOWN, policyArn: UNKNOWN };
        const scoped = { accessScope, principalArn, policyArn, clusterName };
        return child("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", `${name}-${association}`, scoped, {
          parent: name,
          dependsOn: [name],
          takes,
        });
      },
    );
    return [child("aws:eks/accessEntry:AccessEntry", name, inputs, { dependsOn: [cluster], takes }), ...policies];
  });
}
