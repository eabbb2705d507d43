/** Remedies of findings: changes that a program can make, and the sentence about them made from the same data, so that the two cannot differ. */
import type { Field } from "../reading/field";
import type { Options, Resource, ResourceInput } from "../reading/resource";
import { tokenOf } from "../reading/types";

/** The property that a change sets: a field of the finding's resource, or its path from the top. */
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
  /** Other remedies in the sentence: each of them instead of the changes. */
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

/** Sets the property to the value. Missing objects above it are created; an object that is replaced loses its members. */
export function set(location: Location, value: unknown, of?: Resource): Remedy {
  const at = pathOf(location);
  return one(`set ${at}${nameOf(of)} to ${flow(value)}`, { op: "set", at, value, ...owner(of) });
}

/** Adds an item to a list, which is created where there is none. */
export function add(location: Location, value: unknown, of?: Resource): Remedy {
  const at = pathOf(location);
  return one(`add ${flow(value)} to ${at}${nameOf(of)}`, { op: "add", at, value, ...owner(of) });
}

/** Writes before and after a text, which the message does not contain. */
export function wrap(location: Location, before: string, after: string): Remedy {
  const at = pathOf(location);
  return one(`write ${before} before ${at} and ${after} behind it`, { op: "wrap", at, before, after });
}

/** Puts items before the item of a list. */
export function insert(location: Location, ...values: readonly unknown[]): Remedy {
  const at = pathOf(location);
  return one(`insert ${values.map(flow).join(", ")} before ${at}`, { op: "insert", at, values });
}

/** Writes after a text, whose beginning the message does not contain. */
export function append(location: Location, value: string): Remedy {
  const at = pathOf(location);
  return one(`append ${value} to ${at}`, { op: "append", at, value });
}

/** Removes the property, or the item of a list. */
export function remove(location: Location, of?: Resource): Remedy {
  const at = pathOf(location);
  return one(`remove ${at}${nameOf(of)}`, { op: "remove", at, ...owner(of) });
}

/** Moves an item of a list before another one. */
export function move(item: Location, before: Location): Remedy {
  const [from, at] = [pathOf(item), pathOf(before)];
  return one(`move ${from} before ${at}`, { op: "move", from, at });
}

/** Splits one item of a list into several, in this order: each has one of the members. */
export function split(item: Location, keys: readonly string[]): Remedy {
  const at = pathOf(item);
  return one(`split ${at} into an item each for ${keys.join(", ")}`, { op: "split", at, keys });
}

/** Copies a value from another property, of the same object or of another: for values that a message may not show. */
export function copy(from: Location, to: Location, source?: Resource): Remedy {
  const [path, at] = [pathOf(from), pathOf(to)];
  const whose = source === undefined ? {} : { source };
  return one(`copy ${path}${nameOf(source)} to ${at}`, { op: "copy", from: path, at, ...whose });
}

/** Passes a resource option of Pulumi. */
export function option(name: keyof Options, value: boolean | readonly string[]): Remedy {
  return one(`pass ${name}: ${flow(value)} in the resource's options`, { op: "option", at: name, value });
}

/** Makes the resource depend on another one. */
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

/** A name that a message may show: a text without the form of a name may be secret. */
export function named(text: string): string {
  return /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(text) ? text : "name";
}

/** Removes the resource. */
export function drop(resource: Resource): Remedy {
  return one(`remove ${resource.name} (${resource.token})`, { op: "delete", of: resource });
}

function owner(of: Resource | undefined): { readonly of?: Resource } {
  return of === undefined ? {} : { of };
}

function nameOf(of: Resource | undefined): string {
  return of === undefined ? "" : ` of ${of.name}`;
}

/** Several remedies, of which one is enough. */
export function either(first: Remedy, ...rest: readonly Remedy[]): Remedy {
  const others = [first, ...rest].flatMap((way, index) => [
    ...(index === 0 ? [] : [way.changes]),
    ...(way.others ?? []),
  ]);
  return { text: [first, ...rest].map(({ text }) => text).join(", or "), changes: first.changes, others };
}

/** A change whose value is an example: the right one is for the owner of the object to choose. */
export function example(remedy: Remedy, meant: string): Remedy {
  return { ...remedy, text: `${remedy.text}, or ${meant}` };
}

/** Remedies inside of words: `` fix`${set(field, 2)} or more` ``. An alternative is not written as text: use {@link either}. */
export function fix(words: TemplateStringsArray, ...parts: readonly (Remedy | string | number)[]): Remedy {
  const texts = parts.map((part) => (typeof part === "object" ? part.text : String(part)));
  const remedies = parts.filter((part): part is Remedy => typeof part === "object");
  return { text: words.map((word, index) => word + (texts[index] ?? "")).join(""), ...joined(remedies) };
}

/** All of several remedies, one after the other. */
export function together(all: readonly Remedy[]): Remedy {
  return { text: all.map(({ text }) => text).join("; "), ...joined(all) };
}

/** The changes of all of them; an alternative of one stands beside the first alternatives of the rest. */
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
  // Texts that YAML would read as another type keep their quotes.
  return plain.test(value) && !/^(true|false|yes|no|y|n|on|off|null|e\d+)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
