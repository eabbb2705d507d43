/** A rule's configuration: its schema's defaults, what was given, and whether that fits; the pack's server checks none of it. */
import { UserError } from "../core/errors";
import { isObject, type PropertyMap, type Value } from "../property/values";

/** A rule as the pack announces it. */
export interface ConfigurableRule {
  readonly name: string;
  /** JSON schemas of its properties. */
  readonly schema: PropertyMap;
}

const FITS: Readonly<Record<string, (value: Value) => boolean>> = {
  integer: (value) => Number.isInteger(value),
  array: (value) => Array.isArray(value),
  object: (value) => isObject(value),
  null: (value) => value === null,
};

/** The properties with defaults filled in. */
export function withDefaults({ schema }: ConfigurableRule, settings: PropertyMap): PropertyMap {
  const defaults = Object.entries(schema).flatMap(([name, property]) =>
    isObject(property) && property.default !== undefined ? [[name, property.default] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...settings };
}

/** Refuses properties of another type than the schema's, all at once. @throws UserError in the real engine's words. */
export function rejectMismatches(
  pack: string,
  rules: readonly { rule: ConfigurableRule; properties: PropertyMap }[],
): void {
  const problems = rules.flatMap(({ rule, properties }) =>
    Object.entries(properties).flatMap(([name, value]) => {
      const expected = expectedType(rule.schema[name]);
      if (expected === undefined || (FITS[expected]?.(value) ?? typeof value === expected)) return [];
      return [`${rule.name}: ${name}: Invalid type. Expected: ${expected}, given: ${typeName(value)}`];
    }),
  );
  if (problems.length > 0) throw new UserError(`validating policy config: ${pack}  ${problems.join("\n  ")}`);
}

function expectedType(property: Value | undefined): string | undefined {
  return isObject(property) && typeof property.type === "string" ? property.type : undefined;
}

function typeName(value: Value): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
