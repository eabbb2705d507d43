/** What EKS would refuse, or what would open or stop a cluster, is refused before anything is declared. */
import { describe, expect, test } from "vitest";
import { Cluster, type ClusterArgs } from "../../../components/cluster/cluster";
import { NodePool, type NodePoolArgs } from "../../../components/cluster/node-pool";
import { PodIdentity } from "../../../components/cluster/pod-identity";
import { messageOf } from "../../support/message-of";

const cluster: ClusterArgs = {
  clusterName: "fridayproof-dev-blue",
  kubernetesVersion: "1.35",
  vpcId: "vpc-1",
  controlPlaneSubnetIds: ["subnet-1", "subnet-2"],
  deployerCidrs: ["203.0.113.7/32"],
  deployRoleArn: "arn:aws:iam::111122223333:role/fridayproof-deploy",
  readOnlyRoleArn: "arn:aws:iam::111122223333:role/fridayproof-read-only",
  breakGlassRoleArn: "arn:aws:iam::111122223333:role/fridayproof-break-glass",
  addonVersions: { "vpc-cni": "v1", "kube-proxy": "v1", "eks-pod-identity-agent": "v1" },
  logRetentionDays: 7,
  accountId: "111122223333",
  logsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
  protect: false,
};

const pool: NodePoolArgs = {
  clusterName: "fridayproof-dev-blue",
  subnetIds: { "use1-az1": "subnet-1" },
  protect: true,
  pool: "system",
  instanceType: "t3.large",
  size: { min: 2, desired: 2, max: 4 },
  tainted: false,
  kubernetesVersion: "1.35",
  amiRelease: "1.35.8-20260930",
  volumesKeyArn: "arn:aws:kms:us-east-1:111122223333:key/2",
};

describe("a cluster", () => {
  test("takes no endpoint that is open, no single zone, no name that EKS refuses", () => {
    const wrong = {
      ...cluster,
      clusterName: "_dev",
      controlPlaneSubnetIds: ["subnet-1"],
      deployerCidrs: ["0.0.0.0/0", "203.0.113.1/24", "203.0.113.16/28"],
    };
    expect(messageOf(() => new Cluster("blue", wrong))).toBe(
      [
        '4 problems in Cluster "blue":',
        '  clusterName: got "_dev"; allowed: letters, digits, dashes and underscores, with a letter or digit first; fix: Leave the other characters out.',
        "  controlPlaneSubnetIds: got 1; allowed: 2 subnets or more; fix: Give one control-plane subnet per zone.",
        '  deployerCidrs[0]: got "0.0.0.0/0"; allowed: /28 to /32; fix: Name single addresses or small blocks only.',
        '  deployerCidrs[1]: got "203.0.113.1/24"; allowed: an IPv4 block whose address is the first of the block, such as 10.10.0.0/16; fix: Write four numbers from 0 to 255, a slash and a prefix length, with no bits set behind the prefix.',
      ].join("\n"),
    );
  });

  test("takes no empty list of deployers, which EKS would read as everyone", () => {
    expect(messageOf(() => new Cluster("blue", { ...cluster, deployerCidrs: [] }))).toBe(
      '1 problem in Cluster "blue":\n  deployerCidrs: got []; allowed: at least one block; fix: Name the addresses you deploy from: an endpoint without blocks is open to everyone.',
    );
  });
});

describe("a node pool", () => {
  test("stands in a zone", () => {
    expect(messageOf(() => new NodePool("blue-apps", { ...pool, subnetIds: {} }))).toBe(
      '1 problem in NodePool "blue-apps":\n  subnetIds: got {}; allowed: a subnet for each zone; fix: Give the pool a zone.',
    );
  });

  test("reports size and name together", () => {
    const name = "x".repeat(41);
    expect(messageOf(() => new NodePool(name, { ...pool, size: { min: 1, desired: 1, max: 1 } }))).toBe(
      [
        `2 problems in NodePool "${name}":`,
        '  size: got {"min":1,"desired":1,"max":1}; allowed: whole numbers with 2 <= min <= desired <= max <= 450; fix: Order the three; a pool of one node is down while that node is replaced.',
        `  name: got "${name}"; allowed: at most 40 characters; fix: Use a shorter name; this one has 41.`,
      ].join("\n"),
    );
  });
});

describe("a pod identity", () => {
  test("names its service account", () => {
    const args = { clusterName: "c", namespace: "", serviceAccount: "", policy: "{}" };
    expect(messageOf(() => new PodIdentity("lbc", args))).toContain('2 problems in PodIdentity "lbc"');
  });
});
