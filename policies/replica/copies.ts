/** Checks whether images and buckets have a copy in the replica's region. */
import { valueOr } from "../kit/reading/field";
import { type Finding, violation } from "../kit/finding/finding";
import type { Resource, Stack } from "../kit/reading/resource";
import { eachResource, reportUnreadable } from "../kit/rule/rule";
import { types } from "../kit/reading/types";

/** One rule of the registry's replication. */
interface Copied {
  readonly regions: readonly string[];
  /** Prefixes of the repositories that it copies; none means all. */
  readonly prefixes: readonly string[];
}

/** Every repository is copied by some rule of the registry. */
export function* checkImages(stack: Stack, replicaRegion: string): Iterable<Finding> {
  const repositories = stack.of(types.ecrRepository);
  if (repositories.length === 0) return;
  const replications = stack.of(types.ecrReplication);
  yield* reportUnreadable(replications, copiedBy);
  const rules = replications
    .flatMap((one) => valueOr(() => copiedBy(one), []))
    .filter(({ regions }) => regions.includes(replicaRegion));
  // Rules that are unknown in a preview may contain the one that copies.
  if (replications.some((one) => valueOr(() => copiedBy(one), undefined) === undefined)) return;
  yield* eachResource(repositories, function* (repository) {
    if (rules.some(({ prefixes }) => prefixes.length === 0)) return;
    const name = rules.length === 0 ? "" : (repository.at("name").text() ?? repository.name);
    if (rules.some(({ prefixes }) => prefixes.some((prefix) => name.startsWith(prefix)))) return;
    const got =
      rules.length === 0
        ? "images of which no rule makes a copy"
        : "images that the filters of the replication leave out";
    yield violation(repository, {
      got,
      expected: `a copy in ${replicaRegion}`,
      fix: `add to aws.ecr.ReplicationConfiguration a destination in ${replicaRegion} whose filter takes this repository in`,
    });
  });
}

function copiedBy(replication: Resource): readonly Copied[] {
  return replication
    .at("replicationConfiguration", "rules")
    .list()
    .map((rule) => ({
      regions: rule
        .at("destinations")
        .list()
        .flatMap((destination) => destination.at("region").text() ?? []),
      prefixes: rule
        .at("repositoryFilters")
        .list()
        .flatMap((filter) => filter.at("filter").text() ?? []),
    }));
}

/** A bucket that keeps versions holds data, and data has a copy. */
export function* checkBuckets(stack: Stack): Iterable<Finding> {
  const replications = stack.of(types.bucketReplication);
  const versionings = stack.of(types.bucketVersioning);
  yield* eachResource(stack.of(types.bucket), function* (bucket) {
    const isOf = (part: Resource): boolean => stack.linked(part, "bucket").includes(bucket);
    const versioned = versionings.some(isOf) || bucket.at("versioning", "enabled").flag() === true;
    // A bucket that exists has the setting with an empty value.
    if (!versioned || replications.some(isOf) || bucket.at("replicationConfiguration", "rules").isSet()) return;
    yield violation(bucket, {
      got: "versions of which no rule makes a copy",
      expected: "a copy in the replica's region",
      fix: "add aws.s3.BucketReplicationConfig with a bucket of that region as destination",
    });
  });
}
