/** Decides what must happen to one resource: pure, from old state, goal and the provider's diff. */
import type { Goal } from "../state/goal";
import type { ResourceState } from "../state/resource-state";
import { asReplace, NO_DIFF, type DiffKind, type DiffResult } from "../property/diff";
import { parsePath, pathsTouch, putBack } from "../property/paths";
import type { PropertyMap } from "../property/values";

/** What to do with a resource, and why. */
export interface Decision {
  readonly action: "create" | "same" | "update" | "replace";
  /** Only for `replace`: delete the old one before making the new one. */
  readonly deleteFirst: boolean;
  readonly diff: DiffResult;
}

/** The inputs with old values back at every ignoreChanges path; a new resource has none. */
export function applyIgnoreChanges(goal: Goal, old: ResourceState | undefined): PropertyMap {
  if (old === undefined) return goal.inputs;
  return goal.ignoreChanges.reduce((inputs, path) => putBack(old.inputs ?? {}, inputs, path), goal.inputs);
}

/** The diff with every change under a replaceOnChanges path turned into a replacement; only a path to a whole property is a reason. */
export function applyReplaceOnChanges(diff: DiffResult, paths: readonly string[]): DiffResult {
  if (paths.length === 0 || !diff.changes) return diff;
  const detailed: Record<string, DiffKind> = {};
  for (const [path, kind] of Object.entries(diff.detailed)) {
    detailed[path] = paths.some((pattern) => pathsTouch(pattern, path)) ? asReplace(kind) : kind;
  }
  const topLevel = paths.filter((path) => parsePath(path).length === 1);
  const reasons = diff.diffs.filter((property) => topLevel.some((pattern) => pathsTouch(pattern, property)));
  return { ...diff, detailed, replaces: [...new Set([...diff.replaces, ...reasons])] };
}

/**
 * The decision for a custom resource.
 * @param diff absent where nothing is known of the old one: then it is created.
 */
export function decide(goal: Goal, old: ResourceState | undefined, diff: DiffResult | undefined): Decision {
  // The old one is gone already: deleted first, by its own replacement or in the cascade of another's.
  if (old?.pendingReplacement === true) return { action: "replace", deleteFirst: true, diff: NO_DIFF };
  if (old === undefined || diff === undefined || old.external === true) {
    return { action: "create", deleteFirst: false, diff: NO_DIFF };
  }
  const full = applyReplaceOnChanges(diff, goal.replaceOnChanges);
  if (full.replaces.length > 0 || Object.values(full.detailed).some((kind) => kind.endsWith("-replace"))) {
    return { action: "replace", deleteFirst: goal.deleteBeforeReplace ?? full.deleteBeforeReplace, diff: full };
  }
  // A resource that never became ready is written again even when nothing changed (recording 14).
  const unready = (old.initErrors ?? []).length > 0;
  return { action: full.changes || unready ? "update" : "same", deleteFirst: false, diff: full };
}

/** Refuses to replace what is protected, in the real engine's words. */
export function protectedReplaceMessage(urn: string): string {
  return (
    `unable to replace resource "${urn}"\nas it is currently marked for protection. ` +
    "To unprotect the resource, remove the `protect` flag from the resource in your Pulumi " +
    "program and run `pulumi up`"
  );
}

/** Refuses to delete what is protected, in the real engine's words. */
export function protectedDeleteMessage(urn: string): string {
  return (
    `resource "${urn}" cannot be deleted\nbecause it is protected. ` +
    "To unprotect the resource, either remove the `protect` flag from the resource in your Pulumi program and run " +
    "`pulumi up`, or use the command:\n`pulumi state unprotect '" +
    urn +
    "'`"
  );
}
