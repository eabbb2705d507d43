/** Example of NodeAddons: name resolution, on the system pool. */
import type * as aws from "@pulumi/aws";
import type { Cluster } from "../../../../components/cluster/cluster";
import { NodeAddons } from "../../../../components/cluster/node-addons";
import type { NodePool } from "../../../../components/cluster/node-pool";
import { clusterVersions, readLock } from "../../../../stacks/inputs/lock";

export function nodeAddons(provider: aws.Provider, cluster: Cluster, nodes: NodePool): NodeAddons {
  const { addons: versions } = clusterVersions(readLock(), "1.35");
  return new NodeAddons(
    "blue-addons",
    { clusterName: cluster.clusterNameForPods, pool: "system", nodes, versions },
    { providers: [provider] },
  );
}
