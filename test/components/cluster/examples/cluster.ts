/** Example of Cluster: production's blue control plane, reached from one address. */
import type * as aws from "@pulumi/aws";
import type * as eks from "@pulumi/eks";
import { Cluster } from "../../../../components/cluster/cluster";
import type { Keys } from "../../../../components/encryption/keys";
import type { Vpc } from "../../../../components/network/vpc";
import { clusterVersions, readLock } from "../../../../stacks/inputs/lock";

export function cluster(provider: aws.Provider, eksProvider: eks.Provider, network: Vpc, keys: Keys): Cluster {
  const versions = clusterVersions(readLock(), "1.35");
  return new Cluster(
    "blue-cluster",
    {
      clusterName: "fridayproof-prod-blue",
      kubernetesVersion: versions.kubernetes,
      accountId: "000000000000",
      vpcId: network.vpcId,
      controlPlaneSubnetIds: network.intraSubnetIds,
      deployerCidrs: ["203.0.113.10/32"],
      deployRoleArn: "arn:aws:iam::000000000000:role/fridayproof-deploy",
      tokenRoleArn: "arn:aws:iam::000000000000:role/fridayproof-deploy",
      readOnlyRoleArn: "arn:aws:iam::000000000000:role/fridayproof-read-only",
      breakGlassRoleArn: "arn:aws:iam::000000000000:role/fridayproof-break-glass",
      addonVersions: versions.addons,
      logRetentionDays: 365,
      logsKeyArn: keys.logsKeyArn,
      protect: true,
    },
    { providers: [provider, eksProvider] },
  );
}
