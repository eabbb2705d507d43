/** Checks objects against the projects' own CustomResourceDefinitions, as strictly as an API server would. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { parseAllDocuments } from "yaml";

type Schema = Record<string, unknown>;

/** A definition as it is applied. */
export interface Definition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** An object as it would be sent. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Folder of the definitions, one file each; they are never part of the repository. */
const folder = process.env["CRDS_DIR"] ?? "";

/** Whether there is anything to check against: without CRDS_DIR such tests are skipped, and counted as skipped. */
export const haveCrds = folder !== "" && existsSync(folder);

const isMap = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A definition's schema as ajv takes it: Kubernetes' extensions are spelt out, and an object with known fields takes no
 * other, which is what the API server's strict field validation means.
 */
function strictSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strictSchema);
  if (!isMap(schema)) return schema;
  if (schema["x-kubernetes-int-or-string"] === true) return { anyOf: [{ type: "integer" }, { type: "string" }] };
  const made: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key.startsWith("x-kubernetes-")) continue;
    // Below `properties` keys are fields of the object and not words of the schema.
    made[key] =
      key === "properties" && isMap(value)
        ? Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, strictSchema(inner)]))
        : strictSchema(value);
  }
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true || schema["additionalProperties"] !== undefined;
  if (isMap(schema["properties"]) && !open) made["additionalProperties"] = false;
  return made;
}

/** Go writes "in any case" into the pattern, JavaScript beside it. */
const regExp = Object.assign(
  (pattern: string, flags: string) =>
    new RegExp(pattern.replace("(?i)", ""), pattern.includes("(?i)") ? `${flags}i` : flags),
  { code: "new RegExp" },
);

/** The API server's own part of every object; its schema stands in no definition. */
const metadata = {
  type: "object",
  required: ["name"],
  additionalProperties: false,
  properties: {
    name: { type: "string" },
    namespace: { type: "string" },
    labels: { type: "object", additionalProperties: { type: "string" } },
    annotations: { type: "object", additionalProperties: { type: "string" } },
    finalizers: { type: "array", items: { type: "string" } },
  },
};

/** Every definition of CRDS_DIR. */
export function definitions(): Definition[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => parseAllDocuments(readFileSync(path.join(folder, file), "utf8")))
    .map((document) => document.toJS() as Definition);
}

const compiled = new Map<string, ValidateFunction>();
let known: readonly Definition[] | undefined;

/**
 * Paths of everything that an object of the kind may state: values, lists and maps of values, and objects whose members
 * the definition leaves open; without the API server's own part and the status.
 * @throws Error when CRDS_DIR holds no definition of the kind.
 */
export function crdFields(group: string, kind: string): readonly string[] {
  known ??= definitions();
  const definition = known.find(({ spec }) => spec.names.kind === kind && spec.group === group);
  if (definition === undefined) throw new Error(`no definition of ${kind} in ${folder}`);
  const all = definition.spec.versions.flatMap(({ schema }) => {
    const own = Object.entries(schema.openAPIV3Schema["properties"] as Schema);
    return own
      .filter(([key]) => !["apiVersion", "kind", "metadata", "status"].includes(key))
      .flatMap(([key, inner]) => leaves(inner, key));
  });
  return [...new Set(all)];
}

function leaves(schema: unknown, at: string): readonly string[] {
  if (!isMap(schema)) return [at];
  const { properties, items, additionalProperties } = schema;
  if (isMap(properties)) return Object.entries(properties).flatMap(([key, inner]) => leaves(inner, `${at}.${key}`));
  if (isMap(items)) return leaves(items, `${at}[]`);
  return isMap(additionalProperties) ? leaves(additionalProperties, `${at}{}`) : [at];
}

function checkerOf({ apiVersion, kind }: KubernetesObject): ValidateFunction {
  const key = `${apiVersion} ${kind}`;
  const existing = compiled.get(key);
  if (existing !== undefined) return existing;
  known ??= definitions();
  const definition = known.find(({ spec }) => spec.names.kind === kind && apiVersion.startsWith(`${spec.group}/`));
  const version = definition?.spec.versions.find(({ name }) => apiVersion.endsWith(`/${name}`));
  if (version === undefined) throw new Error(`no definition of ${key} in ${folder}`);
  const schema = strictSchema(version.schema.openAPIV3Schema) as Schema;
  const formats = { int32: true, int64: true, double: true, byte: true, "date-time": true } as const;
  const ajv = new Ajv({ allErrors: true, strict: false, formats, code: { regExp } });
  // Every object has these three; some projects' definitions do not repeat them.
  const text = { type: "string" };
  const properties = { apiVersion: text, kind: text, ...(schema["properties"] as Schema), metadata };
  const checker = ajv.compile({ ...schema, properties });
  compiled.set(key, checker);
  return checker;
}

/**
 * What an API server would have against the object, one line each; empty when nothing. Rules in CEL are not covered, nor
 * what an operator refuses later.
 * @throws Error when CRDS_DIR holds no definition of the kind.
 */
export function crdProblems(object: KubernetesObject): string[] {
  const checker = checkerOf(object);
  // Through JSON, as it would travel: what is undefined is not there.
  if (checker(JSON.parse(JSON.stringify(object)))) return [];
  return (checker.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || "/"}: ${message} ${JSON.stringify(params)}`,
  );
}
