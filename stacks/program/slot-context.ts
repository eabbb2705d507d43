/** What a slot is made from, and its cluster as what runs on it needs it. */
import type { Cluster, NodeAddons, NodePool } from "@fridayproof/components/cluster";
import type { LiveNodeGroup } from "@fridayproof/components/plan";
import type * as eks from "@pulumi/eks";
import type * as pulumi from "@pulumi/pulumi";
import type * as random from "@pulumi/random";
import type { EnvironmentContext } from "./context";
import type { Color } from "../environments/schema";
import type { ClusterVersions } from "../inputs/lock";
import type { FlagPolicies } from "./feature-flags";

/** Everything that a slot is made from. Its `protect` is its own: a retiring slot is not protected. */
export interface SlotContext extends EnvironmentContext {
  readonly color: Color;
  /** Kubernetes version of this generation, as in "1.35". */
  readonly kubernetesVersion: string;
  /** Kubernetes version of its nodes. @default the generation's */
  readonly nodesVersion?: string;
  /** The slot's node groups that there are, by their names in the program. */
  readonly live: ReadonlyMap<string, LiveNodeGroup>;
  /** Instance type of each of its pools as the last update left it. */
  readonly standingTypes: Readonly<Record<string, string>>;
  /** The next update deletes this slot: protection and retention are off. */
  readonly retiring: boolean;
  /** The colour's own target group, known once the listener names it. */
  readonly targetGroupArn: pulumi.Input<string>;
  /** Security group of the load balancer. */
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  /** What the pods of each application with flags may read. */
  readonly flagPolicies: FlagPolicies;
  readonly eksProvider: eks.Provider;
  readonly randomProvider: random.Provider;
}

/** The slot's cluster, as what runs on it needs it. */
export interface SlotCluster {
  readonly cluster: Cluster;
  /** The cluster's name as text. */
  readonly clusterName: string;
  readonly versions: ClusterVersions;
  /** The system pool. */
  readonly nodes: NodePool;
  /** All of its pools. */
  readonly pools: readonly NodePool[];
  /** Name resolution for pods. */
  readonly nodeAddons: NodeAddons;
}
