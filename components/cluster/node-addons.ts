/** The EKS add-ons that need nodes: installed before any exist, they wait until they fail. */
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterAddon } from "./addon";
import { POOL_LABEL } from "./node-pool";

/** Arguments of {@link NodeAddons}. */
export interface NodeAddonsArgs {
  /** The cluster's name, known once pods have a network: `Cluster.clusterNameForPods`. */
  readonly clusterName: pulumi.Input<string>;
  /** Name of the pool whose nodes run the add-ons. */
  readonly pool: string;
  /** That pool: an edge only, because a value of its would replace the add-ons whenever the pool is replaced. */
  readonly nodes: pulumi.Resource;
  /** Exact version of each add-on, as EKS lists it for the Kubernetes minor. */
  readonly versions: {
    /** Resolves names for pods. */
    readonly coredns: string;
  };
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Raw resources of {@link NodeAddons}. */
export interface NodeAddonsNodes {
  /** CoreDNS. */
  readonly coredns: aws.eks.Addon;
}

/**
 * Name resolution for pods. Without it no pod finds another.
 *
 * @example
 * ```typescript
 * const { addons: versions } = clusterVersions(readLock(), "1.35");
 * new NodeAddons(
 *   "blue-addons",
 *   { clusterName: cluster.clusterNameForPods, pool: "system", nodes, versions },
 *   { providers: [provider] },
 * );
 * ```
 */
export class NodeAddons extends pulumi.ComponentResource {
  /** Name of the cluster, known once its pods can resolve names. */
  public readonly clusterName: pulumi.Output<string>;

  readonly #nodes: NodeAddonsNodes;

  constructor(name: string, args: NodeAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:cluster:NodeAddons", name, {}, opts);

    const coredns = clusterAddon(
      `${name}-coredns`,
      {
        clusterName: args.clusterName,
        addon: "coredns",
        version: args.versions.coredns,
        settings: {
          nodeSelector: { [POOL_LABEL]: args.pool },
          tolerations: [{ key: POOL_LABEL, operator: "Exists" }],
        },
        tags: args.tags,
      },
      { parent: this, dependsOn: [args.nodes] },
    );

    this.#nodes = { coredns };
    this.clusterName = coredns.clusterName;
    this.registerOutputs({ clusterName: this.clusterName });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): NodeAddonsNodes {
    return this.#nodes;
  }
}
