/** PersistentVolumeClaims. */
import { type Conditions, type Context, degrades, type Outcome, unknown } from "../core/condition";

function claimChanges({ path, before, after, row }: Context): Outcome {
  if (!/storage/.test(path?.segments.at(-1) ?? "")) return unknown(row.when);
  const size = (value: unknown): number => Number.parseFloat(String(value));
  return size(after) < size(before)
    ? degrades(`the run fails: a claim cannot shrink. ${row.when}`)
    : degrades(`a larger claim, in place where the class allows it: ${row.when}`);
}

/** Conditions about volume claims. */
export const volumes: Conditions = {
  claimChanges,
};
