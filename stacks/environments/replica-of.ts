/** Derives a replica of production in another region: every setting that is not overridden here is the primary's. */
import type { EnvironmentInput } from "./schema";

/** A replica's own settings in every state. */
interface Own {
  /** A region other than the primary's: an outage of the primary's region would affect both. */
  readonly region: string;
  /** The VPC's block, outside of every other environment's. */
  readonly cidr: string;
  /** Zone ids of the region, as many as the primary has. */
  readonly zones: readonly string[];
  /**
   * Id of the domain's hosted zone. A lookup is a call of Route 53's control plane, which is in us-east-1 and
   * may be unavailable during a failover.
   */
  readonly zoneId: string;
}

/**
 * What a replica is in: `standby`, small, and no application runs; `scaled`, as large as the primary with every application, and
 * without traffic; `open`, which serves when Route 53 finds the primary unhealthy.
 */
export type ReplicaState = "standby" | "scaled" | "open";

/** No resource exists until the whole replica is created during a failover. */
interface Cold extends Own {
  readonly mode: "cold";
  readonly state: Exclude<ReplicaState, "standby">;
}

/** Resources that are slow to create, or created through us-east-1, exist already (`stacks/environments/pilot.ts`). */
interface Pilot extends Own {
  readonly mode: "pilot";
  readonly state: ReplicaState;
  /** Nodes in standby, by pool. Other pools have the primary's number. Without nodes in the system pool no pod runs. */
  readonly standingNodes: Readonly<Record<string, number>>;
}

/** A replica's own settings. */
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
 * their names: with its own folder or secrets it would be another production environment.
 */
export function replicaOf(primary: EnvironmentInput, choice: ReplicaChoice): EnvironmentInput {
  // `retiringZones` and `standby` describe the primary's own zones and state. The replica never had those zones.
  const { retiringZones: _gone, standby: _fenced, database, ...same } = primary;
  const { region, cidr, zones, zoneId } = choice;
  return {
    ...same,
    // After a promotion this database has the writer, and its copies are in the former primary's region.
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
