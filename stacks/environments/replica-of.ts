/** Production again in another region: everything that is not named here is equal by construction. */
import type { EnvironmentInput } from "./schema";

/** What a replica has of its own, whatever its mode. */
interface Own {
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
 * What a replica is in: `standby`, small, and no application runs; `scaled`, as large as the primary with every application, and
 * without traffic; `open`, which serves when Route 53 finds the primary unhealthy.
 */
export type ReplicaState = "standby" | "scaled" | "open";

/** Nothing stands until the day on which it is brought up whole. */
interface Cold extends Own {
  readonly mode: "cold";
  readonly state: Exclude<ReplicaState, "standby">;
}

/** All that takes long or is written through us-east-1 stands already (`stacks/environments/pilot.ts`). */
interface Pilot extends Own {
  readonly mode: "pilot";
  readonly state: ReplicaState;
  /** Nodes that stand by, by pool; the others keep the primary's number. With none in the system pool nothing runs. */
  readonly standingNodes: Readonly<Record<string, number>>;
}

/** What a replica has of its own. */
export type ReplicaChoice = Cold | Pilot;

function standbyOf(choice: ReplicaChoice): Pick<EnvironmentInput, "standby"> {
  if (choice.state === "standby") return { standby: { applications: "none", nodes: { ...choice.standingNodes } } };
  return choice.state === "scaled" ? { standby: { applications: "deployed" } } : {};
}

function copiesTo({ copyRegion }: NonNullable<EnvironmentInput["database"]>, region: string) {
  return copyRegion === undefined ? {} : { copyRegion: region };
}

/**
 * The replica of an environment. It follows the primary's folder in Git and reads copies of the primary's secrets, which keep
 * their names: a folder or secrets of its own would be another production.
 */
export function replicaOf(primary: EnvironmentInput, choice: ReplicaChoice): EnvironmentInput {
  // What is half gone in one region was never made in the other, and of a pair one leg serves.
  const { retiringZones: _gone, standby: _fenced, database, ...same } = primary;
  const { region, cidr, zones, zoneId } = choice;
  return {
    ...same,
    // Once it is the one that is written, its copies lie where the primary was.
    ...(database === undefined ? {} : { database: { ...database, ...copiesTo(database, primary.region) } }),
    name: "replica",
    role: "replica",
    follows: primary.name,
    ...standbyOf(choice),
    region,
    cidr,
    zoneId,
    zones: [...zones],
    controlPlaneZones: [...zones],
  };
}
