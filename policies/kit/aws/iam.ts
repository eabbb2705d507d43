/** Reads IAM documents: statements, actions, resources, principals and the conditions that narrow them. */
import { globToRegExp, wildcards } from "@fridayproof/components/core";
import type { Field } from "../reading/field";

/** IAM takes one element or a list of them. */
function several(field: Field): readonly Field[] {
  return Array.isArray(field.value()) ? field.list() : field.isSet() ? [field] : [];
}

/** The texts of an element that is one text or a list of them. */
export function textsOf(field: Field): readonly string[] {
  return several(field).flatMap((item) => item.text() ?? []);
}

/** The statements that allow something; an absent document has none. */
export function* allowances(document: Field): Generator<Field> {
  const parsed = document.json();
  if (!parsed.isSet()) return;
  for (const statement of several(parsed.at("Statement")))
    if (statement.at("Effect").text() === "Allow") yield statement;
}

/** A statement's condition keys, lower case as IAM compares them, each with its operator and values. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** All conditions of a statement: each of them must hold. */
export function conditionsOf(statement: Field): readonly Condition[] {
  return statement
    .at("Condition")
    .members()
    .flatMap(([operator, block]) =>
      block.members().map(([key, values]) => ({ operator, key: key.toLowerCase(), values: textsOf(values) })),
    );
}

/** Operators that require the key to be present; `IfExists` and the negated ones do not. */
export const demanding = /^(ForAnyValue:)?(String|Arn)(Equals|Like)$|^StringEqualsIgnoreCase$|^Bool$|^IpAddress$/;

/** Principals of a statement: `*` for all of them, else a list by type. */
export function principalsOf(statement: Field): readonly (readonly [type: string, Field])[] {
  const principal = statement.at("Principal");
  if (!principal.isSet()) return [];
  if (typeof principal.value() === "string") return [["AWS", principal]];
  return principal.members().flatMap(([type, who]) => several(who).map((one) => [type, one] as const));
}

/** Whether an action with `*` and `?` matches this one: IAM ignores case. */
export function mayMean(pattern: string, action: string): boolean {
  return globToRegExp(pattern, wildcards.iam, "i").test(action);
}

const everything = /^[*?]*\*[*?]*$/;
/** An ARN whose resource is anything, or any of one type in whatever account, of a service whose ARNs name the account. */
const anyOfService = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(\*+|\*+[/:]\*+)$/;
const anyOfType = /^arn:[^:]*:[^:]*:[^:]*:\*+:[^*]*[/:]\*+$/;

/** Whether the statement names no particular resource: all of a service, or all of a type in every account. */
export function isAnyResource(statement: Field): boolean {
  if (statement.at("NotResource").isSet()) return true;
  const resources = textsOf(statement.at("Resource"));
  return (
    resources.length === 0 ||
    resources.some((resource) => [everything, anyOfService, anyOfType].some((form) => form.test(resource)))
  );
}
