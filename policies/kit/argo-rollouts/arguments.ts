/** Arguments of analyses: declared by a template, passed by a rollout, and substituted into texts. */
import { type Field, valueOr } from "../reading/field";
import type { Resource } from "../reading/resource";

/** Values by name; undefined for an argument whose value stands elsewhere: in a Secret, or in the rollout's status. */
export type Arguments = ReadonlyMap<string, string | undefined>;

/** A text with placeholders whose arguments have no value in sight. */
export interface Unfilled {
  /** Names of the arguments. */
  readonly waitsFor: readonly string[];
}

/** The arguments that templates declare, with their own values. Source: Argo Rollouts, flattenArgs. */
export function declaredArguments(templates: readonly Resource[]): Arguments {
  const found = new Map<string, string | undefined>();
  for (const template of templates)
    for (const arg of template.at("spec", "args").list()) {
      const name = arg.at("name").textOrEmpty();
      found.set(name, found.get(name) ?? arg.at("value").text());
    }
  return found;
}

/** Names of the arguments without a value of their own, which the rollout must pass. Source: Argo Rollouts, ResolveArgs. */
export function openArguments(templates: readonly Resource[]): ReadonlySet<string> {
  const closed = new Set<string>();
  const open = new Set<string>();
  for (const template of templates)
    for (const arg of template.at("spec", "args").list()) {
      const isClosed = arg.at("value").isSet() || arg.at("valueFrom").isSet();
      (isClosed ? closed : open).add(arg.at("name").textOrEmpty());
    }
  return new Set([...open].filter((name) => !closed.has(name)));
}

/** The arguments of an analysis of the rollout: values that the rollout passes override those of the templates. */
export function passedArguments(rollout: Resource, stated: Field, templates: readonly Resource[]): Arguments {
  const all = new Map(declaredArguments(templates));
  for (const arg of stated.list()) {
    const name = arg.at("name").textOrEmpty();
    if (!all.has(name)) continue;
    all.set(name, arg.at("valueFrom").isSet() ? valueFrom(rollout, arg) : arg.at("value").textOrEmpty());
  }
  return all;
}

/** The value of the rollout's field that the argument refers to (`fieldRef`), where the manifest has it. */
function valueFrom(rollout: Resource, arg: Field): string | undefined {
  const path = arg.at("valueFrom", "fieldRef", "fieldPath").text();
  return path === undefined ? undefined : valueOr(() => fieldOf(rollout, path)?.text(), undefined);
}

/** The field of the rollout that a path names; undefined where a list has no such item.
 * @throws UnknownRead @throws MalformedRead when the path leads through a value. */
export function fieldOf(rollout: Resource, path: string): Field | undefined {
  const [, key] = /\['([^']+)'\]$/.exec(path) ?? [];
  const parents = (key === undefined ? path : path.slice(0, path.lastIndexOf("["))).split(/[.[\]]+/).filter(Boolean);
  return walked(rollout.props, key === undefined ? parents : [...parents, key]);
}

function walked(from: Field, keys: readonly string[]): Field | undefined {
  return keys.reduce<Field | undefined>(
    (field, key) => (field?.shape() === "list" ? field.list()[Number(key)] : field?.at(key)),
    from,
  );
}

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The text with its arguments substituted, or the arguments that have no value in sight. */
export function filled(text: string, values: Arguments): string | Unfilled {
  const waitsFor: string[] = [];
  const done = text.replaceAll(placeholder, (match, inner: string) => {
    const name = inner.replace(/^args\./, "");
    const value = inner.startsWith("args.") ? values.get(name) : undefined;
    if (value === undefined) waitsFor.push(name);
    return value ?? match;
  });
  return waitsFor.length === 0 ? done : { waitsFor };
}

/** Names in placeholders that are no declared argument: Argo Rollouts fails the run. */
export function strayNames(text: string, declared: ReadonlySet<string>): readonly string[] {
  const names = [...text.matchAll(placeholder)].map(([, inner = ""]) => inner);
  return names.filter((inner) => !inner.startsWith("args.") || !declared.has(inner.slice("args.".length)));
}
