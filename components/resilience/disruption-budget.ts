/** A PodDisruptionBudget that can always be drained. */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { throwProblems } from "../core/checks";
import { budgetSpec, drainProblems, type PodCount } from "../core/drain";

/** Arguments of {@link DisruptionBudget}. */
export interface DisruptionBudgetArgs {
  /** Namespace of the workload. */
  readonly namespace: pulumi.Input<string>;
  /** Labels of the workload's pods; at least one. */
  readonly selector: Readonly<Record<string, string>>;
  /**
   * Least number of pods that there will be: the replicas, or `minReplicas` where an autoscaler sets them.
   * @unit pods
   */
  readonly leastReplicas: number;
  /**
   * Pods that must stay: a number, or a share such as `"50%"`, rounded up. Not together with `maxUnavailable`.
   * @unit pods, or percent of them
   * @default none: `maxUnavailable` is needed
   */
  readonly minAvailable?: PodCount;
  /**
   * Pods that may be gone: a number, or a share such as `"25%"`, rounded up. Not together with `minAvailable`.
   * @unit pods, or percent of them
   * @default none: `minAvailable` is needed
   */
  readonly maxUnavailable?: PodCount;
}

/** Raw resources of {@link DisruptionBudget}. */
export interface DisruptionBudgetNodes {
  /** The budget. */
  readonly budget: kubernetes.policy.v1.PodDisruptionBudget;
}

/**
 * One PodDisruptionBudget. Pods that are not ready may always be evicted, or a crash loop would hold the drain of its
 * node, and with it the node group's upgrade.
 *
 * @example
 * ```typescript
 * new DisruptionBudget(
 *   "shop",
 *   { namespace, selector: { "app.kubernetes.io/name": "shop" }, leastReplicas: 3, maxUnavailable: 1 },
 *   { providers: [inside] },
 * );
 * ```
 */
export class DisruptionBudget extends pulumi.ComponentResource {
  /** Name of the budget in its namespace. */
  public readonly budgetName: pulumi.Output<string>;

  readonly #nodes: DisruptionBudgetNodes;

  /** @throws Error listing every reason why this budget could not be applied or could never let a pod go. */
  constructor(name: string, args: DisruptionBudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`DisruptionBudget "${name}"`, drainProblems(args));
    super("fridayproof:resilience:DisruptionBudget", name, {}, opts);

    const budget = new kubernetes.policy.v1.PodDisruptionBudget(
      `${name}-budget`,
      {
        metadata: { name, namespace: args.namespace },
        spec: budgetSpec(args),
      },
      { parent: this },
    );

    this.#nodes = { budget };
    this.budgetName = budget.metadata.name;
    this.registerOutputs({ budgetName: this.budgetName });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): DisruptionBudgetNodes {
    return this.#nodes;
  }
}
