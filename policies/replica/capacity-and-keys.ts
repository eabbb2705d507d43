/** Rules about the replica's capacity, and about the keys that decrypt its copies. */
import { globToRegExp, wildcards } from "@fridayproof/components/core";
import { type Finding, nameOr, violation } from "../kit/finding/finding";
import { add, declare, fix, type Remedy, set, together } from "../kit/finding/remedy";
import type { Resource, Stack } from "../kit/reading/resource";
import { eachPart, eachResource, stackRule } from "../kit/rule/rule";
import { numbersByName, text, texts } from "../kit/rule/settings";
import { types } from "../kit/reading/types";
import { checkBuckets, checkImages } from "./copies";

const roles = ["primary", "replica", "none"] as const;

/** The replica has the capacity of the primary. */
export const replicaCapacity = stackRule({
  id: "replica-capacity",
  group: "replica",
  level: "mandatory",
  forbids: "A replica that cannot grow to the primary's size, or stands below its floor.",
  prevents: "A failover that falls over under the load it was built for.",
  source: "AWS Well-Architected, Reliability REL13-BP02",
  settings: {
    role: text("none", "What this environment is.", roles),
    primaryMax: numbersByName("Largest size at the primary, by resource name."),
    floor: numbersByName("Smallest size that may stand, by resource name."),
  },
  limits: "Resources are compared by their names, which the replica shares with the primary.",
  examples: {
    bad: "scalingConfig: { maxSize: 4 }   # the primary has 10",
    good: "scalingConfig: { minSize: 3, maxSize: 10 }",
  },
  *check(stack, { role, primaryMax, floor }) {
    if (role !== "replica") return;
    const sized = stack.of(types.nodeGroup, types.horizontalPodAutoscaler);
    yield* eachResource(sized, (resource) => checkSize(resource, primaryMax[resource.name], floor[resource.name]));
    const [cluster] = stack.of(types.cluster);
    // A folder of manifests has no cluster, and no node groups to miss.
    if (cluster === undefined) return;
    const there = new Set(sized.map(({ name }) => name));
    for (const name of new Set([...Object.keys(primaryMax), ...Object.keys(floor)])) {
      if (there.has(name)) continue;
      yield violation(cluster, {
        got: `no ${nameOr(name, "resource of that name")}`,
        expected: "everything that carries load at the primary",
        fix: "derive the replica with replicaOf",
      });
    }
  },
});

function* checkSize(resource: Resource, primary: number | undefined, floor: number | undefined): Iterable<Finding> {
  const scaler = resource.is(types.horizontalPodAutoscaler);
  const most = scaler ? resource.at("spec", "maxReplicas") : resource.at("scalingConfig", "maxSize");
  const least = scaler ? resource.at("spec", "minReplicas") : resource.at("scalingConfig", "minSize");
  const max = most.number() ?? 0;
  if (primary !== undefined && max < primary) {
    yield violation(resource, {
      at: most.path,
      got: most.isSet() ? String(max) : "nothing",
      expected: `at least the primary's ${primary}`,
      fix: fix`${set(most, primary)}, as replicaOf derives it`,
    });
  }
  const min = least.number() ?? (scaler ? 1 : 0);
  if (floor === undefined || min >= floor) return;
  yield violation(resource, {
    at: least.path,
    got: least.isSet() ? String(min) : "nothing",
    expected: `at least the floor of ${floor}`,
    fix: set(least, floor),
  });
}

/** The replica can decrypt the data that it restores. */
export const replicaDataKeys = stackRule({
  id: "replica-data-keys",
  group: "replica",
  level: "mandatory",
  forbids: "State, secrets or images that do not exist, or cannot be decrypted, in the replica's region.",
  prevents: "A replica that comes up and cannot read its secrets or pull its images.",
  source:
    "AWS Fault Isolation Boundaries; Secrets Manager API, ReplicaRegionType; Pulumi, secrets providers; our design, replica section 1",
  settings: {
    replicaRegion: text("", "Region of the replica; empty switches the rule off."),
    primaryRegion: text("", "Region of the primary."),
    keys: texts([], "Names of KMS keys that encrypt state."),
    unreplicated: texts([], "Names of secrets that no replica reads; * stands for any characters."),
  },
  limits:
    "A secret's key is not looked at: Secrets Manager encrypts its copy with a key of the copy's region (replicas[].kmsKeyId, else aws/secretsmanager).",
  examples: {
    bad: "new aws.secretsmanager.Secret('db', { kmsKeyId: key.id })",
    good: "{ kmsKeyId: key.id, replicas: [{ region: 'us-west-2' }] }",
  },
  *check(stack, { replicaRegion, primaryRegion, keys, unreplicated }) {
    if (replicaRegion === "") return;
    const others = unreplicated.map((pattern) => globToRegExp(pattern, wildcards.name));
    const secrets = stack.of(types.secret).filter(({ name }) => !others.some((pattern) => pattern.test(name)));
    const multiRegion = stack.of(types.kmsKey).filter(({ name }) => keys.includes(name));
    yield* eachResource(multiRegion, (key) => checkKey(stack, key, replicaRegion));
    yield* eachResource(secrets, (secret) => checkSecret(secret, replicaRegion, primaryRegion));
    yield* checkImages(stack, replicaRegion);
    yield* checkBuckets(stack);
  },
});

/** The key's copy in the replica's region. */
function copyOf(key: Resource, region: string): Remedy {
  return declare({
    type: types.kmsReplicaKey,
    name: `${key.name}-copy`,
    props: { primaryKeyArn: `${key.name}.arn`, region },
    links: { primaryKeyArn: [key.urn] },
    options: { protect: true },
  });
}

function* checkKey(stack: Stack, key: Resource, region: string): Iterable<Finding> {
  const field = key.at("multiRegion");
  const copies = stack.of(types.kmsReplicaKey).filter((copy) => stack.linked(copy, "primaryKeyArn").includes(key));
  const copied = copies.length > 0 ? [] : [copyOf(key, region)];
  if (field.flag() === true) {
    if (copies.length > 0) return;
    const got = "a key of several regions that exists in one";
    const expected = "a ReplicaKey in the replica's region";
    yield violation(key, { at: field.path, got, expected, fix: together(copied) });
    return;
  }
  const got = field.isSet() ? "false" : "nothing, which means false";
  yield violation(key, {
    at: field.path,
    got,
    expected: "true",
    fix: fix`${together([set(field, true), ...copied])}, before the first use: a key cannot be converted`,
  });
}

function* checkSecret(secret: Resource, replicaRegion: string, primaryRegion: string): Iterable<Finding> {
  const field = secret.at("replicas");
  const copies = field.list();
  yield* eachPart(secret, copies, function* (copy) {
    const region = copy.at("region");
    if (region.text() !== primaryRegion || primaryRegion === "") return;
    yield violation(secret, {
      at: region.path,
      got: "the primary's own region",
      expected: replicaRegion,
      fix: set(region, replicaRegion),
    });
  });
  if (copies.some((copy) => copy.at("region").text() === primaryRegion)) return;
  if (copies.some((copy) => copy.at("region").text() === replicaRegion)) return;
  const got = copies.length === 0 ? "no copy" : `${copies.length} copy(ies), none in ${replicaRegion}`;
  yield violation(secret, {
    at: field.path,
    got,
    expected: `a copy in ${replicaRegion}`,
    fix: add(field, { region: replicaRegion }),
  });
}
