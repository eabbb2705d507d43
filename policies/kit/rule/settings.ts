/** Typed policy configuration: a JSON schema for the engine and a type for the rule from one declaration. */
import type { Limit } from "@fridayproof/components/core/limits";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { isRecord } from "../reading/value";

/** One configurable value. */
export interface Setting<T> {
  readonly schema: PolicyConfigJSONSchema;
  readonly fallback: T;
  /** Direction in which the rule becomes weaker, which a fixed environment may not take. `any`: every change weakens it. */
  readonly weaker: "higher" | "lower" | "any" | "none";
  /** Whether only the project defines it: see {@link withoutDefault}. @default false */
  readonly hasNoDefault?: true;
}

/** A rule's settings by name. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;
/** The values that a rule receives. */
export type Values<S extends Settings> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

/** A number from a limits row; `weaker` is the direction that relaxes the rule. */
export function quantity(
  limit: Limit,
  weaker: Setting<number>["weaker"],
  bounds: { readonly minimum?: number; readonly maximum?: number } = {},
): Setting<number> {
  const description = `${limit.reason} (${limit.unit})`;
  return { schema: { type: "number", default: limit.value, description, ...bounds }, fallback: limit.value, weaker };
}

/** A text. */
export function text(fallback: string, description: string, allowed?: readonly string[]): Setting<string> {
  const choice = allowed === undefined ? {} : { enum: [...allowed] };
  return { schema: { type: "string", default: fallback, description, ...choice }, fallback, weaker: "none" };
}

/** A boolean; `weaker` is whether another value than the fallback relaxes the rule. */
export function choice(fallback: boolean, description: string, weaker: "any" | "none"): Setting<boolean> {
  return { schema: { type: "boolean", default: fallback, description }, fallback, weaker };
}

/** A list of texts. */
export function texts(
  fallback: readonly string[],
  description: string,
  weaker: "any" | "none" = "none",
): Setting<readonly string[]> {
  const schema: PolicyConfigJSONSchema = {
    type: "array",
    items: { type: "string" },
    default: [...fallback],
    description,
  };
  return { schema, fallback, weaker };
}

/** A list of objects whose members are all texts; `required` members must be there, `optional` ones may. */
export function rows<K extends string, O extends string = never>(
  required: readonly K[],
  description: string,
  optional: readonly O[] = [],
): Setting<readonly (Readonly<Record<K, string>> & Readonly<Partial<Record<O, string>>>)[]> {
  const text = { type: "string" as const, minLength: 1 };
  const properties = Object.fromEntries([...required, ...optional].map((key) => [key, text]));
  const items: PolicyConfigJSONSchema = {
    type: "object",
    properties,
    required: [...required],
    additionalProperties: false,
  };
  return { schema: { type: "array", items, default: [], description }, fallback: [], weaker: "none" };
}

/** A map from text to number. */
export function numbersByName(description: string): Setting<Readonly<Record<string, number>>> {
  const schema: PolicyConfigJSONSchema = {
    type: "object",
    additionalProperties: { type: "number" },
    default: {},
    description,
  };
  return { schema, fallback: {}, weaker: "none" };
}

/**
 * The same setting without a default, for a value that only the project defines. Its schema has no default, so that an engine fills in none;
 * a finding that depends on it (`setting` of a finding) blocks nothing until the configuration sets it.
 */
export function withoutDefault<T>({ schema: { default: _default, ...schema }, ...setting }: Setting<T>): Setting<T> {
  return { ...setting, schema, hasNoDefault: true };
}

/** Whether the configuration does not set a setting without a default. */
export function isOpen(settings: Settings, name: string, config: unknown): boolean {
  return settings[name]?.hasNoDefault === true && (isRecord(config) ? config[name] : undefined) === undefined;
}

/** The configuration with every default filled in: the engine does that, a test or a run over manifests does not. */
export function resolve<S extends Settings>(settings: S, config: unknown): Values<S> {
  const source = isRecord(config) ? config : {};
  const values = Object.entries(settings).map(([name, setting]) => [name, source[name] ?? setting.fallback] as const);
  return Object.fromEntries(values) as Values<S>;
}
