/** One cluster with nodes, monitoring kinds and add-ons on the simulated clouds, wired as a slot is. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import * as random from "@pulumi/random";
import { Addons, type AddonsArgs } from "../../../components/cluster/addons";
import { Cluster } from "../../../components/cluster/cluster";
import { NodeAddons } from "../../../components/cluster/node-addons";
import { NodePool } from "../../../components/cluster/node-pool";
import { PlatformSecrets } from "../../../components/cluster/platform-secrets";
import { PrometheusOperatorCrds } from "../../../components/delivery/prometheus-operator-crds";
import { Keys } from "../../../components/encryption/keys";
import { Vpc } from "../../../components/network/vpc";
import lock from "../../../stacks/env.lock.json";

const ACCOUNT = "000000000000";
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/fridayproof-${name}`;
const zones = ["use1-az1", "use1-az2"];

/** What differs between tests. */
export interface FixtureArgs extends Partial<AddonsArgs> {
  readonly profile: "production" | "dev";
  readonly deadMansSwitch?: boolean;
}

function clusterWithNodes(provider: aws.Provider) {
  const providers = [provider, new eks.Provider("eks")];
  const keys = new Keys(
    "keys",
    { environment: "test", accountId: ACCOUNT, deployRoleArn: role("deploy"), region: "us-east-1", protect: false },
    { providers: [provider] },
  );
  const network = new Vpc(
    "network",
    {
      region: "us-east-1",
      cidr: "10.10.0.0/16",
      zones,
      controlPlaneZones: zones,
      natGateways: "single",
      accountId: ACCOUNT,
      flowLogRetentionDays: 7,
      logsKeyArn: keys.logsKeyArn,
      protect: false,
    },
    { providers: [provider] },
  );
  const cluster = new Cluster(
    "blue-cluster",
    {
      clusterName: "fridayproof-test-blue",
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
      accountId: ACCOUNT,
      logRetentionDays: 7,
      logsKeyArn: keys.logsKeyArn,
      protect: false,
    },
    { providers },
  );
  const pool = new NodePool(
    "blue-system",
    {
      clusterName: cluster.clusterName,
      subnetIds: network.privateSubnetIdByZone,
      egress: network.egress,
      protect: false,
      pool: "system",
      instanceType: "t3.large",
      size: { min: 2, desired: 2, max: 4 },
      tainted: true,
      kubernetesVersion: "1.35",
      amiRelease: "1.35.8-20260930",
      volumesKeyArn: keys.volumesKeyArn,
    },
    { providers: [provider] },
  );
  const nodeAddons = new NodeAddons(
    "blue-addons",
    {
      clusterName: cluster.clusterNameForPods,
      pool: "system",
      nodes: pool,
      versions: { coredns: "v1.13.2-eksbuild.19" },
    },
    { providers: [provider] },
  );
  return { network, cluster, pool, nodeAddons, keys };
}

/** The program. */
export function platform({ profile, deadMansSwitch, ...more }: FixtureArgs): () => void {
  return () => {
    const provider = new aws.Provider("aws", {
      region: "us-east-1",
      allowedAccountIds: [ACCOUNT],
      assumeRoles: [{ roleArn: role("deploy") }],
    });
    const { network, cluster, pool, nodeAddons, keys } = clusterWithNodes(provider);
    const group = new aws.lb.TargetGroup(
      "blue-group",
      { port: 80, protocol: "HTTP", targetType: "ip", vpcId: network.vpcId },
      { provider },
    );
    const inside = new kubernetes.Provider(
      "blue-kubernetes",
      { kubeconfig: cluster.kubeconfigJson, enableServerSideApply: true },
      { dependsOn: [cluster, pool, nodeAddons] },
    );
    const chart = lock.charts["prometheus-operator-crds"];
    const monitoringCrds = new PrometheusOperatorCrds("blue-crds", { chart, profile }, { providers: [inside] });
    const addons = new Addons(
      "blue-platform",
      {
        charts: lock.charts,
        profile,
        kubernetesVersion: "1.35",
        autoscalerImageTag: "v1.35.1",
        ebsCsiVersion: "v1.66.0-eksbuild.1",
        clusterName: "fridayproof-test-blue",
        clusterNameForPods: cluster.clusterNameForPods,
        pool: "system",
        nodes: pool,
        nameResolution: nodeAddons,
        accountId: ACCOUNT,
        region: "us-east-1",
        vpcId: network.vpcId,
        targetGroupArn: group.arn,
        secretsPrefix: "fridayproof/test/",
        volumesKeyArn: keys.volumesKeyArn,
        secretNamespaces: ["argocd", "monitoring"],
        monitoringCrds,
        protect: true,
        ...more,
      },
      { providers: [provider, inside] },
    );
    new PlatformSecrets(
      "blue-secrets",
      {
        profile,
        storeName: addons.secretStoreName,
        monitoringNamespace: monitoringCrds.namespaceName,
        argoCdNamespace: "argocd",
        deadMansSwitch,
        singleSignOn: profile === "production",
        privateRepository: profile === "production",
      },
      { providers: [inside, new random.Provider("random")] },
    );
  };
}
