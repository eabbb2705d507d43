/** Reads what `pulumi refresh --preview-only --json` writes: each resource as its state has it, and as it is. */
import { PlanError } from "../verdict/plans/plan-error";
import { objectOf } from "../verdict/plans/objects";
import type { Found } from "./drift";

/** @throws PlanError where the text is no such document, or one of a refresh that failed. */
export function foundIn(text: string): readonly Found[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new PlanError("this is not JSON: write it with `pulumi refresh --preview-only --json`.");
  }
  const { steps, diagnostics } = objectOf(document) ?? {};
  if (!Array.isArray(steps))
    throw new PlanError("it has no steps: write it with `pulumi refresh --preview-only --json`.");
  const errors = Array.isArray(diagnostics) ? diagnostics.filter((row) => objectOf(row)?.["severity"] === "error") : [];
  if (errors.length > 0)
    throw new PlanError(
      `the refresh failed, so what it found is only a part: ${String(objectOf(errors[0])?.["message"])}`,
    );
  return steps.flatMap((row): readonly Found[] => {
    const { op, urn, oldState, newState } = objectOf(row) ?? {};
    const [old, next] = [objectOf(oldState), objectOf(newState)];
    if (op !== "refresh" && op !== "delete" && op !== "update") return [];
    if (typeof urn !== "string" || old === undefined || typeof old["type"] !== "string" || old["custom"] !== true)
      return [];
    const [was, is] = [objectOf(old["inputs"]) ?? {}, next === undefined ? undefined : objectOf(next["inputs"])];
    if (next !== undefined && JSON.stringify(was) === JSON.stringify(is ?? {})) return [];
    const id = typeof old["id"] === "string" ? { id: old["id"] } : {};
    return [{ urn, ...id, type: old["type"], was, ...(next === undefined ? {} : { is: is ?? {} }) }];
  });
}
