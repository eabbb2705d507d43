/** A cluster on the simulated cloud: what is declared before, in and after the control plane, and what waits for what. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import { beforeAll, describe, expect, test } from "vitest";
import { Cluster } from "../../../components/cluster/cluster";
import { NodeAddons } from "../../../components/cluster/node-addons";
import { Keys } from "../../../components/encryption/keys";
import { Vpc } from "../../../components/network/vpc";
import { type Graph, graphOf, revealed } from "../../support/graph";
import { createdBefore } from "../../support/order";

const role = (name: string) => `arn:aws:iam::000000000000:role/fridayproof-${name}`;
const zones = ["use1-az1", "use1-az2"];

const declared = (protect: boolean): Promise<Graph> =>
  graphOf(() => {
    const region = "us-east-1";
    const provider = new aws.Provider("aws", {
      region,
      allowedAccountIds: ["000000000000"],
      assumeRoles: [{ roleArn: role("deploy") }],
    });
    const accountId = "000000000000";
    const { logsKeyArn } = new Keys(
      "keys",
      { environment: "dev", accountId, deployRoleArn: role("deploy"), region, protect },
      { providers: [provider] },
    );
    const network = new Vpc(
      "network",
      {
        region,
        cidr: "10.10.0.0/16",
        zones,
        controlPlaneZones: zones,
        accountId,
        flowLogRetentionDays: 7,
        logsKeyArn,
        protect,
      },
      { providers: [provider] },
    );
    const opts = { providers: [provider, new eks.Provider("eks")] };
    const cluster = new Cluster(
      "blue-cluster",
      {
        clusterName: "fridayproof-dev-blue",
        kubernetesVersion: "1.35",
        vpcId: network.vpcId,
        controlPlaneSubnetIds: network.intraSubnetIds,
        deployerCidrs: ["203.0.113.10/32"],
        deployRoleArn: role("deploy"),
        tokenRoleArn: role("deploy"),
        readOnlyRoleArn: role("read-only"),
        breakGlassRoleArn: role("break-glass"),
        addonVersions: {
          "vpc-cni": "v1.21.1-eksbuild.8",
          "kube-proxy": "v1.35.3-eksbuild.13",
          "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
        },
        logRetentionDays: 7,
        accountId,
        logsKeyArn,
        protect,
        tags: { owner: "test" },
      },
      opts,
    );
    new NodeAddons(
      "blue-addons",
      {
        clusterName: cluster.clusterName,
        pool: "system",
        nodes: cluster,
        versions: { coredns: "v1.14.2-eksbuild.4" },
      },
      opts,
    );
  });

describe("a cluster", () => {
  let graph: Graph;
  const inputs = (name: string) => graph.byName(name).inputs;

  beforeAll(async () => {
    graph = await declared(true);
  });

  test("is open to its deployers only, known to everybody's logs, and runs nothing that floats", () => {
    expect(inputs("blue-cluster-eks-eksCluster")).toMatchObject({
      name: "fridayproof-dev-blue",
      version: "1.35",
      upgradePolicy: { supportType: "EXTENDED" },
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.10/32"] },
      accessConfig: { authenticationMode: "API" },
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      deletionProtection: true,
      bootstrapSelfManagedAddons: false,
    });
  });

  test("leaves pulumi-eks no nodes, no add-ons and no aws-auth to make", () => {
    const ours = new Set(graph.children(graph.byName("blue-cluster").urn).map(({ name }) => name));
    const made = graph.resources.filter(({ name }) => name.startsWith("blue-cluster-eks-") && !ours.has(name));
    expect([...new Set(made.map(({ type }) => type))].sort()).toEqual([
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:ec2/securityGroupRule:SecurityGroupRule",
      "aws:eks/cluster:Cluster",
      "aws:iam/role:Role",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "eks:index:ServiceRole",
      "pulumi:providers:kubernetes",
    ]);
  });

  test("gives whoever talks to it the deploy role's tokens, whoever runs the program", () => {
    const kubeconfig = String(revealed(graph.byName("blue-cluster").outputs["kubeconfigJson"]));
    expect(kubeconfig).toContain(`"fridayproof-dev-blue","--output","json","--role","${role("deploy")}"`);
  });

  test("makes the log group before the control plane, or EKS makes one that keeps logs for ever", () => {
    expect(inputs("blue-cluster-logs")).toMatchObject({
      name: "/aws/eks/fridayproof-dev-blue/cluster",
      retentionInDays: 7,
    });
    expect(createdBefore(graph, "blue-cluster-eks-eksCluster")).toContain("blue-cluster-logs");
  });

  test("encrypts Secrets with a key of its own that rotates and whose loss takes a month", () => {
    expect(inputs("blue-cluster-secrets-key")).toMatchObject({
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
    });
    expect(createdBefore(graph, "blue-cluster-eks-eksCluster")).toContain("blue-cluster-secrets-key");
  });

  test("lets in two roles and leaves out its creator, whose entry EKS has made", () => {
    const entries = graph.ofType("aws:eks/accessEntry:AccessEntry").map((entry) => entry.inputs["principalArn"]);
    expect(entries.sort()).toEqual([role("break-glass"), role("read-only")]);
    const policies = graph.ofType("aws:eks/accessPolicyAssociation:AccessPolicyAssociation");
    expect(policies.map(({ inputs: { policyArn } }) => policyArn).sort()).toEqual([
      "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    ]);
  });

  test("pins its three first add-ons, and the network's enforces policies", () => {
    for (const [addon, version] of [
      ["vpc-cni", "v1.21.1-eksbuild.8"],
      ["kube-proxy", "v1.35.3-eksbuild.13"],
      ["eks-pod-identity-agent", "v1.3.10-eksbuild.3"],
    ] as const) {
      expect(inputs(`blue-cluster-${addon}`)).toMatchObject({ addonName: addon, addonVersion: version });
    }
    expect(JSON.parse(String(inputs("blue-cluster-vpc-cni")["configurationValues"]))).toEqual({
      enableNetworkPolicy: "true",
    });
  });

  test("protects the key and the whole of pulumi-eks, and nothing else of its own", () => {
    const own = graph.children(graph.byName("blue-cluster").urn).filter(({ protect }) => protect === true);
    expect(own.map(({ name }) => name).sort()).toEqual(["blue-cluster-eks", "blue-cluster-secrets-key"]);
  });

  test("while torn down it protects nothing, and EKS lets it go", async () => {
    const open = await declared(false);
    expect(open.resources.filter(({ protect }) => protect === true)).toEqual([]);
    expect(open.byName("blue-cluster-eks-eksCluster").inputs["deletionProtection"]).toBe(false);
  });

  test("installs name resolution where the pool is, tolerating its taint, once its nodes are there", () => {
    const coredns = graph.byName("blue-addons-coredns");
    expect(coredns.parent).toBe(graph.byName("blue-addons").urn);
    expect(coredns.inputs).toMatchObject({ addonName: "coredns", addonVersion: "v1.14.2-eksbuild.4" });
    expect(JSON.parse(String(coredns.inputs["configurationValues"]))).toEqual({
      nodeSelector: { "fridayproof.dev/pool": "system" },
      tolerations: [{ key: "fridayproof.dev/pool", operator: "Exists" }],
    });
    expect(createdBefore(graph, "blue-addons-coredns")).toContain("blue-cluster-vpc-cni");
  });
});
