/** Property names and types of the sandbox's AWS types, and the check of inputs against them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { UNKNOWN, isObject, type PropertyMap, type Value } from "../../property/values";
import { joinPath } from "../../property/paths";
import type { CheckFailure } from "../../protocol/provider";

/**
 * Property name to type: `string`, `number`, `boolean`, `any`, `object`, `[T]` list, `{T}` map, `#name` nested type;
 * a final `?` means that it may be absent.
 */
export type Members = Readonly<Record<string, string>>;

/** The shape of `schema.json`, which `npm run schema` writes. */
export interface Schema {
  readonly types: Readonly<Record<string, Members>>;
  readonly resources: Readonly<Record<string, { readonly inputs: Members; readonly outputs: Members }>>;
}

let loaded: Schema | undefined;

/** The parsed `schema.json`, read once. */
export function schema(): Schema {
  loaded ??= JSON.parse(readFileSync(path.join(__dirname, "schema.json"), "utf8")) as Schema;
  return loaded;
}

/** What of `inputs` does not fit the members of a type: unknown names, missing and mistyped values, all at once. */
export function mismatches(inputs: PropertyMap, members: Members, at = ""): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const [key, value] of Object.entries(inputs)) {
    if (key.startsWith("__")) continue;
    const property = joinPath(at, key);
    // A property may be called as what every object inherits.
    const spec = Object.hasOwn(members, key) ? members[key] : undefined;
    if (spec === undefined) failures.push({ property, reason: unknownName(key, Object.keys(members)) });
    else failures.push(...mismatch(value, spec.replace(/\?$/, ""), property));
  }
  for (const [key, spec] of Object.entries(members)) {
    if (!spec.endsWith("?") && (inputs[key] ?? null) === null) {
      failures.push({ property: joinPath(at, key), reason: `missing: ${spec.replace(/^#/, "")} is required` });
    }
  }
  return failures;
}

function unknownName(key: string, names: readonly string[]): string {
  const close = names.find((name) => name.toLowerCase().replace(/s$/, "") === key.toLowerCase().replace(/s$/, ""));
  const known = close === undefined ? `known are ${names.join(", ")}` : `did you mean ${close}?`;
  return `unknown property: ${known}`;
}

function mismatch(value: Value, spec: string, property: string): CheckFailure[] {
  if (value === UNKNOWN || value === null || spec === "any" || spec === "object") return [];
  const wrong = (expected: string): CheckFailure[] => [
    { property, reason: `expected ${expected}, got ${kindOf(value)}` },
  ];
  if (spec.startsWith("[")) {
    if (!Array.isArray(value)) return wrong("list");
    return value.flatMap((item: Value, index) => mismatch(item, spec.slice(1, -1), joinPath(property, index)));
  }
  if (spec.startsWith("{")) {
    if (!isObject(value)) return wrong("object");
    return Object.entries(value).flatMap(([key, item]) => mismatch(item, spec.slice(1, -1), joinPath(property, key)));
  }
  if (spec.startsWith("#")) {
    return isObject(value) ? mismatches(value, schema().types[spec.slice(1)] ?? {}, property) : wrong("object");
  }
  return typeof value === spec || acceptsDocument(value, spec, property) ? [] : wrong(spec);
}

/** IAM policy documents may be given as objects: the SDK types them as `string | PolicyDocument`. */
function acceptsDocument(value: Value, spec: string, property: string): boolean {
  return spec === "string" && isObject(value) && /policy$/i.test(property);
}

function kindOf(value: Value): string {
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value;
}

/** The value that the provider's state holds where AWS set nothing. */
export function emptyValue(spec: string): Value {
  if (spec === "string") return "";
  if (spec === "number") return 0;
  if (spec === "boolean") return false;
  return spec.startsWith("[") ? [] : {};
}
