/** Where images and charts are kept: the same repositories in every region, each copied to all others. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { foundationLimits } from "../core/limits/foundation";

/** One region of an {@link ImageStore}. */
export interface ImageRegion {
  /** Where nodes pull from these repositories. */
  readonly region: string;
  /** Provider of that region. */
  readonly provider: aws.Provider;
}

/** Arguments of {@link ImageStore}. */
export interface ImageStoreArgs {
  /** Account number of twelve digits, the registry's id. */
  readonly account: string;
  /** Pushes may go to any; each copies to the others what was pushed to it. */
  readonly regions: readonly ImageRegion[];
  /** Repositories of our own images. */
  readonly applications: readonly string[];
  /** Repositories of charts and images that are copied from public registries. */
  readonly mirrors: readonly string[];
  /** What the names of all repositories begin with: only these are copied. */
  readonly prefix: string;
  /** True while the foundation is torn down: images go with their repositories, or ECR refuses. */
  readonly forceDelete: boolean;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

const { taggedImages, untaggedImages } = foundationLimits;

const untagged = {
  rulePriority: 1,
  description: "what a failed push left",
  selection: {
    tagStatus: "untagged",
    countType: "sinceImagePushed",
    countUnit: "days",
    countNumber: untaggedImages.value,
  },
  action: { type: "expire" },
};

/** ECR applies this rule last only if its number is the highest. */
const LAST = 100;

const tagged = {
  rulePriority: LAST,
  description: "releases that nothing runs any more",
  selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: taggedImages.value },
  action: { type: "expire" },
};

/** What ECR removes: remains of failed pushes, and of our own images all but the newest; mirrors stay whole. */
export function lifecycleDocument(kind: "application" | "mirror"): string {
  return JSON.stringify({ rules: kind === "application" ? [untagged, tagged] : [untagged] });
}

/** Raw resources of {@link ImageStore}. */
export interface ImageStoreNodes {
  /** Every repository: those of the first region, then those of the next. */
  readonly repositories: readonly aws.ecr.Repository[];
  /** What copies images to the other regions, of each region in the order of `regions`. */
  readonly replications: readonly aws.ecr.ReplicationConfiguration[];
}

/**
 * Repositories and replication, in both directions: while the first region is lost, fixes are pushed to another one, and
 * are replicated back afterwards. A replica of an image is not replicated again
 * (https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html), so there is no loop. ECR creates a missing
 * repository in the destination itself, with mutable tags and without scanning: so every repository is declared first.
 *
 * @example
 * ```typescript
 * new ImageStore("images", {
 *   account: "000000000000",
 *   regions: [
 *     { region: "us-east-1", provider: east },
 *     { region: "us-west-2", provider: west },
 *   ],
 *   applications: ["fridayproof/apps/shop"],
 *   mirrors: ["fridayproof/charts/argo-cd"],
 *   prefix: "fridayproof/",
 *   forceDelete: false,
 * });
 * ```
 */
export class ImageStore extends pulumi.ComponentResource {
  /** Id of the registry, which is the account; known once copies are made. */
  public readonly registryId: pulumi.Output<string>;

  readonly #nodes: ImageStoreNodes;

  /** Declares repositories in all regions, then replication from each. */
  constructor(name: string, args: ImageStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:foundation:ImageStore", name, {}, opts);

    const all = [
      ...args.applications.map((repository) => ({ repository, kind: "application" as const })),
      ...args.mirrors.map((repository) => ({ repository, kind: "mirror" as const })),
    ];
    const repositories = args.regions.flatMap(({ region, provider }) =>
      all.map(({ repository, kind }) => this.repository(name, args, { region, provider, repository, kind })),
    );
    const replications = args.regions.map((from, index) => this.replication(name, args, from, index, repositories));
    this.registryId = pulumi.all(replications.map(({ registryId }) => registryId)).apply(([first = ""]) => first);
    this.#nodes = { repositories, replications };
    this.registerOutputs({ registryId: this.registryId });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): ImageStoreNodes {
    return this.#nodes;
  }

  /** Copies from one region; the first one's has the name that it had when it was the only one. */
  private replication(
    name: string,
    { account, prefix, regions }: ImageStoreArgs,
    { region, provider }: ImageRegion,
    index: number,
    repositories: aws.ecr.Repository[],
  ): aws.ecr.ReplicationConfiguration {
    const others = regions.filter((other) => other.region !== region);
    const destinations = others.map((other) => ({ region: other.region, registryId: account }));
    return new aws.ecr.ReplicationConfiguration(
      index === 0 ? `${name}-replication` : `${name}-replication-${region}`,
      {
        replicationConfiguration: {
          rules: [{ destinations, repositoryFilters: [{ filter: prefix, filterType: "PREFIX_MATCH" }] }],
        },
      },
      { parent: this, provider, dependsOn: repositories },
    );
  }

  private repository(
    name: string,
    { forceDelete, prefix, tags }: ImageStoreArgs,
    each: ImageRegion & { readonly repository: string; readonly kind: "application" | "mirror" },
  ): aws.ecr.Repository {
    const child = `${name}-${each.region}-${each.repository.slice(prefix.length)}`;
    const opts = { parent: this, provider: each.provider };
    const repository = new aws.ecr.Repository(
      child,
      {
        name: each.repository,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS" }],
        forceDelete,
        tags,
      },
      opts,
    );
    new aws.ecr.LifecyclePolicy(
      `${child}-lifecycle`,
      { repository: repository.name, policy: lifecycleDocument(each.kind) },
      opts,
    );
    return repository;
  }
}
