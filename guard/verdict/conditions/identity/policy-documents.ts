/** Policy documents of IAM: which permissions one adds or removes. */
import { canonical, documentIn } from "../../plans/difference";
import { isMap, isUnknown, Secret, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, type Outcome, safe, unknown } from "../core/condition";

/** Permissions and denials of a document, each without the name of its statement. */
interface Statements {
  readonly allows: ReadonlySet<string>;
  readonly denies: ReadonlySet<string>;
}

const list = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

function principalsOf(statement: Values): readonly string[] {
  const principal = statement["Principal"];
  if (!isMap(principal)) return [canonical(principal ?? null)];
  return Object.entries(principal).flatMap(([kind, values]) =>
    list(values).map((value) => `${kind} ${canonical(value)}`),
  );
}

/** A statement as single permissions, so that two documents can be compared whatever the lists are grouped by. */
function rightsOf(statement: Values): readonly string[] {
  const rest = canonical(
    [statement["NotAction"], statement["NotResource"], statement["NotPrincipal"], statement["Condition"]].map(
      (part) => part ?? null,
    ),
  );
  const actions = list(statement["Action"] ?? null).map(canonical);
  const resources = list(statement["Resource"] ?? null).map(canonical);
  return actions.flatMap((action) =>
    resources.flatMap((resource) =>
      principalsOf(statement).map((principal) => [action, resource, principal, rest].join(" ")),
    ),
  );
}

function statementsOf(value: unknown): Statements | undefined {
  const document = typeof value === "string" ? documentIn(value) : value;
  if (!isMap(document)) return undefined;
  const statements = list(document["Statement"]).filter(isMap);
  const of = (effect: string): ReadonlySet<string> =>
    new Set(statements.filter((one) => one["Effect"] === effect).flatMap(rightsOf));
  return { allows: of("Allow"), denies: of("Deny") };
}

/** Whether a document denies anything. */
function hasDenial(value: unknown): boolean {
  return (statementsOf(value)?.denies.size ?? 0) > 0;
}

/** A changed document: SAFE where it only adds permissions. */
export function policyNarrower({ before, after, row }: Context): Outcome {
  if (isUnknown(after) || after instanceof Secret)
    return unknown(`${row.when} (the new document is known only after the run)`);
  const [old, next] = [statementsOf(before), statementsOf(after)];
  if (next === undefined || (old === undefined && typeof before === "string" && before !== ""))
    return unknown(`${row.when} (the documents cannot be compared)`);
  const lost = [...(old?.allows ?? [])].filter((right) => !next.allows.has(right));
  const refused = [...next.denies].filter((right) => !(old?.denies.has(right) ?? false));
  if (lost.length === 0 && refused.length === 0) return safe("the document only adds permissions");
  return unknown(`${row.when} (${lost.length} permissions are removed, ${refused.length} denials are added)`);
}

/** A new document beside existing ones: only a denial removes permissions. */
function refusesNothing({ index, resource, row }: Context): Outcome {
  const document = valueAt(resource.after, "policy") ?? valueAt(resource.after, "inlinePolicy");
  const targets = index.usedBy(resource.address);
  if (targets.length > 0 && targets.every(({ operation }) => operation === "create"))
    return safe("it is part of something new");
  if (isUnknown(document) || document instanceof Secret)
    return unknown(`${row.when} (the document is known only after the run)`);
  return hasDenial(document) ? unknown(row.when) : safe("it only adds permissions");
}

/** Conditions about policy documents. */
export const policyDocuments: Conditions = {
  policyNarrower,
  refusesNothing,
};
