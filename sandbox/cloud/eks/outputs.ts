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

/** The cluster's facts for further components: what `core` of pulumi-eks holds, less what only its own node groups read. */
function coreOf(name: string, inputs: PropertyMap, config: Value, clusterSecurityGroup: Value): PropertyMap {
  const ref = (suffix: string): Value => childOutput(`${name}-${suffix}`, "$ref");
  const nodeGroupOptions = {
    nodeSecurityGroup: ref("nodeSecurityGroup"),
    clusterIngressRule: ref("eksClusterIngressRule"),
  };
  return defined({
    cluster: ref("eksCluster"),
    vpcId: inputs.vpcId,
    subnetIds: subnetsOf(inputs),
    publicSubnetIds: inputs.publicSubnetIds,
    privateSubnetIds: inputs.privateSubnetIds,
    endpoint: childOutput(`${name}-eksCluster`, "endpoint"),
    clusterSecurityGroup,
    provider: ref("eks-k8s"),
    instanceRoles: [],
    nodeGroupOptions: defined({ version: inputs.version, ...nodeGroupOptions }),
    kubeconfig: config,
    tags: inputs.tags,
    storageClasses: {},
    oidcProvider: inputs.createOidcProvider === true ? ref("oidcProvider") : undefined,
    clusterIamRole: ref("eksRole-role"),
    accessEntries: Object.values(isObject(inputs.accessEntries) ? inputs.accessEntries : {}),
    autoModeNodeRoleName: "",
  });
}

/** All outputs; those of children that were not made are empty strings, as in pulumi-eks. */
export function clusterOutputs(name: string, inputs: PropertyMap, groupId: Value): PropertyMap {
  const of = (suffix: string, output: string): Value => childOutput(`${name}-${suffix}`, output);
  const issuer = of("eksCluster", "identities[0].oidcs[0].issuer");
  const config = kubeconfig(name, inputs, false);
  const clusterSecurityGroup = inputs.clusterSecurityGroup ?? of("eksClusterSecurityGroup", "$ref");
  return {
    kubeconfig: config,
    kubeconfigJson: jsonOf(config),
    clusterSecurityGroup,
    instanceRoles: [],
    nodeSecurityGroup: of("nodeSecurityGroup", "$ref"),
    eksClusterIngressRule: of("eksClusterIngressRule", "$ref"),
    eksCluster: of("eksCluster", "$ref"),
    core: coreOf(name, inputs, config, clusterSecurityGroup),
    clusterSecurityGroupId: groupId,
    nodeSecurityGroupId: of("nodeSecurityGroup", "id"),
    clusterIngressRuleId: of("eksClusterIngressRule", "securityGroupRuleId"),
    defaultNodeGroupAsgName: "",
    fargateProfileId: "",
    fargateProfileStatus: "",
    oidcProviderArn: inputs.createOidcProvider === true ? of("oidcProvider", "arn") : "",
    oidcProviderUrl: issuer,
    oidcIssuer: partOf(issuer, "https://", 1),
    autoModeNodeRoleName: "",
  };
}
