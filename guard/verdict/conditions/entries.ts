/** Lists of which each entry serves somebody: addresses, origins, receivers, schedules. */
import { isMap, isUnknown, listOf, valueAt, type Values } from "../plans/values";
import { setChange } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "./condition";

type Loss = (reason: string) => Outcome;

function lossIs(loss: Loss): (context: Context) => Outcome {
  return (context) => {
    const change = setChange(context);
    if (change === undefined) return unknown(`${context.row.when} (the new list is known only after the run)`);
    return change.lost === 0 ? safe("the list only grows: what was in it still is") : loss(context.row.when);
  };
}

const entriesLost = lossIs(downtime);

/** A list that stands for AWS's defaults while it is empty: the first entry takes those away. */
function defaultsLost(context: Context): Outcome {
  return listOf(context.before).length === 0
    ? unknown(`until now AWS's own list was in force: ${context.row.when}`)
    : entriesLost(context);
}

/** What a rule about other origins lets through, under both spellings of AWS. */
const ALLOWED = [
  ["allowOrigins", "allowedOrigins"],
  ["allowMethods", "allowedMethods"],
  ["allowHeaders", "allowedHeaders"],
  ["exposeHeaders", "exposeHeaders"],
] as const;

function allowedBy(rule: Values, names: readonly string[]): readonly unknown[] {
  return names.flatMap((name) => listOf(valueAt(rule, name)));
}

/** Whether a rule lets through all that another one did. */
function letsThrough(next: Values, old: Values): boolean {
  const hasLists = ALLOWED.every((names) => {
    const allowed = allowedBy(next, names);
    return allowed.includes("*") || allowedBy(old, names).every((one) => allowed.includes(one));
  });
  return hasLists && (valueAt(old, "allowCredentials") !== true || valueAt(next, "allowCredentials") === true);
}

/** Pages of other origins that a browser lets call. */
function corsNarrower({ before, after, resource, row }: Context): Outcome {
  const [old, next] = [listOf(before).filter(isMap), listOf(after).filter(isMap)];
  if (isUnknown(after) || next.some((rule) => Object.values(rule).some(isUnknown)))
    return unknown(`${row.when} (the new rules are known only after the run)`);
  if (old.length === 0)
    return resource.type.startsWith("aws:s3/")
      ? safe("no other origin was let in before")
      : unknown(`until now the backend's own headers counted, which are ignored from now on: ${row.when}`);
  return old.every((rule) => next.some((one) => letsThrough(one, rule)))
    ? safe("every origin, method and header that was let through still is")
    : downtime(row.when);
}

/** Conditions about entries of lists. */
export const entries: Conditions = { entriesLost, partsLost: lossIs(degrades), defaultsLost, corsNarrower };
