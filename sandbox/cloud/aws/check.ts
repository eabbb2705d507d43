/** Check and Diff of AWS types: names made up, defaults filled in, what forces a replacement. */
import type { Checked, CheckFailure, DiffResult, ResourceIdentity } from "../../protocol/provider";
import { diffInputs } from "../../property/diff";
import { parsePath, pathsTouch, valuesAt } from "../../property/paths";
import { equal, isObject, parseJson, type PropertyMap, type Value } from "../../property/values";
import { hashHex } from "../account/hash-hex";
import type { AwsType } from "./object/entry";
import { mismatches, schema } from "./schema";

/** Random characters behind a made-up name, and the longest name of types without a limit of their own: pulumi-aws, autonaming.go. */
const SUFFIX = 7;
const MAX_TEXT_LENGTH = 255;

/** The property that holds the name which the provider makes up, when this type has one. */
function nameProperty(type: string, entry: AwsType): string | undefined {
  const property = entry.autoname?.property ?? "name";
  return schema().resources[type]?.inputs[property] === "string?" ? property : undefined;
}

/**
 * In lower case where the service takes nothing else.
 * @throws Error in the bridge's words when no room is left for the suffix: it never cuts. Source: pulumi-terraform-bridge
 * pkg/tfbridge/info/autonaming.go, ComputeAutoNameDefault; pulumi sdk/go/common/resource, NewUniqueName.
 */
function generatedName({ type, name }: ResourceIdentity, { autoname = {}, naming }: AwsType, seed: Uint8Array): string {
  const { prefix = "", max = MAX_TEXT_LENGTH } = autoname;
  const before = /A-Z|\\w/.test(naming?.pattern ?? "A-Z") ? `${name}-` : `${name.toLowerCase()}-`;
  if (before.length + SUFFIX <= max) return `${prefix}${before}${hashHex(seed, SUFFIX)}`;
  throw new Error(
    `could not make instance of '${type}': name '${before}' plus ${SUFFIX} random chars is longer than maximum length ${max}`,
  );
}

function isDefault(inputs: PropertyMap, property: string): boolean {
  return Array.isArray(inputs.__defaults) && inputs.__defaults.includes(property);
}

/** What is below a bound of the provider's schema, in the words of terraform-plugin-sdk's validation.IntAtLeast. */
function tooSmall(inputs: PropertyMap, { atLeast = {} }: AwsType): CheckFailure[] {
  return Object.entries(atLeast).flatMap(([at, { least, as }]) =>
    valuesAt(inputs, at)
      .filter((value) => typeof value === "number" && value < least)
      .map((value) => ({ property: "", reason: `expected ${as} to be at least (${least}), got ${String(value)}` })),
  );
}

/** Completes and validates inputs as the bridged provider does, `__defaults` list included. */
export function checkInputs(
  identity: ResourceIdentity,
  type: string,
  entry: AwsType,
  olds: PropertyMap,
  news: PropertyMap,
  seed: Uint8Array,
): Checked {
  const set = Object.entries(news).filter(([key, value]) => value !== null && key !== "__defaults");
  const inputs: Record<string, Value> = Object.fromEntries(set);
  const defaults: Record<string, Value> = { ...entry.defaults };
  const name = nameProperty(type, entry);
  if (name !== undefined && inputs[name] === undefined && inputs[`${name}Prefix`] === undefined)
    defaults[name] = (isDefault(olds, name) ? olds[name] : undefined) ?? generatedName(identity, entry, seed);
  const added = Object.keys(defaults).filter((key) => inputs[key] === undefined);
  for (const key of added) inputs[key] = defaults[key] ?? null;
  inputs.__defaults = added.sort();
  const failures = mismatches(inputs, schema().resources[type]?.inputs ?? {});
  return { inputs, failures: [...failures, ...tooSmall(inputs, entry)] };
}

/** `now` with the old value wherever the difference means nothing: order of a set, layout of a JSON document. */
function settled(old: Value | undefined, now: Value, ordered: readonly string[], at = ""): Value {
  if (old === undefined || equal(old, now)) return now;
  if (typeof old === "string" && typeof now === "string") return sameDocument(old, now) ? old : now;
  if (Array.isArray(old) && Array.isArray(now)) return !ordered.includes(at) && sameSet(old, now) ? old : now;
  if (!isObject(old) || !isObject(now)) return now;
  const within = (key: string): string => (at === "" ? key : `${at}.${key}`);
  const members = Object.entries(now).map(([key, value]) => [key, settled(old[key], value, ordered, within(key))]);
  return Object.fromEntries(members) as PropertyMap;
}

function sameSet(old: readonly Value[], now: readonly Value[]): boolean {
  const sorted = (list: readonly Value[]): string[] => list.map((item) => JSON.stringify(item)).sort();
  return old.every((item) => typeof item !== "object") && equal(sorted(old), sorted(now));
}

function sameDocument(old: string, now: string): boolean {
  const [before, after] = [old, now].map((text) => (/^\s*[[{]/.test(text) ? parseJson(text) : undefined));
  return before !== undefined && equal(before, after);
}

/** Compares inputs; whether a change replaces is the entry's fact. */
export function diffOf(type: string, entry: AwsType, olds: PropertyMap, news: PropertyMap): DiffResult {
  const kept = (entry.keptIfRemoved ?? []).filter((path) => news[path] === undefined && olds[path] !== undefined);
  const held = Object.fromEntries(kept.map((path) => [path, olds[path] ?? null]));
  const now = settled(olds, { ...news, ...held }, entry.ordered ?? []) as PropertyMap;
  const removed = (entry.forceNewIfRemoved ?? []).filter((path) => olds[path] !== undefined && now[path] === undefined);
  const forcing = [...entry.forceNew, ...removed, "region"];
  // Whether a block came or went as a whole: what inside it forces a replacement then counts too.
  const isAddedOrRemoved = (top: string): boolean => (olds[top] === undefined) !== (now[top] === undefined);
  const diff = diffInputs(olds, now, (path) => {
    const steps = parsePath(path).filter((step) => typeof step === "string");
    const changed = steps.join(".");
    return forcing.some(
      (forced) => pathsTouch(forced, changed) && (forced.length <= changed.length || isAddedOrRemoved(changed)),
    );
  });
  const name = nameProperty(type, entry) ?? "";
  const nameStays = now[name] !== undefined && !isDefault(now, name) && equal(olds[name], now[name]);
  return { ...diff, deleteBeforeReplace: diff.replaces.length > 0 && nameStays };
}
