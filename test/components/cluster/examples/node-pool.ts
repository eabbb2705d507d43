/** Example of NodePool: nodes that only add-ons may run on. */
import type * as aws from "@pulumi/aws";
import type { Cluster } from "../../../../components/cluster/cluster";
import { NodePool } from "../../../../components/cluster/node-pool";
import type { Keys } from "../../../../components/encryption/keys";
import type { Vpc } from "../../../../components/network/vpc";
import { clusterVersions, readLock } from "../../../../stacks/inputs/lock";

export function systemPool(provider: aws.Provider, cluster: Cluster, network: Vpc, keys: Keys): NodePool {
  const versions = clusterVersions(readLock(), "1.35");
  return new NodePool(
    "blue-system",
    {
      clusterName: cluster.clusterName,
      subnetIds: network.privateSubnetIdByZone,
      egress: network.egress,
      protect: true,
      pool: "system",
      instanceType: "t3.xlarge",
      size: { min: 3, desired: 3, max: 6 },
      tainted: true,
      kubernetesVersion: versions.kubernetes,
      amiRelease: versions.amiRelease,
      volumesKeyArn: keys.volumesKeyArn,
    },
    { providers: [provider] },
  );
}
