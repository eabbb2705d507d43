/** Which of the clusters that serve together runs what must run once. */
import type { Color, EnvironmentInput } from "./schema";

/** The colour with more traffic, blue where both have the same: always exactly one. */
export function activeColor({ weights }: Pick<EnvironmentInput, "weights">): Color {
  return weights.green > weights.blue ? "green" : "blue";
}
