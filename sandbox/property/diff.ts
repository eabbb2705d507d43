/** Leaf-by-leaf comparison of inputs: shared by the simulated providers and by the engine itself. */
import { joinPath, parsePath } from "./paths";
import { equal, isObject, isSecret, type PropertyMap, type Value } from "./values";

/** What a property's change is: the wire's PropertyDiff kinds. */
export type DiffKind = "add" | "delete" | "update" | "add-replace" | "delete-replace" | "update-replace";

/** What differs between the last inputs and the new ones. */
export interface DiffResult {
  /** Whether anything differs. */
  readonly changes: boolean;
  /** Top-level properties that differ. */
  readonly diffs: readonly string[];
  /** Top-level properties whose change forces a replacement. */
  readonly replaces: readonly string[];
  /** Path of each changed leaf, such as `tags.Name` or `ingress[0].fromPort`. */
  readonly detailed: Readonly<Record<string, DiffKind>>;
  /** Whether the old one must go before the new one can exist (a name that both would need). */
  readonly deleteBeforeReplace: boolean;
}

/** Nothing differs. */
export const NO_DIFF: DiffResult = {
  changes: false,
  diffs: [],
  replaces: [],
  detailed: {},
  deleteBeforeReplace: false,
};

/** Paths of all leaves that differ; members starting with `__` are bookkeeping and never differ. */
export function changedPaths(olds: PropertyMap, news: PropertyMap): Record<string, DiffKind> {
  const changes: Record<string, DiffKind> = {};
  collect("", olds, news, changes);
  return changes;
}

function collect(
  path: string,
  old: Value | undefined,
  now: Value | undefined,
  changes: Record<string, DiffKind>,
): void {
  if (equal(old, now)) return;
  if (isObject(old) && isObject(now) && !isSecret(old) && !isSecret(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      if (!key.startsWith("__")) collect(joinPath(path, key), old[key], now[key], changes);
    }
  } else if (Array.isArray(old) && Array.isArray(now)) {
    for (let index = 0; index < Math.max(old.length, now.length); index++) {
      collect(joinPath(path, index), (old as Value[])[index], (now as Value[])[index], changes);
    }
  } else changes[path] = old === undefined ? "add" : now === undefined ? "delete" : "update";
}

/** The top-level properties of paths, in order of first appearance. */
export function topLevel(paths: Iterable<string>): string[] {
  return [...new Set([...paths].map((path) => String(parsePath(path)[0] ?? path)))];
}

/** The same kind of change, as one that forces a replacement. */
export function asReplace(kind: DiffKind): DiffKind {
  return kind.endsWith("-replace") ? kind : (`${kind}-replace` as DiffKind);
}

/**
 * The whole result of Diff from two sets of inputs.
 * @param forcesReplacement whether a change at this path cannot be made in place.
 */
export function diffInputs(
  olds: PropertyMap,
  news: PropertyMap,
  forcesReplacement: (path: string) => boolean,
): DiffResult {
  const changed = changedPaths(olds, news);
  const detailed: Record<string, DiffKind> = {};
  for (const [path, kind] of Object.entries(changed)) detailed[path] = forcesReplacement(path) ? asReplace(kind) : kind;
  const replacing = Object.keys(detailed).filter((path) => detailed[path]?.endsWith("-replace"));
  const diffs = topLevel(Object.keys(detailed));
  return { changes: diffs.length > 0, diffs, replaces: topLevel(replacing), detailed, deleteBeforeReplace: false };
}
