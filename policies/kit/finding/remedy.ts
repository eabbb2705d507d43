/** How a finding is mended: changes that a program can make, inside the sentence that a person reads, so that the two cannot differ. */
import type { Field } from "../reading/field";
import type { Options, Resource, ResourceInput } from "../reading/resource";
import { tokenOf } from "../reading/types";

/** Where a change is made: a property of the finding's resource, or its path from the top. */
export type Location = Field | string;

/** One change; `of` names another resource than the finding's own. */
export type Change = (
  | { readonly op: "set" | "add"; readonly at: string; readonly value: unknown }
  | { readonly op: "append"; readonly at: string; readonly value: string }
  | { readonly op: "wrap"; readonly at: string; readonly before: string; readonly after: string }
  | { readonly op: "insert"; readonly at: string; readonly values: readonly unknown[] }
  | { readonly op: "remove"; readonly at: string }
  | { readonly op: "move"; readonly from: string; readonly at: string }
  | { readonly op: "split"; readonly at: string; readonly keys: readonly string[] }
  | { readonly op: "copy"; readonly from: string; readonly at: string; readonly source?: Resource }
  | { readonly op: "option"; readonly at: keyof Options; readonly value: boolean | readonly string[] }
  | { readonly op: "await"; readonly what: Resource }
  | { readonly op: "declare"; readonly object: ResourceInput }
  | { readonly op: "delete" }
) & { readonly of?: Resource };

/** A sentence without its full stop, and the changes that it names. */
export interface Remedy {
  readonly text: string;
  readonly changes: readonly Change[];
  /** What else the sentence names: each of them instead of the changes. */
  readonly others?: readonly (readonly Change[])[];
}

/** An object without its version and kind. */
export interface ObjectProps extends Readonly<Record<string, unknown>> {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: object };
}

const pathOf = (location: Location): string => (typeof location === "string" ? location : location.path);

function one(text: string, change: Change): Remedy {
  return { text, changes: [change] };
}

/** Gives the property the value. Objects on the way are made; an object that is replaced keeps nothing. */
export function set(location: Location, value: unknown, of?: Resource): Remedy {
  const at = pathOf(location);
  return one(`set ${at}${nameOf(of)} to ${flow(value)}`, { op: "set", at, value, ...owner(of) });
}

/** Adds one more item to a list, which is made where there is none. */
export function add(location: Location, value: unknown, of?: Resource): Remedy {
  const at = pathOf(location);
  return one(`add ${flow(value)} to ${at}${nameOf(of)}`, { op: "add", at, value, ...owner(of) });
}

/** Writes before and behind a text that no message has to show. */
export function wrap(location: Location, before: string, after: string): Remedy {
  const at = pathOf(location);
  return one(`write ${before} before ${at} and ${after} behind it`, { op: "wrap", at, before, after });
}

/** Puts items before the item of a list. */
export function insert(location: Location, ...values: readonly unknown[]): Remedy {
  const at = pathOf(location);
  return one(`insert ${values.map(flow).join(", ")} before ${at}`, { op: "insert", at, values });
}

/** Writes more behind a text, whose beginning no message has to show. */
export function append(location: Location, value: string): Remedy {
  const at = pathOf(location);
  return one(`append ${value} to ${at}`, { op: "append", at, value });
}

/** Takes the property, or the item of a list, away. */
export function remove(location: Location, of?: Resource): Remedy {
  const at = pathOf(location);
  return one(`remove ${at}${nameOf(of)}`, { op: "remove", at, ...owner(of) });
}

/** Puts an item of a list before another one of it. */
export function move(item: Location, before: Location): Remedy {
  const [from, at] = [pathOf(item), pathOf(before)];
  return one(`move ${from} before ${at}`, { op: "move", from, at });
}

/** Makes one item of a list several, in this order: each has one of the members. */
export function split(item: Location, keys: readonly string[]): Remedy {
  const at = pathOf(item);
  return one(`split ${at} into an item each for ${keys.join(", ")}`, { op: "split", at, keys });
}

