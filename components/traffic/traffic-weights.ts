/** The listener rule whose weights count: it shares all traffic between the blue and the green target group. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Problem, throwProblems } from "../core/checks";
import { weightLimits } from "../core/limits/weights";
import { colors, forwardAction, type PerColor, weightProblems, type Weights } from "./weights";

/** Arguments of {@link TrafficWeights}. */
export interface TrafficWeightsArgs {
  /** The HTTPS listener, as FrontDoor gives it. */
  readonly listenerArn: pulumi.Input<string>;
  /** Target group of the slot blue. */
  readonly blueTargetGroupArn: pulumi.Input<string>;
  /** Target group of the slot green. */
  readonly greenTargetGroupArn: pulumi.Input<string>;
  /** Share of the traffic of `blue` and of `green`, together 100. @unit percent */
  readonly weights: Weights;
  /** What puts targets into each colour's group: its gateway's release. Needed for every colour with a weight above 0. */
  readonly gateways: Partial<PerColor<pulumi.Resource>>;
  /** Pulumi's protection on the rule. False only while the environment is torn down. */
  readonly protect: boolean;
  /** Tags of the rule. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Everything wrong with the arguments; empty when no traffic can go to a group that nothing fills. */
function problemsOf({ weights, gateways }: TrafficWeightsArgs): readonly Problem[] {
  const unfilled = colors.filter((color) => weights[color] > 0 && gateways[color] === undefined);
  return [
    ...weightProblems(weights),
    ...unfilled.map((color) => ({
      path: `weights.${color}`,
      got: weights[color],
      allowed: `0, because there is no gateways.${color}`,
      fix: "Pass the release of the slot's gateway: its target group is empty, and its share would get 503.",
    })),
  ];
}

/** Raw resources of {@link TrafficWeights}. */
export interface TrafficWeightsNodes {
  /** The listener's rule for all paths. */
  readonly rule: aws.lb.ListenerRule;
}

/**
 * One rule for all paths. It is made and changed only after the gateway of every colour that gets traffic, and a colour
 * that loses its weight loses it before anything of its gateway goes: deletions come after all updates.
 *
 * @example
 * ```typescript
 * new TrafficWeights(
 *   "front-door-weights",
 *   {
 *     listenerArn: door.listenerArn,
 *     blueTargetGroupArn: door.blueTargetGroupArn,
 *     greenTargetGroupArn: door.greenTargetGroupArn,
 *     weights: { blue: 100, green: 0 },
 *     gateways: { blue: blue.release },
 *     protect: true,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class TrafficWeights extends pulumi.ComponentResource {
  /** The weights, known once the listener's rule carries them. */
  public readonly weights: pulumi.Output<Weights>;

  readonly #nodes: TrafficWeightsNodes;

  /** @throws Error when the weights are not percents of 100, or a colour gets traffic and has no gateway. */
  constructor(name: string, args: TrafficWeightsArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`TrafficWeights "${name}"`, problemsOf(args));
    super("fridayproof:traffic:TrafficWeights", name, {}, opts);

    const { weights, gateways } = args;
    const rule = new aws.lb.ListenerRule(
      `${name}-rule`,
      {
        listenerArn: args.listenerArn,
        priority: weightLimits.weightsRulePriority.value,
        conditions: [{ pathPattern: { values: ["*"] } }],
        actions: [forwardAction(weights, { blue: args.blueTargetGroupArn, green: args.greenTargetGroupArn })],
        tags: { ...args.tags, Name: name },
      },
      {
        parent: this,
        protect: args.protect,
        dependsOn: colors.flatMap((color) => (weights[color] > 0 ? (gateways[color] ?? []) : [])),
      },
    );
    this.#nodes = { rule };
    this.weights = rule.id.apply(() => weights);
    this.registerOutputs({ weights: this.weights });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): TrafficWeightsNodes {
    return this.#nodes;
  }
}
