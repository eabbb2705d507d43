/** Compares two property maps into differences: lists by identity, texts that hold documents as documents, secrets closed. */
import {
  equal,
  hasUnknown,
  isObject,
  isSecret,
  plain,
  UNKNOWN,
  type PropertyMap,
  type Value,
} from "../../property/values";
import type { Difference, Side, TextLine } from "./difference";
import { documentsOf, leavesOf } from "./document";
import { identityOf, laterIdentityOf, pairAlike, pairBy, type Paired } from "./identity";
import type { DifferencePath } from "./path";
import { edits } from "./sequence";
import { isSet } from "./sets";

/** Where the comparison stands. */
interface Location {
  readonly type: string;
  readonly path: DifferencePath;
  /** Steps before the document that is being compared; undefined outside of one. */
  readonly documentAt?: number;
}

/** Everything that differs in a resource's inputs, in the order of the new ones. Bookkeeping (`__defaults`) is left out. */
export function compare(type: string, old: PropertyMap, now: PropertyMap): Difference[] {
  return compareMembers({ type, path: [] }, old, now);
}

const below = (location: Location, step: DifferencePath[number]): Location => ({
  ...location,
  path: [...location.path, step],
});

function compareMembers(location: Location, old: PropertyMap, now: PropertyMap): Difference[] {
  const keys = new Set([...Object.keys(now), ...Object.keys(old)]);
  return [...keys]
    .filter((key) => location.path.length > 0 || !key.startsWith("__"))
    .flatMap((key) => compareValues(below(location, key), old[key], now[key]));
}

function compareValues(location: Location, old: Side, now: Side): Difference[] {
  const { path } = location;
  if (equal(old, now)) return [];
  if (isSecret(old) || isSecret(now)) return [{ kind: "secret", path, state: secretState(old, now) }];
  if (isHelmValues(location) && isObject(old) && isObject(now)) {
    const inner = compareMembers({ ...location, documentAt: path.length }, old, now);
    return [{ kind: "document", path, inner, leaves: leavesOf(now) }];
  }
  if (isObject(old ?? now) && isObject(now ?? old) && (isFilled(old) || isFilled(now)))
    return compareMembers(location, (old ?? {}) as PropertyMap, (now ?? {}) as PropertyMap);
  if (Array.isArray(old ?? now) && Array.isArray(now ?? old) && (isFilled(old) || isFilled(now)))
    return compareLists(location, (old ?? []) as readonly Value[], (now ?? []) as readonly Value[]);
  if (typeof old === "string" && typeof now === "string") return compareTexts(location, old, now);
  return [{ kind: "leaf", path, old, now }];
}

/** The values of a chart: a document of hundreds of leaves of which few change. */
const isHelmValues = ({ type, path }: Location): boolean =>
  type === "kubernetes:helm.sh/v3:Release" && path.length === 1 && path[0] === "values";

/** An empty object or list that comes or goes is a leaf: there is nothing inside to show. */
const isFilled = (value: Side): boolean =>
  Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0;

function secretState(old: Side, now: Side): "differs" | "not compared" | "sealed" | "exposed" | "added" | "removed" {
  if (old === undefined) return "added";
  if (now === undefined) return "removed";
  if (hasUnknown(old) || hasUnknown(now)) return "not compared";
  if (!equal(plain(old), plain(now))) return "differs";
  return isSecret(now) ? "sealed" : "exposed";
}

function compareTexts(location: Location, old: string, now: string): Difference[] {
  const { path } = location;
  if (old === UNKNOWN || now === UNKNOWN) return [{ kind: "leaf", path, old, now }];
  const documents = documentsOf(old, now);
  if (documents !== undefined && location.documentAt === undefined) {
    const documentLocation = { ...location, documentAt: path.length };
    const inner = compareValues(documentLocation, documents.old, documents.now);
    return [{ kind: "document", path, inner, leaves: leavesOf(documents.now) }];
  }
  // A document inside of another, as an annotation among Helm values: its leaves stand among those of the outer one.
  const nested = documents === undefined ? [] : compareValues(location, documents.old, documents.now);
  if (nested.length > 0) return nested;
  if (!old.includes("\n") && !now.includes("\n")) return [{ kind: "leaf", path, old, now }];
  const lines = edits(old.split("\n"), now.split("\n"), Object.is);
  return [{ kind: "text", path, lines: lines.map(({ sign, item }): TextLine => ({ sign, text: item })) }];
}

function compareLists(location: Location, old: readonly Value[], now: readonly Value[]): Difference[] {
  const { type, path, documentAt } = location;
  const isUnordered = isSet(type, path.slice(documentAt ?? 0), documentAt !== undefined);
  const met = meet(old, now, isUnordered);
  const changed = met.pairs.filter((pair) => !equal(pair.old, pair.now));
  const equalCount = now.length - met.added.length - changed.length;
  const result: Difference[] = [];
  if (met.removed.length + met.added.length > 0)
    result.push({ kind: "list", path, removed: met.removed, added: met.added, equal: equalCount });
  else if (met.isReordered && !isUnordered) result.push({ kind: "order", path, equal: now.length });
  return [...result, ...changed.flatMap((pair) => compareValues(below(location, pair.step), pair.old, pair.now))];
}

/** Which elements of two lists belong together. */
function meet(old: readonly Value[], now: readonly Value[], isUnordered: boolean): Paired {
  const identity = identityOf(old, now) ?? laterIdentityOf(old, now);
  if (identity !== undefined) return pairBy(identity, old, now);
  const first = old[0];
  const second = now[0];
  // A list of one is what APIs wrap a single object in.
  if (old.length === 1 && now.length === 1 && isObject(first) && isObject(second))
    return { pairs: [{ step: 0, old: first, now: second }], removed: [], added: [], isReordered: false };
  const ordered = isUnordered ? asSets(old, now) : edits(old, now, equal);
  const removed = ordered.filter(({ sign }) => sign === "-").map(({ item }) => item);
  const added = ordered.filter(({ sign }) => sign === "+").map(({ item }) => item);
  if (removed.length === added.length && asSets(removed, added).every(({ sign }) => sign === " "))
    return { pairs: [], removed: [], added: [], isReordered: removed.length > 0 };
  return pairAlike(removed, added);
}

/** The elements on one side only, however they are ordered. */
function asSets(
  old: readonly Value[],
  now: readonly Value[],
): { readonly sign: "-" | "+" | " "; readonly item: Value }[] {
  const left = [...now];
  const before = old.map((item) => {
    const at = left.findIndex((other) => equal(item, other));
    if (at < 0) return { sign: "-" as const, item };
    left.splice(at, 1);
    return { sign: " " as const, item };
  });
  return [...before, ...left.map((item) => ({ sign: "+" as const, item }))];
}
