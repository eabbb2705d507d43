/** What `eks:index:Cluster` gives back, and the kubeconfig that its provider and its users get. Source: pulumi-eks v4.3.0 cluster.ts. */
import { isObject, type PropertyMap, type Value } from "../../engine/values";
import { childOutput, jsonOf, partOf } from "../construction";
import { defined, subnetsOf } from "./children";

/** A kubeconfig whose token command uses the deploy role, else the caller; only the provider's copy names a profile. */
export function kubeconfig(name: string, inputs: PropertyMap, includeProfile: boolean): Value {
  const cluster = `${name}-eksCluster`;
  const options = isObject(inputs.providerCredentialOpts) ? inputs.providerCredentialOpts : {};
  const region = partOf(childOutput(cluster, "arn"), ":", 3);
  const args: Value[] = [
    "--region",
    region,
    "eks",
    "get-token",
    "--cluster-name",
    childOutput(cluster, "name"),
    "--output",
    "json",
  ];
  if (options.roleArn !== undefined) args.push("--role", options.roleArn);
  if (includeProfile && options.profileName !== undefined) args.push("--profile", options.profileName);
  const apiVersion = "client.authentication.k8s.io/v1beta1";
  const env = [{ name: "KUBERNETES_EXEC_INFO", value: `{"apiVersion": "${apiVersion}"}` }];
  const server = childOutput(cluster, "endpoint");
  const authority = childOutput(cluster, "certificateAuthority.data");
  return {
    apiVersion: "v1",
    clusters: [{ cluster: { server, "certificate-authority-data": authority }, name: "kubernetes" }],
    contexts: [{ context: { cluster: "kubernetes", user: "aws" }, name: "aws" }],
    "current-context": "aws",
    kind: "Config",
    users: [{ name: "aws", user: { exec: { apiVersion, command: "aws", args, env } } }],
  };
}

/** All outputs; those of children that were not made are absent or, as in pulumi-eks, empty strings. */
export function clusterOutputs(name: string, inputs: PropertyMap, groupId: Value): PropertyMap {
  const ref = (suffix: string): Value => childOutput(`${name}-${suffix}`, "$ref");
  const cluster = `${name}-eksCluster`;
  const issuer = childOutput(cluster, "identities[0].oidcs[0].issuer");
  const config = kubeconfig(name, inputs, false);
  const nodeSecurityGroup = ref("nodeSecurityGroup");
  const eksClusterIngressRule = ref("eksClusterIngressRule");
  const clusterSecurityGroup = inputs.clusterSecurityGroup ?? ref("eksClusterSecurityGroup");
  const withOidc = inputs.createOidcProvider === true;
  const core = defined({
    cluster: ref("eksCluster"),
    vpcId: inputs.vpcId,
    subnetIds: subnetsOf(inputs),
    publicSubnetIds: inputs.publicSubnetIds,
    privateSubnetIds: inputs.privateSubnetIds,
    endpoint: childOutput(cluster, "endpoint"),
    clusterSecurityGroup,
    provider: ref("eks-k8s"),
    instanceRoles: [],
    nodeGroupOptions: defined({
      version: inputs.version,
      nodeSecurityGroup,
      clusterIngressRule: eksClusterIngressRule,
    }),
    kubeconfig: config,
    tags: inputs.tags,
    storageClasses: {},
    oidcProvider: withOidc ? ref("oidcProvider") : undefined,
    clusterIamRole: ref("eksRole-role"),
    accessEntries: Object.values(isObject(inputs.accessEntries) ? inputs.accessEntries : {}),
    autoModeNodeRoleName: "",
  });
  return {
    kubeconfig: config,
    kubeconfigJson: jsonOf(config),
    clusterSecurityGroup,
    instanceRoles: [],
    nodeSecurityGroup,
    eksClusterIngressRule,
    eksCluster: ref("eksCluster"),
    core,
    clusterSecurityGroupId: groupId,
    nodeSecurityGroupId: childOutput(`${name}-nodeSecurityGroup`, "id"),
    clusterIngressRuleId: childOutput(`${name}-eksClusterIngressRule`, "securityGroupRuleId"),
    defaultNodeGroupAsgName: "",
    fargateProfileId: "",
    fargateProfileStatus: "",
    oidcProviderArn: withOidc ? childOutput(`${name}-oidcProvider`, "arn") : "",
    oidcProviderUrl: issuer,
    oidcIssuer: partOf(issuer, "https://", 1),
    autoModeNodeRoleName: "",
  };
}
