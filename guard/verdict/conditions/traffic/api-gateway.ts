/** API Gateway: routes, deployments, CORS. */
import { changes } from "../../plans/plan-index";
import { isAbsent, isMap, isUnknown, listOf, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named } from "../core/related";

const DEPLOYS = /^aws:apigateway\/(deployment|stage):/;

/** A part of a REST API: whether this run deploys it. */
function untilDeployed({ index, row }: Context): Outcome {
  const live = index.plan.resources.filter((one) => DEPLOYS.test(one.type) && changes(one));
  return live.length > 0
    ? unknown(`${named(live)} deploys it in this run: ${row.when}`)
    : degrades("stages serve the old version until the next deployment, which includes this change");
}

/** What a CORS rule allows, in both spellings of AWS. */
const ALLOWED = [
  ["allowOrigins", "allowedOrigins"],
  ["allowMethods", "allowedMethods"],
  ["allowHeaders", "allowedHeaders"],
  ["exposeHeaders", "exposeHeaders"],
] as const;

function allowedBy(rule: Values, names: readonly string[]): readonly unknown[] {
  return names.flatMap((name) => listOf(valueAt(rule, name)));
}

/** Whether a rule allows all that another one did. */
function letsThrough(next: Values, old: Values): boolean {
  const hasLists = ALLOWED.every((names) => {
    const allowed = allowedBy(next, names);
    return allowed.includes("*") || allowedBy(old, names).every((one) => allowed.includes(one));
  });
  return hasLists && (valueAt(old, "allowCredentials") !== true || valueAt(next, "allowCredentials") === true);
}

/** Origins whose pages may send requests from a browser. */
function corsNarrower({ before, after, resource, row }: Context): Outcome {
  const [old, next] = [listOf(before).filter(isMap), listOf(after).filter(isMap)];
  if (isUnknown(after) || next.some((rule) => Object.values(rule).some(isUnknown)))
    return unknown(`${row.when} (the new rules are known only after the run)`);
  if (old.length === 0)
    return resource.type.startsWith("aws:s3/")
      ? safe("no other origin was allowed before")
      : unknown(`until now the backend's own headers applied, which are ignored from now on: ${row.when}`);
  return old.every((rule) => next.some((one) => letsThrough(one, rule)))
    ? safe("every origin, method and header that was allowed still is")
    : downtime(row.when);
}

/** Whether a request of one route's key is also one of another's: `ANY /{proxy+}` has all of `GET /orders`. */
function hasRequestsOf(wide: string, narrow: string): boolean {
  if (wide === "$default") return true;
  const [[method, path], [ownMethod, ownPath]] = [wide.split(" "), narrow.split(" ")];
  if (path === undefined || ownPath === undefined) return wide === narrow;
  if (method !== "ANY" && method !== ownMethod) return false;
  const [outer, own] = [path.split("/"), ownPath.split("/")];
  const at = outer.findIndex((part) => /^\{.*\+\}$/.test(part));
  const fixed = at < 0 ? outer : outer.slice(0, at);
  return (
    (at < 0 ? outer.length === own.length : own.length > at) &&
    fixed.every((part, index) => part === own[index] || /^\{.*\}$/.test(part))
  );
}

/** A new route: whether another one of its API serves its requests today. */
function routeTakes({ index, resource, row }: Context): Outcome {
  if (index.isNew(resource, "apiId")) return safe("its API is new: it has no callers yet");
  const key = textAt(resource.after, "routeKey");
  if (key === "$default") return safe("it answers only what no other route answers");
  const apis = index.usedBy(resource.address, "apiId");
  const isWhole = index.plan.hasUnchanged && apis.length > 0;
  if (key === undefined || !isWhole || apis.some(({ after }) => !isAbsent(valueAt(after, "body"))))
    return unknown(`${row.when} (the plan does not state all of them)`);
  const api = textAt(resource.after, "apiId");
  const others = index
    .ofType(resource.type)
    .filter(
      ({ address, operation, before }) =>
        address !== resource.address &&
        operation !== "create" &&
        (textAt(before, "apiId") === api || index.usedBy(address, "apiId").some((one) => apis.includes(one))) &&
        hasRequestsOf(textAt(before, "routeKey") ?? "$default", key),
    );
  return others.length > 0
    ? unknown(`${named(others)} answers its requests today: ${row.when}`)
    : safe("no other route of its API answers its requests today");
}

/** Conditions about APIs. */
export const apiGateway: Conditions = {
  untilDeployed,
  routeTakes,
  corsNarrower,
};
