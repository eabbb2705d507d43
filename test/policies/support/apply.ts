/** Makes the changes that findings ask for, as whoever follows them to the letter would. */
import { parse, stringify } from "yaml";
import type { Finding } from "../../../policies/kit/finding/finding";
import { keysOf } from "../../../policies/kit/reading/path";
import type { Change, Remedy } from "../../../policies/kit/finding/remedy";
import { isRecord, open } from "../../../policies/kit/reading/value";
import { type Case, type Given, urnOf } from "./rule";

type Props = Readonly<Record<string, unknown>>;

type Key = string | number;
/** What becomes of the value at the end of a path; undefined takes it away. */
type Edit = (value: unknown) => unknown;

/** The change with the URN of whose it is. */
interface Owned {
  readonly urn: string;
  readonly change: Change;
}

/** The case after every change that the findings name: of those that name several ways the one of this number, counted from 0. */
export function applied(given: Case, findings: readonly Finding[], way = 0): Case {
  const changes = findings.flatMap(({ resource, fix }) =>
    typeof fix === "string" ? [] : changesOf(fix, way).map((change) => ({ urn: (change.of ?? resource).urn, change })),
  );
  const kept = given.resources.filter(
    (one) => !changes.some(({ urn, change }) => change.op === "delete" && urn === urnIn(one)),
  );
  const declared = changes.flatMap(({ change }) => (change.op === "declare" ? [change.object as Given] : []));
  const distinct = [...new Map(declared.map((one) => [JSON.stringify(one), one])).values()];
  const sources = new Map(given.resources.map((one) => [urnIn(one), one]));
  return { ...given, resources: [...kept.map((one) => mended(one, changes, sources)), ...distinct] };
}

function changesOf({ changes, others = [] }: Remedy, way: number): readonly Change[] {
  return [changes, ...others][way] ?? changes;
}

function urnIn(given: Given): string {
  return given.urn ?? urnOf(given.type, given.name);
}

type Sources = ReadonlyMap<string, Given>;

function mended(given: Given, changes: readonly Owned[], sources: Sources): Given {
  const own = changes.filter(({ urn }) => urn === urnIn(given)).map(({ change }) => change);
  // Items are taken out and put in from behind, so that the places of those before them stay.
  const moves = new Map(
    own.flatMap((change) => (isMove(change) ? [[JSON.stringify([change.op, change.at]), change]] : [])),
  );
  const placed = own.filter((change) => !isMove(change));
  const moved = [...moves.values()].sort((a, b) => compare(keysOf(b.at), keysOf(a.at)));
  return [...placed, ...moved].reduce((before, change) => step(before, change, sources), given);
}

/** What changes the places of a list's items; two findings that ask for the same are one change. */
function isMove(change: Change): change is Extract<Change, { readonly op: "insert" | "remove" | "move" | "split" }> {
  return ["insert", "remove", "move", "split"].includes(change.op);
}

function compare(one: readonly Key[], other: readonly Key[]): number {
  for (const [index, key] of one.entries()) {
    const beside = other[index];
    if (key === beside) continue;
    // Within an item before the item itself.
    if (beside === undefined) return 1;
    if (typeof key === "number" && typeof beside === "number") return key - beside;
    return String(key) < String(beside) ? -1 : 1;
  }
  return one.length - other.length;
}

function step(given: Given, change: Change, sources: Sources): Given {
  const at = (edit: Edit, path: string): Given => ({ ...given, props: edited(given.props, keysOf(path), edit) });
  switch (change.op) {
    case "set":
      return at(() => change.value, change.at);
    case "add":
      return at((list) => [...(Array.isArray(list) ? (list as unknown[]) : []), change.value], change.at);
    case "insert":
      return inList(given, change.at, (items, place) => items.toSpliced(place, 0, ...change.values));
    case "move":
      return inList(given, change.at, (items, place) => moved(items, Number(keysOf(change.from).at(-1)), place));
    case "split":
      return inList(given, change.at, (items, place) =>
        items.toSpliced(place, 1, ...change.keys.map((key) => ({ [key]: (items[place] as Props)[key] }))),
      );
    case "wrap":
      return at((text) => `${change.before}${String(text)}${change.after}`, change.at);
    case "append":
      return at((text) => `${String(text)}${change.value}`, change.at);
    case "remove":
      return at(() => undefined, change.at);
    case "copy": {
      const source = change.source === undefined ? given : sources.get(change.source.urn);
      return at(() => valueAt(source?.props, keysOf(change.from)), change.at);
    }
    case "await":
      return { ...given, dependencies: [...(given.dependencies ?? []), change.what.urn] };
    case "option":
      return { ...given, options: { ...given.options, [change.at]: change.value } };
    default:
      return given;
  }
}

function inList(given: Given, at: string, into: (items: readonly unknown[], place: number) => unknown): Given {
  const keys = keysOf(at);
  const edit: Edit = (items) => into(items as readonly unknown[], Number(keys.at(-1)));
  return { ...given, props: edited(given.props, keys.slice(0, -1), edit) };
}

function moved(items: readonly unknown[], from: number, before: number): readonly unknown[] {
  const others = items.toSpliced(from, 1);
  return others.toSpliced(from < before ? before - 1 : before, 0, items[from]);
}

function valueAt(value: unknown, keys: readonly Key[]): unknown {
  return keys.reduce<unknown>((inner, key) => (open(inner) as Record<Key, unknown> | undefined)?.[key], value);
}

/** A copy with the value at the keys edited; a text on the way is JSON or YAML, and stays one. */
function edited(raw: unknown, [key, ...rest]: readonly Key[], edit: Edit): unknown {
  const value = open(raw);
  if (key === undefined) return edit(value);
  if (typeof value === "string") {
    const made = edited(parse(value), [key, ...rest], edit);
    return /^\s*[{[]/.test(value) ? JSON.stringify(made) : stringify(made);
  }
  if (Array.isArray(value)) {
    const inner = edited(value[Number(key)], rest, edit);
    const after = inner === undefined ? [] : [inner];
    return [...(value.slice(0, Number(key)) as unknown[]), ...after, ...(value.slice(Number(key) + 1) as unknown[])];
  }
  const record = isRecord(value) ? value : {};
  const inner = edited(record[String(key)], rest, edit);
  const others = Object.fromEntries(Object.entries(record).filter(([name]) => name !== String(key)));
  return inner === undefined ? others : { ...others, [String(key)]: inner };
}
