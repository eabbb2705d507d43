/** The children and outputs of the simulated eks component, against the source of pulumi-eks 4.3.0. */
import { describe, expect, it } from "vitest";
import { atOutputPath, resolve, type ChildOutput, type Construction } from "../../../../sandbox/protocol/construction";
import { eksPackage } from "../../../../sandbox/cloud/eks/package";
import { activeCluster } from "../../../../sandbox/cloud/kubernetes/cluster";
import { SIG, RESOURCE_SIG, UNKNOWN, type PropertyMap, type Value } from "../../../../sandbox/property/values";

const ROLE = "arn:aws:iam::000000000000:role/deploy";
const DESIGN: PropertyMap = {
  accessEntries: {
    readers: {
      principalArn: "arn:readers",
      accessPolicies: { view: { policyArn: "arn:view", accessScope: { type: "cluster" } } },
    },
  },
  authenticationMode: "API",
  bootstrapSelfManagedAddons: false,
  deletionProtection: true,
  enabledClusterLogTypes: ["api", "audit"],
  encryptionConfigKeyArn: "arn:key",
  endpointPrivateAccess: true,
  endpointPublicAccess: true,
  kubeProxyAddonOptions: { enabled: false, resolveConflictsOnCreate: "OVERWRITE" },
  privateSubnetIds: ["subnet-3", "subnet-4"],
  providerCredentialOpts: { roleArn: ROLE },
  publicAccessCidrs: ["203.0.113.0/28"],
  publicSubnetIds: ["subnet-1"],
  skipDefaultNodeGroup: true,
  tags: { team: "a" },
  useDefaultVpcCni: true,
  version: "1.35",
  vpcId: "vpc-1",
};
const IDENTITY = { urn: "urn:pulumi:dev::p::eks:index:Cluster::blue", type: "eks:index:Cluster", name: "blue" };

function construct(inputs: PropertyMap = DESIGN, identity = IDENTITY): Construction {
  return eksPackage().configure({}).construct?.(identity, inputs) as Construction;
}

const CLUSTER: PropertyMap = {
  name: "blue-1a2b3c4",
  arn: "arn:aws:eks:us-east-1:000000000000:cluster/blue-1a2b3c4",
  endpoint: "https://0AB1.gr7.us-east-1.eks.amazonaws.com",
  certificateAuthority: { data: "Q0E=" },
  identities: [{ oidcs: [{ issuer: "https://oidc.eks.us-east-1.amazonaws.com/id/0AB1" }] }],
};

function outputOf({ $child, $output }: ChildOutput): Value {
  if ($output === "$ref") return { [SIG]: RESOURCE_SIG, urn: $child, id: "id" };
  return (($child === "blue-eksCluster" ? atOutputPath(CLUSTER, $output) : undefined) ??
    `${$child}.${$output}`) as Value;
}

describe("children of eks:index:Cluster", () => {
  it("are those that pulumi-eks 4.3.0 makes for the design's arguments", () => {
    expect(
      construct().children.map(
        ({ type, name, parent }) => `${type} ${name}${parent === undefined ? "" : ` < ${parent}`}`,
      ),
    ).toEqual([
      "eks:index:ServiceRole blue-eksRole",
      "aws:iam/role:Role blue-eksRole-role < blue-eksRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment blue-eksRole-4b490823 < blue-eksRole",
      "aws:ec2/securityGroup:SecurityGroup blue-eksClusterSecurityGroup",
      "aws:ec2/securityGroupRule:SecurityGroupRule blue-eksClusterInternetEgressRule",
      "aws:eks/cluster:Cluster blue-eksCluster",
      "pulumi:providers:kubernetes blue-eks-k8s",
      "aws:eks/accessEntry:AccessEntry blue-readers",
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation blue-readers-view < blue-readers",
      "aws:ec2/securityGroup:SecurityGroup blue-nodeSecurityGroup",
      "aws:ec2/securityGroupRule:SecurityGroupRule blue-eksNodeIngressRule",
      "aws:ec2/securityGroupRule:SecurityGroupRule blue-eksNodeClusterIngressRule",
      "aws:ec2/securityGroupRule:SecurityGroupRule blue-eksExtApiServerClusterIngressRule",
      "aws:ec2/securityGroupRule:SecurityGroupRule blue-eksNodeInternetEgressRule",
      "aws:ec2/securityGroupRule:SecurityGroupRule blue-eksClusterIngressRule",
    ]);
  });

  it("give the control plane its settings, public subnets first, and ignore the two creation-time properties", () => {
    const plane = construct().children.find(({ name }) => name === "blue-eksCluster");
    expect(plane?.ignoreChanges).toEqual([
      "accessConfig.bootstrapClusterCreatorAdminPermissions",
      "bootstrapSelfManagedAddons",
    ]);
    expect(plane?.dependsOn).toEqual(["blue-eksRole-role", "blue-eksRole-4b490823"]);
    expect(resolve(plane?.inputs ?? {}, outputOf)).toEqual({
      roleArn: "blue-eksRole-role.arn",
      bootstrapSelfManagedAddons: false,
      vpcConfig: {
        securityGroupIds: ["blue-eksClusterSecurityGroup.id"],
        subnetIds: ["subnet-1", "subnet-3", "subnet-4"],
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: ["203.0.113.0/28"],
      },
      version: "1.35",
      enabledClusterLogTypes: ["api", "audit"],
      tags: { Name: "blue-eksCluster", team: "a" },
      encryptionConfig: { provider: { keyArn: "arn:key" }, resources: ["secrets"] },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      deletionProtection: true,
    });
  });

  it("tag the nodes' group with the cluster's physical name", () => {
    const group = construct().children.find(({ name }) => name === "blue-nodeSecurityGroup");
    expect(resolve(group?.inputs.tags ?? null, outputOf)).toEqual({
      Name: "blue-nodeSecurityGroup",
      "kubernetes.io/cluster/blue-1a2b3c4": "owned",
      team: "a",
    });
    expect(resolve(group?.inputs.tags ?? null, () => UNKNOWN)).toBe(UNKNOWN);
  });

  it("use the given cluster security group instead of one of their own", () => {
    const given = { [SIG]: RESOURCE_SIG, urn: "urn:group", id: "sg-9" };
    const { children, outputs } = construct({ ...DESIGN, clusterSecurityGroup: given });
    expect(children.map(({ name }) => name)).not.toContain("blue-eksClusterSecurityGroup");
    expect(children.find(({ name }) => name === "blue-eksClusterIngressRule")?.inputs.securityGroupId).toBe("sg-9");
    expect(outputs.clusterSecurityGroupId).toBe("sg-9");
  });

  it("have an OIDC provider only on request", () => {
    const oidc = construct({ ...DESIGN, createOidcProvider: true }).children.find(
      ({ name }) => name === "blue-oidcProvider",
    );
    expect(resolve(oidc?.inputs ?? {}, outputOf)).toMatchObject({
      url: "https://oidc.eks.us-east-1.amazonaws.com/id/0AB1",
    });
  });

  it("pass unknown inputs on, whole where pulumi-eks computes the whole", () => {
    const unknown = {
      ...DESIGN,
      privateSubnetIds: ["subnet-3", UNKNOWN],
      encryptionConfigKeyArn: UNKNOWN,
      vpcId: UNKNOWN,
      tags: UNKNOWN,
    };
    const plane = construct(unknown).children.find(({ name }) => name === "blue-eksCluster");
    expect(resolve(plane?.inputs ?? {}, outputOf)).toMatchObject({
      encryptionConfig: UNKNOWN,
      tags: UNKNOWN,
      vpcConfig: { subnetIds: UNKNOWN },
    });
  });
});

