/** Check and Diff of AWS types: names made up, defaults filled in, what forces a replacement. */
import { createHash } from "node:crypto";
import { diffInputs } from "../../values/diff";
import { parsePath } from "../../values/paths";
import { equal, isObject, type PropertyMap, type Value } from "../../values/values";
import type { CheckFailure, DiffResult, Subject } from "../provider";
import type { AwsType } from "./entry";
import { misfits, schema } from "./schema";

const SUFFIX = 7;
const LONGEST = 255;

/** The property that holds the name which the provider makes up, when this type has one. */
function nameProperty(type: string, entry: AwsType): string | undefined {
  const property = entry.autoname?.property ?? "name";
  return schema().resources[type]?.inputs[property] === "string?" ? property : undefined;
}

function madeUpName(subject: Subject, entry: AwsType, seed: Uint8Array): string {
  const suffix = createHash("sha256").update(seed).digest("hex").slice(0, SUFFIX);
  const { prefix = "", max = LONGEST } = entry.autoname ?? {};
  return `${(prefix + subject.name).slice(0, max - SUFFIX - 1)}-${suffix}`;
}

function isDefault(inputs: PropertyMap, property: string): boolean {
  return Array.isArray(inputs.__defaults) && inputs.__defaults.includes(property);
}

/** Completes and validates inputs as the bridged provider does, `__defaults` list included. */
export function checkInputs(
  subject: Subject,
  type: string,
  entry: AwsType,
  olds: PropertyMap,
  news: PropertyMap,
  seed: Uint8Array,
): { inputs: PropertyMap; failures: readonly CheckFailure[] } {
  const inputs: Record<string, Value> = {};
  for (const [key, value] of Object.entries(news)) if (value !== null && key !== "__defaults") inputs[key] = value;
  const added: string[] = [];
  const name = nameProperty(type, entry);
  if (name !== undefined && inputs[name] === undefined && inputs[`${name}Prefix`] === undefined) {
    const old = isDefault(olds, name) ? olds[name] : undefined;
    const made = madeUpName(subject, entry, seed);
    inputs[name] = old ?? (/A-Z|\\w/.test(entry.naming?.pattern ?? "A-Z") === false ? made.toLowerCase() : made);
    added.push(name);
  }
  for (const [key, value] of Object.entries(entry.defaults ?? {})) {
    if (inputs[key] !== undefined) continue;
    inputs[key] = value;
    added.push(key);
  }
  inputs.__defaults = added.sort();
  return { inputs, failures: misfits(inputs, schema().resources[type]?.inputs ?? {}) };
}

/** `now` with the old value wherever the difference means nothing: order of a set, layout of a JSON document. */
function settled(old: Value | undefined, now: Value, ordered: readonly string[], at = ""): Value {
  if (old === undefined || equal(old, now)) return now;
  if (typeof old === "string" && typeof now === "string") return sameDocument(old, now) ? old : now;
  if (Array.isArray(old) && Array.isArray(now)) {
    return !ordered.includes(at) && sameSet(old, now) ? old : now;
  }
  if (!isObject(old) || !isObject(now)) return now;
  return Object.fromEntries(
    Object.entries(now).map(([key, value]) => [
      key,
      settled(old[key], value, ordered, at === "" ? key : `${at}.${key}`),
    ]),
  );
}

function sameSet(old: readonly Value[], now: readonly Value[]): boolean {
  const sorted = (list: readonly Value[]): string[] => list.map((item) => JSON.stringify(item)).sort();
  return old.every((item) => typeof item !== "object") && equal(sorted(old), sorted(now));
}

function sameDocument(old: string, now: string): boolean {
  if (!/^\s*[[{]/.test(old) || !/^\s*[[{]/.test(now)) return false;
  try {
    return equal(JSON.parse(old) as Value, JSON.parse(now) as Value);
  } catch {
    return false;
  }
}

/** Compares inputs; whether a change replaces is the entry's fact. */
export function diffOf(type: string, entry: AwsType, olds: PropertyMap, news: PropertyMap): DiffResult {
  const now = settled(olds, news, entry.ordered ?? []) as PropertyMap;
  const removed = (entry.forceNewIfRemoved ?? []).filter((path) => olds[path] !== undefined && now[path] === undefined);
  const forcing = [...entry.forceNew, ...removed, "region"];
  const diff = diffInputs(olds, now, (path) => {
    const plain = parsePath(path)
      .filter((step) => typeof step === "string")
      .join(".");
    return forcing.some(
      (forced) =>
        plain === forced ||
        plain.startsWith(`${forced}.`) ||
        (forced.startsWith(`${plain}.`) && isWhole(olds, now, plain)),
    );
  });
  const name = nameProperty(type, entry);
  const nameStays =
    name !== undefined && now[name] !== undefined && !isDefault(now, name) && equal(olds[name], now[name]);
  return { ...diff, deleteBeforeReplace: diff.replaces.length > 0 && nameStays };
}

/** Whether a block came or went as a whole: what inside it forces a replacement then counts too. */
function isWhole(olds: PropertyMap, news: PropertyMap, top: string): boolean {
  return (olds[top] === undefined) !== (news[top] === undefined);
}
