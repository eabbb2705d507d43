/** Minor versions of Kubernetes. */
import { numberOf } from "../../plans/values";
import type { Context } from "../core/condition";

/** Minors between two versions, such as 1 from 1.31 to 1.32; undefined where one is not known. */
export function minorsUp({ before, after }: Pick<Context, "before" | "after">): number | undefined {
  const minor = (value: unknown): number | undefined =>
    typeof value === "string" ? numberOf(/^v?\d+\.(\d+)/.exec(value)?.[1]) : undefined;
  const [old, next] = [minor(before), minor(after)];
  return old === undefined || next === undefined ? undefined : next - old;
}
