/** What a list, a set or a block of a resource gains and loses. */
import type { Resource } from "../../plans/change";
import { canonical } from "../../plans/difference";
import { isAbsent, isMap, isUnknown, listAt, listOf, valueAt, type Values } from "../../plans/values";
import type { Context } from "./condition";

/** Items that only the old list has, and those that only the new one has. */
export function itemChange<Item>(
  old: readonly Item[],
  next: readonly Item[],
): { readonly lost: readonly Item[]; readonly won: readonly Item[] } {
  const [had, has] = [new Set(old.map(canonical)), new Set(next.map(canonical))];
  return {
    lost: old.filter((item) => !has.has(canonical(item))),
    won: next.filter((item) => !had.has(canonical(item))),
  };
}

/** Numbers of removed and added items of a set; undefined where they are not known. */
export function setChange({
  before,
  after,
}: Pick<Context, "before" | "after">): { readonly lost: number; readonly won: number } | undefined {
  if (isUnknown(after) || listOf(after).map(canonical).includes("unknown")) return undefined;
  const { lost, won } = itemChange(listOf(before), listOf(after));
  return { lost: lost.length, won: won.length };
}

/** Whether a set loses an item, as far as both sets are known. */
export function losesItem(change: Pick<Context, "before" | "after">): boolean {
  return (setChange(change)?.lost ?? 0) > 0;
}

/** Reads members of a block, such as `vpcConfig`, before the change or after it. */
export function inBlock(resource: Resource, block: string): (side: "before" | "after", name: string) => unknown {
  return (side, name) => valueAt(resource[side], `${block}.${name}`);
}

/** Whether the plan states that there is none; a property that is left out may still have a value. */
export function isExplicitlyEmpty(values: Values | undefined, path: string): boolean {
  const value = valueAt(values, path);
  return value !== undefined && isAbsent(value);
}

/** Blocks at a path; undefined where the plan has something else there, or does not know them yet. */
export function blocksAt(values: Values | undefined, path: string): readonly Values[] | undefined {
  const blocks = listAt(values, path);
  return blocks.every(isMap) ? blocks : undefined;
}
