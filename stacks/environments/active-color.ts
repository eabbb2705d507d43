/** The cluster of an environment that runs singleton jobs and migrations. */
import type { Color, EnvironmentInput } from "./schema";

/** The colour with the higher traffic weight; blue if both are equal. Always exactly one. */
export function activeColor({ weights }: Pick<EnvironmentInput, "weights">): Color {
  return weights.green > weights.blue ? "green" : "blue";
}
