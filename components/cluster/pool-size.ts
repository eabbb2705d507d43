/** How many nodes: of a pool, of its node group in each zone, and what an update may send while an autoscaler owns the rest. */
import type { Problem } from "../core/checks";
import { clusterLimits } from "../core/limits/cluster";
import { inSeconds } from "../core/units";

/** How many nodes. */
export interface NodePoolSize {
  /** Fewest nodes, at least two, because one may be away; in a pool that stands by down to none. @unit nodes */
  readonly min: number;
  /** At creation only, then the autoscaler decides; in a pool that stands by, with each update. @unit nodes */
  readonly desired: number;
  /** Most nodes that the autoscaler may have. @unit nodes */
  readonly max: number;
}

/** A node group as EKS describes it now. */
export interface LiveNodeGroup {
  readonly size: NodePoolSize;
  /** Kubernetes minor of its nodes. */
  readonly version: string;
  /** AMI release of its nodes. */
  readonly releaseVersion: string;
}

/** What is declared of a node group's size. */
export interface Scaling {
  readonly size: NodePoolSize;
  /** Whether the engine keeps the desired size that it sent last: true unless this run changes the bounds. */
  readonly keepsDesired: boolean;
  /** Whether the bounds wait for the next run, because this one replaces the nodes. */
  readonly waits: boolean;
}

/** How long an update of a node group may take, as Pulumi's custom timeouts spell it: its nodes leave one after another. */
export function rollTimeout({ max }: NodePoolSize): string {
  const { nodeRoll, nodesUpdate } = clusterLimits;
  return `${Math.max(inSeconds(nodesUpdate), max * inSeconds(nodeRoll))}s`;
}

/** What is the same about every pool of a cluster. */
export interface PoolDuty {
  /** Whether nobody is served by its nodes: there may be fewer then, down to none. @default false */
  readonly standsBy?: boolean;
}

/** Everything that is wrong with a pool's size; empty when nothing is. */
export function nodePoolSizeProblems(path: string, size: NodePoolSize, { standsBy = false }: PoolDuty = {}): Problem[] {
  const { nodesAtLeast, nodesAtMost } = clusterLimits;
  const least = standsBy ? 0 : nodesAtLeast.value;
  const { min, desired, max } = size;
  const areIntegers = [min, desired, max].every(Number.isInteger);
  if (areIntegers && min >= least && min <= desired && desired <= max && max <= nodesAtMost.value) return [];
  return [
    {
      path,
      got: size,
      allowed: `whole numbers with ${least} <= min <= desired <= max <= ${nodesAtMost.value}`,
      fix: "Order the three; a pool of one node is down while that node is replaced.",
    },
  ];
}

/**
 * What is wrong with dividing a size among so many zones: a group without a single node is refused by the provider
 * (terraform-provider-aws internal/service/eks/node_group.go, max_size IntAtLeast(1)) and by EKS
 * (https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html).
 */
export function zoneShareProblems(path: string, { max }: NodePoolSize, zones: number): Problem[] {
  if (max >= zones) return [];
  const fix = "Raise max: each zone has a node group of its own, and EKS takes none that may have no node.";
  return [{ path: `${path}.max`, got: max, allowed: `${zones} or more, one for each zone`, fix }];
}

/**
 * Each zone's part of a pool's size. The parts add up exactly, differ by one at most, and the first zones get what is
 * left over; so a zone at the end takes from the others and adds to none.
 * @param zones in an order that does not change, such as that of `zoneOrder`; at least one.
 */
export function splitSize(size: NodePoolSize, zones: readonly string[]): ReadonlyMap<string, NodePoolSize> {
  const part = (total: number, index: number): number => Math.floor((total + zones.length - 1 - index) / zones.length);
  const parts = zones.map((zone, index) => {
    const { min, desired, max } = size;
    return [zone, { min: part(min, index), desired: part(desired, index), max: part(max, index) }] as const;
  });
  return new Map(parts);
}

/**
 * What to declare of a node group. The provider sends all three numbers as soon as one differs
 * (terraform-provider-aws internal/service/eks/node_group.go, resourceNodeGroupUpdate), and EKS takes nodes away, or
 * refuses, if the desired one is below what runs. So a change of the bounds carries the desired size of now and no
 * upper bound below it; the next run lowers that once the autoscaler has moved. While the nodes themselves are
 * replaced, which takes hours, the bounds stay: the number would be old by then.
 * @param share the zone's part of the pool.
 * @param live undefined while there is no such node group.
 * @param standsBy nobody is served, so that nodes may go: the size is sent as it is declared, and what an autoscaler made of it
 * does not count.
 */
export function scalingOf(
  share: NodePoolSize,
  live: LiveNodeGroup | undefined,
  { rolls, standsBy = false }: PoolDuty & { readonly rolls: boolean },
): Scaling {
  if (live === undefined) return { size: share, keepsDesired: true, waits: false };
  const { size: now } = live;
  const size = standsBy
    ? share
    : { min: share.min, desired: Math.max(share.min, now.desired), max: Math.max(share.max, now.desired) };
  const isSame = size.min === now.min && size.max === now.max && (!standsBy || size.desired === now.desired);
  return rolls || isSame
    ? { size: now, keepsDesired: true, waits: !isSame }
    : { size, keepsDesired: false, waits: false };
}
