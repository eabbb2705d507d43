/** The node groups that EKS has now, which an update needs: an autoscaler has moved their sizes since the last one. */
import type { LiveNodeGroup } from "@fridayproof/components/plan";
import * as aws from "@pulumi/aws";

/** Dash and seven characters that Pulumi puts behind a name. */
const SUFFIX = /-[0-9a-f]{7}$/;

/** The groups of one cluster by their names in the program. */
type Groups = ReadonlyMap<string, LiveNodeGroup>;

/**
 * Reads them. A cluster that does not exist has none: only lists are called before it is known to exist, because
 * EKS returns an error for what is missing.
 * @param clusters names in AWS.
 * @param provider of the region and account.
 * @returns by cluster name.
 */
export async function liveNodeGroups(
  clusters: readonly string[],
  provider: aws.Provider,
): Promise<ReadonlyMap<string, Groups>> {
  const { names } = await aws.eks.getClusters({}, { provider });
  const existing = clusters.filter((cluster) => names.includes(cluster));
  return new Map(
    await Promise.all(existing.map(async (cluster) => [cluster, await groupsOf(cluster, provider)] as const)),
  );
}

async function groupsOf(clusterName: string, provider: aws.Provider): Promise<Groups> {
  const { names } = await aws.eks.getNodeGroups({ clusterName }, { provider });
  const ours = names.filter((name) => SUFFIX.test(name)).sort();
  const groups = ours.map(async (nodeGroupName) => {
    const { scalingConfigs, version, releaseVersion } = await aws.eks.getNodeGroup(
      { clusterName, nodeGroupName },
      { provider },
    );
    const [scaling] = scalingConfigs;
    if (scaling === undefined) throw new Error(`EKS describes node group ${nodeGroupName} without a size`);
    const size = { min: scaling.minSize, desired: scaling.desiredSize, max: scaling.maxSize };
    return [nodeGroupName.replace(SUFFIX, ""), { size, version, releaseVersion }] as const;
  });
  return new Map(await Promise.all(groups));
}
