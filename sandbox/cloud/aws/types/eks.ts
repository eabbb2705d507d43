/** EKS clusters and what lives in them on AWS's side. */
import { nameLimits } from "../../../../components/core/limits";
import { isObject, type PropertyMap, type Value } from "../../../engine/values";
import type { Making } from "../making";
import type { AwsType } from "./entry";

const API = "https://docs.aws.amazon.com/eks/latest/APIReference";
const ARN = "arn:aws:eks:{region}:{account}";
/** Version that AWS gives when none is asked for. */
const DEFAULT_VERSION = "1.35";

function block(made: Making, property: string): PropertyMap {
  const value = made.inputs[property];
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== "__defaults")) : {};
}

function vpcOf(made: Making): string {
  const [subnet = ""] = made.texts("vpcConfig.subnetIds");
  return String(made.find("aws:ec2/subnet:Subnet", subnet)?.outputs.vpcId ?? "");
}

function clusterGroup(made: Making): string {
  return `sg-${made.hash(17, "cluster")}`;
}

/** Whether whoever makes the cluster becomes its administrator. */
function makesCreatorAdmin(made: Making): boolean {
  return block(made, "accessConfig").bootstrapClusterCreatorAdminPermissions !== false;
}

function creatorEntry(made: Making): { id: string; inputs: PropertyMap } {
  const before = made.caller.account
    .all("aws:eks/accessEntry:AccessEntry")
    .find((entry) => entry.outputs.creatorOf === made.id && entry.scope === made.region);
  const principalArn = String(before?.inputs.principalArn ?? made.caller.principal);
  return { id: `${made.id}:${principalArn}`, inputs: { clusterName: made.id, principalArn, type: "STANDARD" } };
}

function companions(made: Making): ReturnType<NonNullable<AwsType["companions"]>> {
  const vpcId = vpcOf(made);
  const name = `eks-cluster-sg-${made.id}-${made.hash(9, "name")}`;
  const group = {
    type: "aws:ec2/securityGroup:SecurityGroup",
    id: clusterGroup(made),
    inputs: { vpcId, name },
    outputs: { vpcId, name, ownedBy: made.id },
  };
  if (!makesCreatorAdmin(made)) return [group];
  const entry = creatorEntry(made);
  return [
    group,
    { type: "aws:eks/accessEntry:AccessEntry", ...entry, outputs: { ...entry.inputs, creatorOf: made.id } },
  ];
}

function encryptionRemoved(old: PropertyMap, now: PropertyMap): boolean {
  return old.encryptionConfig !== undefined && now.encryptionConfig === undefined;
}

const inCluster = (kind: string): string => `${ARN}:${kind}/{clusterName}`;
const withDefaults =
  (property: string, defaults: PropertyMap) =>
  (made: Making): Value => ({ ...defaults, ...block(made, property) });

