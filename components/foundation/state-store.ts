/** Where states are kept: one bucket per region, all under one key that exists in every region. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, throwProblems } from "../core/checks";
import { clusterLimits } from "../core/limits/cluster";
import { closedBucket, oldVersions } from "./closed-bucket";
import { stateBucketPolicy } from "./state-permissions";

/** One region of a {@link StateStore}. */
export interface StateRegion {
  /** Whose environments keep their states here. */
  readonly region: string;
  /** Provider of that region. */
  readonly provider: aws.Provider;
  /** Name of the region's bucket. */
  readonly bucket: string;
}

/** Arguments of {@link StateStore}. */
export interface StateStoreArgs {
  /** The first holds the key, the others hold its replicas. */
  readonly regions: readonly StateRegion[];
  /** Alias of the key in every region, with its `alias/` prefix. */
  readonly keyAlias: string;
  /** Pulumi's protection, and the refusal to delete a bucket or a state's version. */
  readonly protect: boolean;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Raw resources of {@link StateStore}. */
export interface StateStoreNodes {
  /** Key of each region, in the order of `regions`; those after the first are its replicas. */
  readonly keys: readonly (aws.kms.Key | aws.kms.ReplicaKey)[];
  /** Bucket of each region, in the same order. */
  readonly buckets: readonly aws.s3.Bucket[];
}

/**
 * Buckets, the multi-Region key and its aliases. A key of one region cannot be converted later, and a state whose key is
 * in the region that failed cannot be read.
 *
 * @example
 * ```typescript
 * new StateStore("state", {
 *   regions: [
 *     { region: "us-east-1", provider: east, bucket: "fridayproof-state-000000000000-us-east-1" },
 *     { region: "us-west-2", provider: west, bucket: "fridayproof-state-000000000000-us-west-2" },
 *   ],
 *   keyAlias: "alias/fridayproof-state",
 *   protect: true,
 * });
 * ```
 */
export class StateStore extends pulumi.ComponentResource {
  /** ARN of the key in each region, in the order of `regions`. */
  public readonly keyArns: pulumi.Output<string>[];
  /** Name of each region's bucket, known once its policy stands. */
  public readonly bucketNames: pulumi.Output<string>[];

  readonly #nodes: StateStoreNodes;

  /** @throws ProblemsError when there is no second region: states in one region are lost with it. */
  constructor(name: string, args: StateStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    const [home, ...others] = args.regions;
    const fix = "Name a region for the replica's states: they must be readable while the first one is down.";
    const problem: Problem = { path: "regions", got: args.regions.length, allowed: "two or more", fix };
    throwProblems(`StateStore "${name}"`, others.length === 0 ? [problem] : []);
    if (home === undefined) throw new Error("no region");
    super("fridayproof:foundation:StateStore", name, {}, opts);

    const first = this.key(name, args, home);
    const keys = [
      { ...home, key: first },
      ...others.map((other) => ({ ...other, key: this.replica(name, args, other, first) })),
    ];
    this.keyArns = keys.map(({ region, provider, key }) =>
      this.aliased(`${name}-alias-${region}`, args, provider, key),
    );
    const buckets = keys.map(({ region, provider, bucket, key }) =>
      closedBucket(
        `${name}-bucket-${region}`,
        {
          bucket,
          policy: stateBucketPolicy(bucket, args.protect),
          keyArn: key.arn,
          rules: [oldVersions],
          protect: args.protect,
          tags: args.tags,
        },
        { parent: this, provider },
      ),
    );
    this.bucketNames = buckets.map(({ bucketName }) => bucketName);
    this.#nodes = { keys: keys.map(({ key }) => key), buckets: buckets.map(({ bucket }) => bucket) };
    this.registerOutputs({ keyArns: this.keyArns, bucketNames: this.bucketNames });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): StateStoreNodes {
    return this.#nodes;
  }

  private key(name: string, { protect, tags }: StateStoreArgs, { region, provider }: StateRegion): aws.kms.Key {
    return new aws.kms.Key(
      `${name}-key-${region}`,
      {
        description: "States and the secrets in them",
        multiRegion: true,
        enableKeyRotation: true,
        rotationPeriodInDays: clusterLimits.kmsRotation.value,
        deletionWindowInDays: clusterLimits.kmsDeletionWindow.value,
        tags,
      },
      { parent: this, provider, protect },
    );
  }

  private replica(
    name: string,
    { protect, tags }: StateStoreArgs,
    { region, provider }: StateRegion,
    first: aws.kms.Key,
  ): aws.kms.ReplicaKey {
    return new aws.kms.ReplicaKey(
      `${name}-key-${region}`,
      {
        description: "States and the secrets in them",
        primaryKeyArn: first.arn,
        deletionWindowInDays: clusterLimits.kmsDeletionWindow.value,
        tags,
      },
      { parent: this, provider, protect },
    );
  }

  /** The key's ARN, known once its alias can be used. */
  private aliased(
    child: string,
    { keyAlias, protect }: StateStoreArgs,
    provider: aws.Provider,
    key: aws.kms.Key | aws.kms.ReplicaKey,
  ): pulumi.Output<string> {
    const alias = new aws.kms.Alias(
      child,
      { name: keyAlias, targetKeyId: key.keyId },
      { parent: this, provider, protect },
    );
    return alias.targetKeyArn;
  }
}
