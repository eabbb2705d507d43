/** What joins a database's clusters in two regions; it belongs to neither of them. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ENGINE, LIFECYCLE } from "./parameters";

/** Arguments of {@link GlobalDatabase}. */
export interface GlobalDatabaseArgs {
  /** Name in AWS, which both clusters join by; never changed after creation. */
  readonly globalClusterIdentifier: string;
  /** Engine version of every member: they are upgraded through this one alone. */
  readonly engineVersion: string;
  /** Whether Pulumi and RDS refuse to delete it. */
  readonly protect: boolean;
  /** Tags. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Raw resources of {@link GlobalDatabase}. */
export interface GlobalDatabaseNodes {
  /** The global cluster. */
  readonly globalCluster: aws.rds.GlobalCluster;
}

/**
 * An Aurora global database without a cluster yet: the first that joins it writes. It stands in a stack of its own kind, such as the
 * account's foundation: owned by a leg, it would be part of the state that is lost with that leg's region.
 *
 * @example
 * ```typescript
 * new GlobalDatabase(
 *   "global-prod",
 *   { globalClusterIdentifier: "fridayproof-prod", engineVersion: "17.5", protect: true },
 *   { providers: [provider] },
 * );
 * ```
 */
export class GlobalDatabase extends pulumi.ComponentResource {
  /** Its name, known once clusters may join. */
  public readonly globalClusterIdentifier: pulumi.Output<string>;

  readonly #nodes: GlobalDatabaseNodes;

  constructor(name: string, args: GlobalDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:data:GlobalDatabase", name, {}, opts);
    const globalCluster = new aws.rds.GlobalCluster(
      `${name}-cluster`,
      {
        globalClusterIdentifier: args.globalClusterIdentifier,
        engine: ENGINE,
        engineVersion: args.engineVersion,
        engineLifecycleSupport: LIFECYCLE,
        storageEncrypted: true,
        deletionProtection: args.protect,
        forceDestroy: false,
        tags: { ...args.tags, Name: `${name}-cluster` },
      },
      { parent: this, protect: args.protect },
    );
    this.#nodes = { globalCluster };
    this.globalClusterIdentifier = globalCluster.id;
    this.registerOutputs({ globalClusterIdentifier: this.globalClusterIdentifier });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): GlobalDatabaseNodes {
    return this.#nodes;
  }
}
