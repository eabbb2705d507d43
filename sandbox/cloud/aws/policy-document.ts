/** aws:iam/getPolicyDocument: statements rendered as the real data source renders them. */
import { isObject, type PropertyMap, type Value } from "../../engine/values";

type Statement = Record<string, Value>;

function items(value: Value | undefined): PropertyMap[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** One value alone, several in reverse order: the data source sorts them so, and a sorted document shows no false change. */
function oneOrMany(value: Value | undefined): Value | undefined {
  const list = Array.isArray(value) ? value.map((item) => String(item).replaceAll("&{", "${")) : [];
  return list.length > 1 ? list.sort().reverse() : list[0];
}

/** `{ type: identifiers }`; the type `*` stands for everyone, signed in or not. */
function principals(value: Value | undefined): Value | undefined {
  const byType: Record<string, Value> = {};
  for (const { type, identifiers } of items(value)) {
    if (type === "*") return "*";
    byType[String(type)] =
      oneOrMany([...[byType[String(type)] ?? []].flat(), ...[identifiers ?? []].flat()] as Value[]) ?? [];
  }
  return Object.keys(byType).length > 0 ? byType : undefined;
}

function conditions(value: Value | undefined): Value | undefined {
  const byTest: Record<string, Record<string, Value>> = {};
  for (const { test, variable, values } of items(value)) {
    (byTest[String(test)] ??= {})[String(variable)] = oneOrMany(values) ?? [];
  }
  return Object.keys(byTest).length > 0 ? byTest : undefined;
}

function statement(given: PropertyMap): Statement {
  const rendered: Record<string, Value | undefined> = {
    Sid: given.sid,
    Effect: given.effect ?? "Allow",
    Action: oneOrMany(given.actions),
    NotAction: oneOrMany(given.notActions),
    Resource: oneOrMany(given.resources),
    NotResource: oneOrMany(given.notResources),
    Principal: principals(given.principals),
    NotPrincipal: principals(given.notPrincipals),
    Condition: conditions(given.conditions),
  };
  return Object.fromEntries(Object.entries(rendered).filter(([, value]) => value !== undefined)) as Statement;
}

function statementsIn(documents: Value | undefined): Statement[] {
  return (Array.isArray(documents) ? documents : []).flatMap((text) => {
    const parsed = JSON.parse(String(text)) as { Statement?: Statement | Statement[] };
    return [parsed.Statement ?? []].flat();
  });
}

/** Later statements replace earlier ones of the same Sid. */
function merged(statements: readonly Statement[], overrides: readonly Statement[]): Statement[] {
  const result = [...statements];
  for (const override of overrides) {
    const at = result.findIndex((existing) => existing.Sid !== undefined && existing.Sid === override.Sid);
    if (at < 0) result.push(override);
    else result[at] = override;
  }
  return result;
}

/** The whole answer: `json`, `minifiedJson` and what the arguments said. */
export function policyDocument(args: PropertyMap): PropertyMap {
  const own = items(args.statements).map(statement);
  const sources = statementsIn(args.sourcePolicyDocuments);
  const document = {
    Version: args.version ?? "2012-10-17",
    ...(args.policyId === undefined ? {} : { Id: args.policyId }),
    Statement: merged(merged(sources, own), statementsIn(args.overridePolicyDocuments)),
  };
  return {
    ...args,
    version: document.Version,
    json: JSON.stringify(document, undefined, 2),
    minifiedJson: JSON.stringify(document),
  };
}