/** Entries. */
export const EKS: Readonly<Record<string, AwsType>> = {
  "aws:eks/cluster:Cluster": {
    source: "eks/cluster.go",
    forceNew: [
      "accessConfig.bootstrapClusterCreatorAdminPermissions",
      "bootstrapSelfManagedAddons",
      "kubernetesNetworkConfig.ipFamily",
      "kubernetesNetworkConfig.serviceIpv4Cidr",
      "name",
      "outpostConfig.controlPlaneInstanceType",
      "outpostConfig.controlPlanePlacement",
      "remoteNetworkConfig",
      "roleArn",
    ],
    forceNewIf: { encryptionConfig: encryptionRemoved },
    id: "{name}",
    arn: `${ARN}:cluster/{name}`,
    autoname: { max: nameLimits.eksCluster.value },
    defaults: { bootstrapSelfManagedAddons: true },
    naming: {
      max: nameLimits.eksCluster.value,
      pattern: /^[0-9A-Za-z][A-Za-z0-9_-]*$/,
      code: "InvalidParameterException",
      message:
        "Cluster name '{name}' is refused: up to {max} letters, digits, - and _, starting with a letter or digit",
      source: nameLimits.eksCluster.source,
    },
    unique: {
      by: ["name"],
      code: "ResourceInUseException",
      message: "Cluster already exists with name: {name}",
      source: `${API}/API_CreateCluster.html`,
    },
    references: {
      roleArn: "roleArn",
      "vpcConfig.subnetIds": "eksSubnet",
      "vpcConfig.securityGroupIds": "eksGroup",
      "encryptionConfig.provider.keyArn": "keyArn",
    },
    companions,
    outputs: {
      endpoint: (made) => `https://${made.hash(32, "endpoint").toUpperCase()}.gr7.${made.region}.eks.amazonaws.com`,
      certificateAuthority: (made) => ({ data: Buffer.from(`sandbox ${made.hash(32, "ca")}`).toString("base64") }),
      certificateAuthorities: (made) => [{ data: Buffer.from(`sandbox ${made.hash(32, "ca")}`).toString("base64") }],
      identities: (made) => [
        {
          oidcs: [
            { issuer: `https://oidc.eks.${made.region}.amazonaws.com/id/${made.hash(32, "endpoint").toUpperCase()}` },
          ],
        },
      ],
      clusterId: "",
      createdAt: "2026-01-01T00:00:00Z",
      platformVersion: "eks.1",
      status: "ACTIVE",
      version: (made) => made.inputs.version ?? DEFAULT_VERSION,
      accessConfig: withDefaults("accessConfig", {
        authenticationMode: "CONFIG_MAP",
        bootstrapClusterCreatorAdminPermissions: true,
      }),
      kubernetesNetworkConfig: withDefaults("kubernetesNetworkConfig", {
        ipFamily: "ipv4",
        serviceIpv4Cidr: "172.20.0.0/16",
        serviceIpv6Cidr: "",
        elasticLoadBalancing: { enabled: false },
      }),
      upgradePolicy: withDefaults("upgradePolicy", { supportType: "EXTENDED" }),
      vpcConfig: (made) => ({
        endpointPrivateAccess: false,
        endpointPublicAccess: true,
        publicAccessCidrs: ["0.0.0.0/0"],
        ...block(made, "vpcConfig"),
        clusterSecurityGroupId: clusterGroup(made),
        vpcId: vpcOf(made),
      }),
    },
  },
  "aws:eks/nodeGroup:NodeGroup": {
    source: "eks/node_group.go",
    forceNew: [
      "amiType",
      "capacityType",
      "clusterName",
      "diskSize",
      "instanceTypes",
      "launchTemplate.id",
      "launchTemplate.name",
      "nodeGroupName",
      "nodeGroupNamePrefix",
      "nodeRoleArn",
      "remoteAccess",
      "subnetIds",
    ],
    ordered: ["instanceTypes"],
    id: "{clusterName}:{nodeGroupName}",
    arn: `${inCluster("nodegroup")}/{nodeGroupName}/{hash8}`,
    autoname: { property: "nodeGroupName", max: nameLimits.eksNodegroup.value },
    naming: {
      property: "nodeGroupName",
      max: nameLimits.eksNodegroup.value,
      pattern: /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
      code: "InvalidParameterException",
      message:
        "nodegroup name '{name}' is refused: up to {max} letters, digits, - and _, starting with a letter or digit",
      source: nameLimits.eksNodegroup.source,
    },
    unique: {
      by: ["clusterName", "nodeGroupName"],
      code: "ResourceInUseException",
      message: "NodeGroup already exists with name {nodeGroupName} and cluster name {clusterName}",
      source: `${API}/API_CreateNodegroup.html`,
    },
    references: {
      clusterName: "cluster",
      nodeRoleArn: "roleArn",
      subnetIds: "eksSubnet",
      "launchTemplate.id": "launchTemplate",
    },
    outputs: {
      amiType: (made) => made.inputs.amiType ?? "AL2023_x86_64_STANDARD",
      capacityType: (made) => made.inputs.capacityType ?? "ON_DEMAND",
      releaseVersion: (made) => made.inputs.releaseVersion ?? "",
      resources: (made) => [
        { autoscalingGroups: [{ name: made.fill("eks-{nodeGroupName}-{hash8}") }], remoteAccessSecurityGroupId: "" },
      ],
      status: "ACTIVE",
      updateConfig: withDefaults("updateConfig", {}),
      version: (made) =>
        made.inputs.version ?? made.find("aws:eks/cluster:Cluster", made.text("clusterName"))?.outputs.version,
    },
  },
  "aws:eks/addon:Addon": {
    source: "eks/addon.go",
    forceNew: ["addonName", "clusterName"],
    id: "{clusterName}:{addonName}",
    arn: `${inCluster("addon")}/{addonName}/{hash8}`,
    references: {
      clusterName: "cluster",
      serviceAccountRoleArn: "roleArn",
      "podIdentityAssociations.roleArn": "roleArn",
    },
    unique: {
      by: ["clusterName", "addonName"],
      code: "ResourceInUseException",
      message: "Addon already exists.",
      source: `${API}/API_CreateAddon.html`,
    },
    outputs: {
      createdAt: "2026-01-01T00:00:00Z",
      modifiedAt: "2026-01-01T00:00:00Z",
      addonVersion: (made) => made.inputs.addonVersion ?? "v1.0.0-eksbuild.1",
    },
  },
  "aws:eks/accessEntry:AccessEntry": {
    source: "eks/access_entry.go",
    forceNew: ["clusterName", "principalArn", "type"],
    id: "{clusterName}:{principalArn}",
    defaults: { type: "STANDARD" },
    references: { clusterName: "cluster", principalArn: "principalArn" },
    unique: {
      by: ["clusterName", "principalArn"],
      code: "ResourceInUseException",
      message: "The specified access entry resource is already in use on this cluster.",
      source: `${API}/API_CreateAccessEntry.html`,
    },
    outputs: {
      accessEntryArn: (made) =>
        made.fill(`${inCluster("access-entry")}/role/{account}/`) + (made.text("principalArn").split("/").pop() ?? ""),
      createdAt: "2026-01-01T00:00:00Z",
      modifiedAt: "2026-01-01T00:00:00Z",
      kubernetesGroups: (made) => made.inputs.kubernetesGroups ?? [],
      userName: (made) => made.inputs.userName ?? made.text("principalArn"),
    },
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    source: "eks/access_policy_association.go",
    forceNew: ["accessScope", "clusterName", "policyArn", "principalArn"],
    id: "{clusterName}#{principalArn}#{policyArn}",
    references: { clusterName: "cluster", principalArn: "accessEntry" },
    outputs: { associatedAt: "2026-01-01T00:00:00Z", modifiedAt: "2026-01-01T00:00:00Z" },
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    source: "eks/pod_identity_association.go",
    forceNew: ["clusterName", "namespace", "serviceAccount"],
    id: "a-{hash17}",
    references: { clusterName: "cluster", roleArn: "roleArn", targetRoleArn: "roleArn" },
    unique: {
      by: ["clusterName", "namespace", "serviceAccount"],
      code: "ResourceInUseException",
      message: "Association already exists: {clusterName}, {namespace}, {serviceAccount}",
      source: `${API}/API_CreatePodIdentityAssociation.html`,
    },
    outputs: {
      associationArn: (made) => made.fill(`${inCluster("podidentityassociation")}/{id}`),
      associationId: "{id}",
    },
  },
};
