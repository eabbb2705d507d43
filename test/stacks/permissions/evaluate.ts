/** Whether IAM would allow a call: the documents against what AWS documents of the call, and nothing that it does not carry. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import { globToRegExp, wildcards } from "../../../components/core/glob";
import type { Conditions, Statement, TrustStatement } from "../../../components/aws/iam";

/** A call as the Service Authorization Reference has it. */
interface Documented {
  /** Resource types, those in brackets only in some calls; `*` when the call names none. */
  readonly on: readonly string[] | "*";
  /** Condition keys, tags without the name of the tag. */
  readonly keys: readonly string[];
}

/** What stands in a request: condition key to value. */
export type Context = Readonly<Record<string, string>>;

const table = parse(readFileSync(path.join(__dirname, "service-authorization.yaml"), "utf8")) as Readonly<
  Record<string, { readonly source: string; readonly calls: Readonly<Record<string, Documented>> }>
>;

/** The row of a call such as `kms:CreateGrant`. @throws Error when the table has none. */
function documented(call: string): Documented {
  const [service = "", name = ""] = call.split(":");
  const row = table[service]?.calls[name];
  if (row === undefined) throw new Error(`test/stacks/permissions/service-authorization.yaml has no row for ${call}`);
  return row;
}

/** Of these values, those under keys that AWS documents for the call. */
export function carried(call: string, values: Context): Context {
  const { keys } = documented(call);
  const known = Object.entries(values).filter(([key]) => keys.includes(key.replace(/(Tag)\/.*$/, "$1")));
  return Object.fromEntries(known);
}

/**
 * The ARNs that a call is asked on: of the resources that AWS names, those that the type's row has.
 * @param own the resource itself: a call that tags speaks of it alone.
 * @throws Error when the row leaves out one that every such call names.
 */
export function resourcesOf(call: string, own: string, arns: Readonly<Record<string, string>>): readonly string[] {
  const { on: all } = documented(call);
  if (all === "*") return ["*"];
  const on = /Tag(s|Resource|Role)$/.test(call) ? all.filter((type) => type.replace(/[()]/g, "") === own) : all;
  const types = on.map((type) => type.replace(/[()]/g, ""));
  const missing = on.filter((type) => !type.startsWith("(") && arns[type] === undefined);
  const named = types.flatMap((type) => arns[type] ?? []);
  if (missing.length > 0 || named.length === 0)
    throw new Error(`calls.ts: ${call} names ${all.join(", ")}; the row has ${Object.keys(arns).join(", ")}`);
  return named;
}

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat();

/** As IAM compares: `*` is anything, and in the resource `*` of a call only a statement on all resources matches. */
function matches(pattern: string, text: string): boolean {
  return globToRegExp(pattern, wildcards.name).test(text);
}

/** Operators of the documents but `Null`; a missing key fails each of them. */
const OPERATORS: Readonly<Record<string, (expected: string, got: string) => boolean>> = {
  StringEquals: (expected, got) => expected === got,
  "ForAnyValue:StringEquals": (expected, got) => expected === got,
  ArnEquals: (expected, got) => expected === got,
  ArnLike: matches,
  Bool: (expected, got) => expected === got,
};

function holds(conditions: Conditions | undefined, context: Context): boolean {
  return Object.entries(conditions ?? {}).every(([operator, block]) => {
    if (operator === "Null")
      return Object.entries(block).every(([key, values]) => list(values).includes(String(context[key] === undefined)));
    const compare = OPERATORS[operator];
    if (compare === undefined) throw new Error(`no operator ${operator}`);
    return Object.entries(block).every(([key, values]) => {
      const got = context[key];
      return got !== undefined && list(values).some((expected) => compare(expected, got));
    });
  });
}

/** Whether a statement speaks of the call on this resource, with this context. */
function appliesTo(statement: Statement | TrustStatement, call: string, resource: string, context: Context): boolean {
  return (
    list(statement.Action).some((pattern) => matches(pattern, call)) &&
    list(statement.Resource).some((pattern) => matches(pattern, resource)) &&
    holds(statement.Condition, context)
  );
}

/** Whether the documents allow the call: one statement does, and none refuses it. */
export function allowed(
  statements: readonly (Statement | TrustStatement)[],
  call: string,
  resource: string,
  context: Context,
): boolean {
  const applicable = statements.filter((statement) => appliesTo(statement, call, resource, context));
  return applicable.length > 0 && applicable.every(({ Effect }) => Effect === "Allow");
}
