/** Production again in another region: everything that is not named here is equal by construction. */
import type { EnvironmentInput } from "./schema";

/** What a replica has of its own. */
export interface ReplicaChoice {
  /** Another one than the primary's: a copy in the same region is lost with it. */
  readonly region: string;
  /** The VPC's block, outside of every other environment's. */
  readonly cidr: string;
  /** Zone ids of the region, as many as the primary has. */
  readonly zones: readonly string[];
  /**
   * Id of the domain's hosted zone. A lookup is a call of Route 53's control plane, which stands in us-east-1: on the day on
   * which the replica counts, it may hang.
   */
  readonly zoneId: string;
}

/**
 * The replica of an environment, brought up whole on the day (cold). It follows the primary's folder in Git and reads copies of
 * the primary's secrets, which keep their names: a folder or secrets of its own would be another production.
 */
export function replicaOf(primary: EnvironmentInput, { region, cidr, zones, zoneId }: ReplicaChoice): EnvironmentInput {
  // What is half gone in one region was never made in the other.
  const { retiringZones: _gone, ...same } = primary;
  return {
    ...same,
    name: "replica",
    role: "replica",
    follows: primary.name,
    region,
    cidr,
    zoneId,
    zones: [...zones],
    controlPlaneZones: [...zones],
  };
}