describe("outputs of eks:index:Cluster", () => {
  it("hold a kubeconfig that the kubernetes package reads, with the deploy role in its token command", () => {
    const { kubeconfig, kubeconfigJson } = resolve(construct().outputs, outputOf) as {
      kubeconfig: PropertyMap;
      kubeconfigJson: string;
    };
    expect(JSON.parse(kubeconfigJson)).toEqual(kubeconfig);
    expect(activeCluster(kubeconfigJson)).toEqual({ server: CLUSTER.endpoint, "certificate-authority-data": "Q0E=" });
    const args = [
      "--region",
      "us-east-1",
      "eks",
      "get-token",
      "--cluster-name",
      "blue-1a2b3c4",
      "--output",
      "json",
      "--role",
      ROLE,
    ];
    expect(kubeconfig.users).toMatchObject([{ user: { exec: { command: "aws", args } } }]);
  });

  it("have every key that the SDK's class declares, and stay unknown before the cluster exists", () => {
    const outputs = resolve(construct().outputs, outputOf) as PropertyMap;
    expect(Object.keys(outputs).sort()).toEqual([
      "autoModeNodeRoleName", "clusterIngressRuleId", "clusterSecurityGroup", "clusterSecurityGroupId", "core", "defaultNodeGroupAsgName",
      "eksCluster", "eksClusterIngressRule", "fargateProfileId", "fargateProfileStatus", "instanceRoles", "kubeconfig", "kubeconfigJson",
      "nodeSecurityGroup", "nodeSecurityGroupId", "oidcIssuer", "oidcProviderArn", "oidcProviderUrl",
    ]); // prettier-ignore
    expect(outputs.oidcIssuer).toBe("oidc.eks.us-east-1.amazonaws.com/id/0AB1");
    expect(resolve(construct().outputs, () => UNKNOWN)).toMatchObject({ kubeconfigJson: UNKNOWN, oidcIssuer: UNKNOWN });
  });
});

describe("refusals of the eks package", () => {
  it("name every argument that would bring children the sandbox does not build, at once", () => {
    const inputs = { vpcId: "vpc-1", authenticationMode: "API_AND_CONFIG_MAP", fargate: true, useDefaultVpcCni: true };
    expect(() => construct(inputs)).toThrow(
      "InvalidInput: eks:index:Cluster 'blue': " +
        "fargate is not built in the sandbox's eks package; use aws resources beside the cluster; " +
        'authenticationMode got "API_AND_CONFIG_MAP", want "API": otherwise pulumi-eks adds the aws-auth ConfigMap; ' +
        "skipDefaultNodeGroup got null, want true: otherwise pulumi-eks adds a default node group; " +
        "kubeProxyAddonOptions.enabled got null, want false: otherwise pulumi-eks adds a kube-proxy add-on of the most recent version",
    );
  });

  it("repeat pulumi-eks's own, and refuse unknowns that decide which children exist", () => {
    expect(() =>
      construct({ ...DESIGN, subnetIds: ["subnet-1"], endpointPublicAccess: false, accessEntries: UNKNOWN }),
    ).toThrow(
      "InvalidInput: eks:index:Cluster 'blue': " +
        "accessEntries decides which resources exist and must be known in a preview; " +
        "subnetIds excludes publicSubnetIds and privateSubnetIds; " +
        "publicAccessCidrs can only be set when endpointPublicAccess is true",
    );
  });

  it("say what the package is for", () => {
    const message =
      "Unimplemented: the sandbox has no component eks:index:ManagedNodeGroup of package eks: it constructs eks:index:Cluster";
    expect(() => construct(DESIGN, { ...IDENTITY, type: "eks:index:ManagedNodeGroup" })).toThrow(message);
  });
});
