/** Compares two versions of a resource's properties, with lists as sets. */
import type { ChangedPath } from "./change";
import { holdsUnknown, isAbsent, isMap, isUnknown, Secret, stemOf, type Values } from "./values";

/** Keys of list items: the first of these that each item has. */
const IDENTITIES = ["setIdentifier", "originId", "targetGroupArn", "arn", "name", "key", "id", "host", "path", "type"];

/** An absent value; `{}` is not absent: all pods in `podSelector: {}`, a volume in `emptyDir: {}`, all traffic in `egress: [{}]`. */
function isUnsaid(value: unknown): boolean {
  return isAbsent(value) && !isMap(value);
}

/** Canonical text of a value: order of keys and of sets does not count. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(",")}]`;
  if (isMap(value)) {
    const keys = Object.keys(value).filter((key) => !isUnsaid(value[key]));
    return `{${keys
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
      .sort()
      .join(",")}}`;
  }
  const document = typeof value === "string" ? documentIn(value) : undefined;
  if (document !== undefined) return canonical(document);
  return isUnknown(value) ? "unknown" : (JSON.stringify(value) ?? "null");
}

/** The map or list that a text holds as JSON, such as a policy; undefined for other texts. */
export function documentIn(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether nothing changes between the two, unknown values aside. */
export function areEqual(before: unknown, after: unknown): boolean {
  if (before === after && typeof before !== "object") return !isUnknown(before);
  if (holdsUnknown(before) || holdsUnknown(after)) return false;
  if (before instanceof Secret) return before.equals(after);
  if (isUnsaid(before) && isUnsaid(after)) return true;
  if (typeof before !== typeof after) return false;
  return canonical(before) === canonical(after);
}

function identityOf(item: unknown): string | undefined {
  if (!isMap(item)) return undefined;
  for (const identity of IDENTITIES) {
    const key = Object.keys(item).find((name) => stemOf(name) === stemOf(identity));
    if (key !== undefined && !isAbsent(item[key])) return `${identity} ${canonical(item[key])}`;
  }
  return undefined;
}

/** Pairs what is left of two lists: by what distinguishes items, then by place where as many are left on each side. */
function pairsOf(gone: unknown[], come: unknown[]): [unknown, unknown][] {
  const pairs: [unknown, unknown][] = [];
  for (const item of [...gone]) {
    const identity = identityOf(item);
    const same = come.filter((other) => identity !== undefined && identityOf(other) === identity);
    const [partner] = same;
    if (same.length !== 1 || partner === undefined) continue;
    pairs.push([item, partner]);
    gone.splice(gone.indexOf(item), 1);
    come.splice(come.indexOf(partner), 1);
  }
  if (gone.length === come.length)
    pairs.push(...gone.splice(0).map((item, index): [unknown, unknown] => [item, come[index]]));
  return pairs;
}

function listDifference(
  before: readonly unknown[],
  after: readonly unknown[],
  segments: readonly string[],
): ChangedPath[] {
  const come = [...after];
  const gone = before.filter((item) => {
    const at = come.findIndex((other) => areEqual(item, other));
    if (at >= 0) come.splice(at, 1);
    return at < 0;
  });
  const isOfMaps = [...gone, ...come].every((item) => isMap(item));
  const pairs = isOfMaps ? pairsOf(gone, come) : [];
  if (!isOfMaps) return gone.length + come.length === 0 ? [] : [{ segments, kind: "update", before, after }];
  const inner = pairs.flatMap(([old, next]) => difference(old as Values, next as Values, segments));
  return [
    ...inner,
    ...gone.map((item): ChangedPath => ({ segments, kind: "delete", before: item, after: undefined })),
    ...come.map((item): ChangedPath => ({ segments, kind: "add", before: undefined, after: item })),
  ];
}

function valueDifference(before: unknown, after: unknown, segments: readonly string[]): ChangedPath[] {
  if (areEqual(before, after)) return [];
  if (isMap(before) && isMap(after)) return difference(before, after, segments);
  // A list of one is how Terraform writes a block: its members are what changes, also where the block is new.
  const block = (value: unknown): Values | undefined =>
    isUnsaid(value)
      ? {}
      : Array.isArray(value) && value.length === 1 && isMap(value[0])
        ? value[0]
        : isMap(value)
          ? value
          : undefined;
  const [old, next] = [block(before), block(after)];
  if (
    old !== undefined &&
    next !== undefined &&
    !(Array.isArray(before) && Array.isArray(after) && before.length + after.length === 1)
  ) {
    const inner = difference(old, next, segments);
    // A block that comes or goes without a member that says anything is itself what changes.
    if (inner.length > 0 || isUnsaid(before) === isUnsaid(after)) return inner;
  }
  if (Array.isArray(before) && Array.isArray(after)) return listDifference(before, after, segments);
  const kind = isUnsaid(before) ? "add" : isUnsaid(after) ? "delete" : "update";
  return [{ segments, kind, before, after }];
}

/** Every property that differs, the deepest names; lists are compared as sets. */
export function difference(before: Values, after: Values, segments: readonly string[] = []): ChangedPath[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !key.startsWith("__"));
  return keys.flatMap((key) => valueDifference(before[key], after[key], [...segments, key]));
}
