/** Buckets: objects that end, and who may read them. */
import { isAbsent, isMap, listAt, numberAt, textAt, valueAt, type Values } from "../plans/values";
import { canonical, documentIn } from "../plans/difference";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "./condition";
import { blocksAt, withOwner } from "./common";

/** Classes from which an object must be restored before it is read. */
const ASLEEP = /^(GLACIER|DEEP_ARCHIVE)$/;

const isOn = (rule: Values): boolean => textAt(rule, "status") !== "Disabled" && valueAt(rule, "enabled") !== false;

const ends = (rule: Values): boolean =>
  !isAbsent(valueAt(rule, "expiration.days")) || !isAbsent(valueAt(rule, "expiration.date"));

function sleeps(rule: Values): boolean {
  return listAt(rule, "transitions").some((one) => isMap(one) && ASLEEP.test(textAt(one, "storageClass") ?? ""));
}

/** Days until a rule ends what it is about; none where it does not. */
function daysOf(rule: Values | undefined): number {
  return rule === undefined || !isOn(rule) || !ends(rule)
    ? Number.POSITIVE_INFINITY
    : (numberAt(rule, "expiration.days") ?? 0);
}

function objectsEnd({ resource, row }: Context): Outcome {
  const [before, after] = [blocksAt(resource.before, "rules"), blocksAt(resource.after, "rules")];
  if (before === undefined || after === undefined) return unknown(row.when);
  const byId = (rules: readonly Values[]): ReadonlyMap<string, Values> =>
    new Map(rules.map((rule, at) => [textAt(rule, "id") ?? String(at), rule]));
  const [old, next] = [byId(before), byId(after)];
  const changed = [...next].filter(([id, rule]) => isOn(rule) && canonical(old.get(id) ?? null) !== canonical(rule));
  const earlier = changed.filter(([id, rule]) => daysOf(rule) < daysOf(old.get(id)));
  const about = changed.filter(([id, rule]) => {
    const former = old.get(id);
    return (
      daysOf(rule) < Number.POSITIVE_INFINITY &&
      former !== undefined &&
      canonical(valueAt(former, "filter") ?? null) !== canonical(valueAt(rule, "filter") ?? null)
    );
  });
  const ending = [...earlier, ...about].map(([id]) => id);
  if (ending.length > 0) return downtime(`${[...new Set(ending)].join(", ")} deletes objects: ${row.when}`);
  if (changed.some(([, rule]) => sleeps(rule)))
    return degrades(
      "objects move to a class from which they must be restored, within hours, before anybody reads them",
    );
  return changed.some(([, rule]) => !isAbsent(valueAt(rule, "noncurrentVersionExpiration")))
    ? degrades("older versions of objects are deleted")
    : safe("no object ends earlier than before");
}

function lettingIn(policy: unknown): readonly Values[] | undefined {
  const document = typeof policy === "string" ? documentIn(policy) : policy;
  if (!isMap(document)) return undefined;
  return listAt(document, "Statement")
    .filter(isMap)
    .filter((statement) => statement["Effect"] === "Allow");
}

/** Properties that name what a policy is about. */
const GOVERNED = ["bucket", "repository", "queueUrl", "arn", "secretArn"];

/** A policy of a bucket, queue, topic, secret or repository that goes. */
function policyGoes(context: Context): Outcome {
  const { resource, row } = context;
  const owned = withOwner(context, GOVERNED);
  if (owned !== undefined) return owned;
  const allowed = lettingIn(valueAt(resource.before, "policy"));
  if (allowed === undefined) return unknown(row.when);
  return allowed.length === 0 ? safe("it only refused: without it more is let in") : downtime(row.when);
}

/** Conditions about buckets. */
export const buckets: Conditions = { objectsEnd, policyGoes };