/** Gives the property what stands elsewhere, in the same object or in another: for values that no message may show. */
export function copy(from: Location, to: Location, source?: Resource): Remedy {
  const [path, at] = [pathOf(from), pathOf(to)];
  const whose = source === undefined ? {} : { source };
  return one(`copy ${path}${nameOf(source)} to ${at}`, { op: "copy", from: path, at, ...whose });
}

/** Passes a resource option of Pulumi. */
export function option(name: keyof Options, value: boolean | readonly string[]): Remedy {
  return one(`pass ${name}: ${flow(value)} in the resource's options`, { op: "option", at: name, value });
}

/** Lets the engine make the resource after another one. */
export function dependOn(what: Resource): Remedy {
  return one(`pass dependsOn: ${what.name} in the resource's options`, { op: "await", what });
}

/** Declares one more resource. */
export function declare(object: ResourceInput): Remedy {
  const kind = object.type.split(":").at(-1) ?? object.type;
  const article = /^[aeio]/i.test(kind) ? "an" : "a";
  return one(`declare ${article} ${kind} ${flow(object.props)}`, { op: "declare", object });
}

/** Declares one more object of Kubernetes. */
export function declareObject(apiVersion: string, kind: string, props: ObjectProps): Remedy {
  const { name, namespace } = props.metadata;
  const metadata = { ...props.metadata, name: named(name), ...(namespace && { namespace: named(namespace) }) };
  return declare({ type: tokenOf(apiVersion, kind), name, props: { ...props, metadata } });
}

/** A name that a message may show: what stands in its place without being one might be secret. */
export function named(text: string): string {
  return /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(text) ? text : "name";
}

/** Takes the whole resource away. */
export function drop(resource: Resource): Remedy {
  return one(`remove ${resource.name} (${resource.token})`, { op: "delete", of: resource });
}

function owner(of: Resource | undefined): { readonly of?: Resource } {
  return of === undefined ? {} : { of };
}

function nameOf(of: Resource | undefined): string {
  return of === undefined ? "" : ` of ${of.name}`;
}

/** Several ways, of which one is enough. */
export function either(first: Remedy, ...rest: readonly Remedy[]): Remedy {
  const others = [first, ...rest].flatMap((way, index) => [
    ...(index === 0 ? [] : [way.changes]),
    ...(way.others ?? []),
  ]);
  return { text: [first, ...rest].map(({ text }) => text).join(", or "), changes: first.changes, others };
}

/** The change's value is an example: who owns the object knows the one that is meant. */
export function example(remedy: Remedy, meant: string): Remedy {
  return { ...remedy, text: `${remedy.text}, or ${meant}` };
}

/** Remedies inside of words: `` fix`${set(field, 2)} or more` ``. Another way is no words: it is one of {@link either}. */
export function fix(words: TemplateStringsArray, ...parts: readonly (Remedy | string | number)[]): Remedy {
  const texts = parts.map((part) => (typeof part === "object" ? part.text : String(part)));
  const remedies = parts.filter((part): part is Remedy => typeof part === "object");
  return { text: words.map((word, index) => word + (texts[index] ?? "")).join(""), ...joined(remedies) };
}

/** All of several remedies, one after the other. */
export function together(all: readonly Remedy[]): Remedy {
  return { text: all.map(({ text }) => text).join("; "), ...joined(all) };
}

/** What all of them change; another way of one of them stands beside the first ways of the rest. */
function joined(all: readonly Remedy[]): Omit<Remedy, "text"> {
  const others = all.flatMap((one, index) =>
    (one.others ?? []).map((other) => all.flatMap(({ changes }, location) => (location === index ? other : changes))),
  );
  return { changes: all.flatMap(({ changes }) => changes), ...(others.length > 0 && { others }) };
}

/** The sentence, without its full stop. */
export function textOf(remedy: string | Remedy): string {
  return typeof remedy === "string" ? remedy : remedy.text;
}

const plain = /^[A-Za-z_/$]([\w./:@$*()-]*[\w./@$*()-])?$/;

/** A value on one line, as YAML writes it. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${flow(key)}: ${flow(member)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  if (typeof value !== "string") return String(value);
  // Words that YAML would read as something else keep their quotes.
  return plain.test(value) && !/^(true|false|yes|no|y|n|on|off|null|e\d+)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
