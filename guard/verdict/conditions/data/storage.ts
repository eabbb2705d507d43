/** Buckets, volumes and image repositories. */
import { canonical, documentIn } from "../../plans/difference";
import {
  isAbsent,
  isMap,
  isUnknown,
  listAt,
  numberAt,
  numberOf,
  textAt,
  valueAt,
  type Values,
} from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { blocksAt } from "../core/lists";
import { named, safeWithOwner } from "../core/related";

/** Classes from which an object must be restored before it is read. */
const ARCHIVED = /^(GLACIER|DEEP_ARCHIVE)$/;

const isOn = (rule: Values): boolean => textAt(rule, "status") !== "Disabled" && valueAt(rule, "enabled") !== false;

const expires = (rule: Values): boolean =>
  !isAbsent(valueAt(rule, "expiration.days")) || !isAbsent(valueAt(rule, "expiration.date"));

function archives(rule: Values): boolean {
  return listAt(rule, "transitions").some((one) => isMap(one) && ARCHIVED.test(textAt(one, "storageClass") ?? ""));
}

/** Days until a rule expires objects; infinity where it does not. */
function expiryDays(rule: Values | undefined): number {
  return rule === undefined || !isOn(rule) || !expires(rule)
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
  const earlier = changed.filter(([id, rule]) => expiryDays(rule) < expiryDays(old.get(id)));
  const about = changed.filter(([id, rule]) => {
    const former = old.get(id);
    return (
      expiryDays(rule) < Number.POSITIVE_INFINITY &&
      former !== undefined &&
      canonical(valueAt(former, "filter") ?? null) !== canonical(valueAt(rule, "filter") ?? null)
    );
  });
  const ending = [...earlier, ...about].map(([id]) => id);
  if (ending.length > 0) return downtime(`${[...new Set(ending)].join(", ")} deletes objects: ${row.when}`);
  if (changed.some(([, rule]) => archives(rule)))
    return degrades(
      "objects move to a storage class from which they must be restored within hours before they can be read",
    );
  return changed.some(([, rule]) => !isAbsent(valueAt(rule, "noncurrentVersionExpiration")))
    ? degrades("older versions of objects are deleted")
    : safe("no object expires earlier than before");
}

function allowStatements(policy: unknown): readonly Values[] | undefined {
  const document = typeof policy === "string" ? documentIn(policy) : policy;
  if (!isMap(document)) return undefined;
  return listAt(document, "Statement")
    .filter(isMap)
    .filter((statement) => statement["Effect"] === "Allow");
}

/** Properties that refer to the resource of a policy. */
const GOVERNED = ["bucket", "repository", "queueUrl", "arn", "secretArn"];

/** A deleted policy of a bucket, queue, topic, secret or repository. */
function policyGoes(context: Context): Outcome {
  const { resource, row } = context;
  const owned = safeWithOwner(context, GOVERNED);
  if (owned !== undefined) return owned;
  const allowed = allowStatements(valueAt(resource.before, "policy"));
  if (allowed === undefined) return unknown(row.when);
  return allowed.length === 0 ? safe("it only denied: without it more is allowed") : downtime(row.when);
}

/** A deleted bucket: with forceDestroy its objects are deleted too. */
function bucketDeleted({ resource, row }: Context): Outcome {
  const force = valueAt(resource.before, "forceDestroy") === true;
  return downtime(force ? `forceDestroy is on, so the objects are deleted with it: ${row.when}` : row.when);
}

/** Whether a policy allows public access. */
function isPublic(policy: unknown): boolean {
  const text = typeof policy === "string" ? policy : JSON.stringify(policy ?? "");
  return (
    /"Principal"\s*:\s*("\*"|\{\s*"AWS"\s*:\s*(\[\s*)?"\*")/.test(text) && !/aws:Source|aws:PrincipalOrgID/i.test(text)
  );
}

/** Whether the bucket is public. */
function publicReaders({ index, resource, row }: Context): Outcome {
  const bucket = valueAt(resource.before ?? resource.after, "bucket");
  const open = index.plan.resources.filter(
    ({ type, operation, after }) =>
      operation !== "delete" &&
      valueAt(after, "bucket") === bucket &&
      ((type === "aws:s3/bucketPolicy:BucketPolicy" && isPublic(valueAt(after, "policy"))) ||
        (/^aws:s3\/bucketAcl(V2)?:/.test(type) && /^public/.test(textAt(after, "acl") ?? "")) ||
        /^aws:s3\/bucketWebsiteConfiguration/.test(type)),
  );
  return open.length > 0 ? downtime(`${named(open)} allows public access: ${row.when}`) : degrades(row.when);
}

/** Conditions about buckets, volumes and images. */
export const storage: Conditions = {
  objectsEnd,
  policyGoes,
  bucketDeleted,
  publicReaders,
  volumeChanges: ({ before, after, row }) =>
    isUnknown(after)
      ? unknown(row.when)
      : (numberOf(after) ?? 0) < (numberOf(before) ?? 0)
        ? degrades(`less than before: a volume cannot shrink, and fewer operations are slower. ${row.when}`)
        : safe(row.when),
  imagesGo: ({ resource, row }) =>
    valueAt(resource.before, "forceDelete") === true
      ? downtime(`forceDelete is on, so the images are deleted with it: ${row.when}`)
      : degrades(row.when),
};
