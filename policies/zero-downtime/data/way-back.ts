/** Rule way-back. */
import type { Field } from "../../kit/reading/field";
import { type Violation, type Finding, violation } from "../../kit/finding/finding";
import { fix, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, resourceRule } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { recoveryLimits } from "../../limits/recovery";

const lifecycles = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];

/** What is deleted or overwritten by mistake can be had again. */
export const wayBack = resourceRule({
  id: "way-back",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A secret that is gone at once, a key that is switched off, versions that are kept no more, a lifecycle that empties a bucket, a release of Helm without history.",
  prevents: "A mistake that nobody can undo: data, credentials and the release before are gone.",
  source:
    "AWS Secrets Manager, DeleteSecret (RecoveryWindowInDays); KMS, key states; S3, versioning-suspended buckets and lifecycle rules; Helm, history-max",
  settings: {
    days: quantity(recoveryLimits.daysAtLeast, "lower", { minimum: 1 }),
    revisions: quantity(recoveryLimits.revisionsAtLeast, "lower", { minimum: 1 }),
  },
  resourceTypes: [
    types.secret,
    types.kmsKey,
    types.kmsReplicaKey,
    types.bucketVersioning,
    types.helmRelease,
    ...lifecycles,
  ],
  limits: "A lifecycle for a prefix, a tag or a size is its owner's choice: caches and logs may go early.",
  examples: {
    bad: "new aws.secretsmanager.Secret('db', { recoveryWindowInDays: 0 })",
    good: "recoveryWindowInDays: 30",
  },
  *check(resource, { days, revisions }) {
    if (resource.is(types.secret)) yield* report(resource, window(resource.at("recoveryWindowInDays"), days));
    if (resource.is(types.kmsKey, types.kmsReplicaKey)) {
      const field = resource.at(resource.is(types.kmsKey) ? "isEnabled" : "enabled");
      yield* report(resource, switchedOff(field));
    }
    if (resource.is(types.bucketVersioning)) yield* report(resource, suspended(resource));
    if (resource.is(types.helmRelease)) yield* report(resource, forgotten(resource.at("maxHistory"), revisions));
    if (lifecycles.includes(resource.type))
      yield* eachPart(resource, resource.at("rules").list(), (rule) => report(resource, emptied(rule, days)));
  },
});

function* report(resource: Resource, problem: Violation | undefined): Iterable<Finding> {
  if (problem !== undefined) yield violation(resource, problem);
}

/** Without a number AWS keeps a deleted secret for thirty days. */
function window(field: Field, least: number): Violation | undefined {
  const days = field.number();
  if (days === undefined || days >= least) return undefined;
  return {
    at: field.path,
    got: days === 0 ? "0: a secret that is deleted, or replaced, is gone at once" : `${days} days`,
    expected: `at least ${least} days`,
    fix: fix`${set(field, least)} or more`,
  };
}

function switchedOff(field: Field): Violation | undefined {
  if (field.flag() !== false) return undefined;
  return {
    at: field.path,
    got: "false: nothing that the key encrypted can be read",
    expected: "true",
    fix: remove(field),
  };
}

function suspended(versioning: Resource): Violation | undefined {
  const field = versioning.at("versioningConfiguration", "status");
  if (field.text() !== "Suspended") return undefined;
  return {
    at: field.path,
    got: "Suspended: what is overwritten from now on is lost",
    expected: '"Enabled"',
    fix: set(field, "Enabled"),
  };
}

/** Zero means without end (Helm, --history-max). */
function forgotten(field: Field, least: number): Violation | undefined {
  const kept = field.number() ?? 0;
  if (kept === 0 || kept >= least) return undefined;
  return {
    at: field.path,
    got: `${kept}: nothing is left to roll back to`,
    expected: `at least ${least}, or 0 for all`,
    fix: fix`${set(field, least)} or more`,
  };
}

/** A rule that is on, for the whole bucket, and deletes what is current within days. */
function emptied(rule: Field, least: number): Violation | undefined {
  const field = rule.at("expiration", "days");
  const days = field.number();
  if (days === undefined || days >= least || rule.at("status").text() !== "Enabled") return undefined;
  const filter = rule.at("filter");
  const narrow = ["prefix", "tag", "and", "objectSizeGreaterThan", "objectSizeLessThan"];
  const narrowed = narrow.some((key) => filter.at(key).isSet() && filter.at(key).value() !== "");
  if (narrowed || rule.at("prefix").textOrEmpty() !== "") return undefined;
  return {
    at: field.path,
    got: `${days} days for everything in the bucket`,
    expected: `at least ${least} days, or a filter for what may go`,
    fix: fix`${set(field, least)} or more`,
  };
}
