/** How the listener's traffic is shared between the blue and the green target group. */
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../core/checks";
import { weightLimits } from "../core/limits/weights";

/** The two cluster slots, always in this order in the listener's action: a swap of places would read as a change. */
export const colors = ["blue", "green"] as const;

/** One of the two cluster slots. */
export type Color = (typeof colors)[number];

/** Something there is one of per colour. */
export type PerColor<T> = Readonly<Record<Color, T>>;

/** Percent of traffic per colour; together 100. */
export type Weights = PerColor<number>;

/** Everything wrong with `weights`, empty when the listener can use them. */
export function weightProblems(weights: Weights): readonly Problem[] {
  const total = weightLimits.weightTotal.value;
  const problems: Problem[] = [];
  for (const key of Object.keys(weights)) {
    if (!colors.some((color) => color === key)) {
      problems.push({
        path: `weights.${key}`,
        got: weights[key as Color],
        allowed: colors.join(" or "),
        fix: "Use the colours of the two slots.",
      });
    }
  }
  for (const color of colors) {
    const weight: number | undefined = weights[color];
    if (!Number.isInteger(weight) || weight < 0 || weight > total) {
      problems.push({
        path: `weights.${color}`,
        got: weight,
        allowed: `a whole number from 0 to ${total}`,
        fix: "Give percent of the traffic, 0 for a slot that takes none.",
      });
    }
  }
  const sum = weights.blue + weights.green;
  if (problems.length === 0 && sum !== total) {
    problems.push({
      path: "weights",
      got: sum,
      allowed: `weights that sum to ${total}`,
      fix: "Raise or lower one of the two.",
    });
  }
  return problems;
}

/** What a listener's default action and a rule's action are alike. */
export interface ForwardAction {
  readonly type: "forward";
  readonly forward: {
    readonly targetGroups: { arn: pulumi.Input<string>; weight: number }[];
    readonly stickiness: { enabled: boolean; duration: number };
  };
}

/**
 * The forward action of the listener and of its rule. It names both groups even at weight 0: pods behind a group that
 * no action names never pass their readiness gate, and AWS checks the health only of groups in use.
 */
export function forwardAction(weights: Weights, targetGroupArns: PerColor<pulumi.Input<string>>): ForwardAction {
  return {
    type: "forward",
    forward: {
      targetGroups: colors.map((color) => ({ arn: targetGroupArns[color], weight: weights[color] })),
      stickiness: {
        // Only while both take traffic: without it a session would flap between the two clusters.
        enabled: colors.every((color) => weights[color] > 0),
        duration: weightLimits.stickiness.value,
      },
    },
  };
}
