/** What a remote component consists of, as plain data: its children, and values that derive from theirs. */
import { parsePath } from "../property/paths";
import {
  fromOutputValues,
  hasUnknown,
  isObject,
  isSecret,
  mapValue,
  plainMap,
  secret,
  UNKNOWN,
  type PropertyMap,
  type Value,
} from "../property/values";

/** A child of a remote component, as plain data: registered by the engine, or by the SDK under a real CLI. */
export interface ConstructedChild {
  readonly type: string;
  readonly name: string;
  /** Custom resources go to a provider; others are components. */
  readonly custom: boolean;
  /** Inputs; a {@link ChildOutput} anywhere inside is replaced by that child's output. */
  readonly inputs: PropertyMap;
  /** Logical name of the parent within this construction; the component itself when absent. */
  readonly parent?: string;
  /** Logical names of children that must exist first, beside those whose outputs are inputs. */
  readonly dependsOn?: readonly string[];
  readonly ignoreChanges?: readonly string[];
  /** Package version that the component's own SDK would send, such as `7.48.0`. */
  readonly version?: string;
  /** Provider of this child by its name within this construction, such as a kubernetes provider made here. */
  readonly provider?: string;
  /** Per property of this child, the component's inputs that flow into it: what those depend on, the child depends on too. */
  readonly takes?: Readonly<Record<string, readonly string[]>>;
}

/** A remote component's inputs as its provider gets them. */
export interface ComponentInputs {
  /** Without output values and secrets; an input with an unknown inside is unknown altogether, as an Output is. */
  readonly inputs: PropertyMap;
  /** Inputs that hold a secret. */
  readonly secrets: ReadonlySet<string>;
}

/** Reads a component's inputs as an engine sends them: output values, secrets sealed. */
export function componentInputs(sent: PropertyMap): ComponentInputs {
  const resolved = fromOutputValues(sent) as PropertyMap;
  const inputs = Object.entries(plainMap(resolved)).map(([name, value]) => [name, hasUnknown(value) ? UNKNOWN : value]);
  const secrets = Object.keys(resolved).filter((name) => hasSecret(resolved[name] ?? null));
  return { inputs: Object.fromEntries(inputs) as PropertyMap, secrets: new Set(secrets) };
}

function hasSecret(value: Value): boolean {
  let found = false;
  mapValue(value, (inner) => {
    found ||= isSecret(inner);
    return inner;
  });
  return found;
}

/** A child's inputs with those sealed that take a secret input of the component; an unknown stays one. */
export function sealTaken(
  { takes }: ConstructedChild,
  inputs: PropertyMap,
  { secrets }: Pick<ComponentInputs, "secrets">,
): PropertyMap {
  const isTaken = (property: string): boolean => (takes?.[property] ?? []).some((input) => secrets.has(input));
  const sealed = ([property, value]: [string, Value]): [string, Value] =>
    isTaken(property) && value !== UNKNOWN ? [property, secret(value)] : [property, value];
  return Object.fromEntries(Object.entries(inputs).map(sealed));
}

/** A place in {@link ConstructedChild.inputs} or {@link Construction.outputs} that takes a child's value: `{ "$child": name, "$output": "arn" }`; `$output: "$ref"` gives a resource reference, `"id"` the id, otherwise a path into the outputs. Derived forms (`$json`, `$join`, ...) stand beside it, which {@link resolve} reads. */
export interface ChildOutput {
  readonly $child: string;
  readonly $output: string;
}

/** What a remote component consists of. */
export interface Construction {
  /** In dependency order. */
  readonly children: readonly ConstructedChild[];
  readonly outputs: PropertyMap;
}

/** A place that takes a child's output; `output` may be a path such as `identities[0].oidcs[0].issuer`. */
export function childOutput($child: string, $output: string): { readonly [key in keyof ChildOutput]: string } {
  return { $child, $output };
}

/** Forms that derive a value from others, by the member that holds those; unknown as a whole while any of them is. */
const FORMS: Readonly<Record<string, (value: Value, form: PropertyMap) => Value>> = {
  /** The JSON text. */
  $json: (value) => JSON.stringify(value),
  /** The text of several parts, one after the other. */
  $join: (parts) => (parts as string[]).join(""),
  /** One part of a text, such as the region (3) of an ARN split at `:`. */
  $part: (text, { separator, index }) => String(text).split(String(separator))[Number(index)] ?? "",
  /** An object whose keys are known only later. */
  $entries: (pairs) => Object.fromEntries(pairs as [string, Value][]),
  /** The members of several objects; later ones win. */
  $merge: (maps) => Object.assign({}, ...(maps as PropertyMap[])) as PropertyMap,
};

/**
 * Replaces every child output and derived form inside `value`.
 * @param outputOf the value of a child's output; {@link UNKNOWN} before it can be known.
 */
export function resolve(value: Value, outputOf: (reference: ChildOutput) => Value): Value {
  if (Array.isArray(value)) return value.map((item: Value) => resolve(item, outputOf));
  if (!isObject(value)) return value;
  const { $child, $output } = value;
  if (typeof $child === "string" && typeof $output === "string") return outputOf({ $child, $output });
  const [form, derive] = Object.entries(FORMS).find(([key]) => value[key] !== undefined) ?? [];
  if (form === undefined)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, resolve(member, outputOf)]));
  const inner = resolve(value[form] ?? null, outputOf);
  return hasUnknown(inner) || derive === undefined ? UNKNOWN : derive(inner, value);
}

/** Names of all children whose outputs stand inside, each once. */
export function childrenIn(value: Value): string[] {
  const names = new Set<string>();
  resolve(value, ({ $child }) => {
    names.add($child);
    return UNKNOWN;
  });
  return [...names];
}

/** The value at an output path, `undefined` where there is none. */
export function atOutputPath(outputs: Value, path: string): Value | undefined {
  let value: Value | undefined = outputs;
  for (const step of parsePath(path)) {
    if (value === UNKNOWN) return UNKNOWN;
    if (typeof step === "number") value = Array.isArray(value) ? (value as readonly Value[])[step] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/**
 * Makes children side by side, each as soon as those that it names are made.
 * @throws Error when a child names one that does not stand before it.
 */
export async function makeInOrder(
  children: readonly ConstructedChild[],
  make: (child: ConstructedChild) => Promise<void>,
): Promise<void> {
  const started = new Map<string, Promise<void>>();
  for (const child of children) {
    const { name, inputs, dependsOn = [], parent, provider } = child;
    const needed = [...childrenIn(inputs), ...dependsOn, parent, provider].filter((one) => one !== undefined);
    const late = needed.find((one) => !started.has(one));
    if (late !== undefined) throw new Error(`child '${name}' names '${late}', which is not before it`);
    const before = Promise.all(needed.map((one) => started.get(one)));
    started.set(
      name,
      before.then(() => make(child)),
    );
  }
  await Promise.all(started.values());
}
