/** Which element of a list is which: by its identity in the cluster and AWS, not by its position. */
import { equal, isObject, isSecret, UNKNOWN, type PropertyMap, type Value } from "../../property/values";
import type { PathStep } from "./path";

/** Members that identify an element, the strongest first. */
const IDENTITIES = ["arn", "name", "key", "Sid", "id", "targetGroupArn", "containerPort", "port"] as const;

/** An element on both sides. */
export interface Pair {
  readonly step: PathStep;
  readonly old: Value;
  readonly now: Value;
}

const idOf = (item: Value, key: string): string | undefined => {
  const value = isObject(item) && !isSecret(item) ? item[key] : undefined;
  return (typeof value === "string" && value !== UNKNOWN) || typeof value === "number" ? String(value) : undefined;
};

const areDistinct = (ids: readonly (string | undefined)[]): boolean =>
  !ids.includes(undefined) && new Set(ids).size === ids.length;

/** The member that identifies every element of both lists; undefined where there is none. */
export function identityOf(old: readonly Value[], now: readonly Value[]): string | undefined {
  return IDENTITIES.find((key) => [old, now].every((items) => areDistinct(items.map((item) => idOf(item, key)))));
}

/**
 * The member that identifies every element of both lists, but is not known yet for some of the new ones: the ARN of what
 * this plan replaces. Undefined where the lists cannot be matched one to one.
 */
export function laterIdentityOf(old: readonly Value[], now: readonly Value[]): string | undefined {
  if (old.length !== now.length) return undefined;
  return IDENTITIES.find((key) => {
    const before = old.map((item) => idOf(item, key));
    const known = now.map((item) => idOf(item, key)).filter((id) => id !== undefined);
    const later = now.filter((item) => isObject(item) && item[key] === UNKNOWN);
    return (
      later.length > 0 &&
      later.length + known.length === now.length &&
      areDistinct(before) &&
      areDistinct(known) &&
      known.every((id) => before.includes(id))
    );
  });
}

/** Whether the pairs stand in another order than the old elements. */
function isMoved(pairs: readonly Pair[], old: readonly Value[], key: string): boolean {
  const values = pairs.map((pair) => idOf(pair.old, key));
  const common = old.map((item) => idOf(item, key)).filter((id) => values.includes(id));
  return values.some((value, index) => value !== common[index]);
}

/**
 * The elements that are on both sides by `key`, in the order of `now`; and those on one side only. Those of `now` that wait for
 * their `key` take the places of the old ones that are left, in order.
 */
export function pairBy(key: string, old: readonly Value[], now: readonly Value[]): Paired {
  const before = new Map(old.map((item) => [idOf(item, key), item]));
  const after = new Set(now.map((item) => idOf(item, key)));
  const removed = old.filter((item) => !after.has(idOf(item, key)));
  const added: Value[] = [];
  const pairs = now.flatMap((item): Pair[] => {
    const id = idOf(item, key);
    const partner = id === undefined ? removed.shift() : before.get(id);
    if (partner !== undefined) return [{ step: { key, value: idOf(partner, key) ?? "" }, old: partner, now: item }];
    added.push(item);
    return [];
  });
  return { pairs, removed, added, isReordered: isMoved(pairs, old, key) };
}

/** How two lists meet. */
export interface Paired {
  readonly pairs: readonly Pair[];
  readonly removed: readonly Value[];
  readonly added: readonly Value[];
  readonly isReordered: boolean;
}

/**
 * Objects without an identity that went and came and have most members in common are one element that changed.
 * @returns the changed elements, and what is left of both lists.
 */
export function pairAlike(removed: readonly Value[], added: readonly Value[]): Paired {
  const left = [...added];
  const pairs: Pair[] = [];
  const gone: Value[] = [];
  for (const [index, old] of removed.entries()) {
    const at = left.findIndex((now) => isAlike(old, now));
    const now = left[at];
    if (now === undefined) gone.push(old);
    else {
      left.splice(at, 1);
      pairs.push({ step: commonText(old, now) ?? index, old, now });
    }
  }
  return { pairs, removed: gone, added: left, isReordered: false };
}

/** Whether at least half of the members are equal, nested ones counted by their names. */
function isAlike(old: Value, now: Value): boolean {
  if (!isObject(old) || !isObject(now) || isSecret(old) || isSecret(now)) return false;
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  const same = [...keys].filter((key) => equal(old[key], now[key]) || (isNested(old[key]) && isNested(now[key])));
  return same.length * 2 >= keys.size;
}

const isNested = (value: Value | undefined): boolean => typeof value === "object" && value !== null;

/** A string that both have, which names the element. */
function commonText(old: Value, now: Value): PathStep | undefined {
  const [before, after] = [old as PropertyMap, now as PropertyMap];
  const key = Object.keys(before).find((name) => typeof before[name] === "string" && before[name] === after[name]);
  return key === undefined ? undefined : { key, value: String(before[key]) };
}
