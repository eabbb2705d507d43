/** Rule data-tier. */
import { replicaLimits } from "../../limits/replicas";
import { retentionLimits } from "../../limits/retention";
import { declaring, formsOf, property } from "../../kit/aws/cloud-control";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { declare, fix, type Remedy, set } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { eachPart, eachResource, stackRule } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { checkPassword } from "./master-passwords";
import { checkDisks, checkDisksIn, nativeWithDisks, withDisks } from "./volumes";
import { type Requirement, requirementsIn, requirementsOf } from "./data-requirements";

/** What holds data survives a zone, a wrong click and a change. */
export const dataTier = stackRule({
  id: "data-tier",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A database, cache or table in one zone, open to the internet, unencrypted, without protection or backups, or whose changes restart it at once; a disk that is not encrypted, and a password that stands in the program.",
  prevents:
    "The services stay up and the data is gone: with a zone, with one replaced resource, or in the middle of the day.",
  source:
    "Security Hub RDS.2, RDS.5, RDS.7, RDS.8, RDS.11, RDS.15, EC2.3, EC2.7, EFS.1, ElastiCache.3, DynamoDB.2, DynamoDB.6; RDS user guide, apply immediately",
  settings: {
    backupDays: quantity(retentionLimits.backupDaysAtLeast, "lower", { minimum: 1, maximum: 35 }),
    members: quantity(replicaLimits.replicasAtLeast, "lower", { minimum: 1 }),
  },
  limits:
    "Encryption, backups that go with a database, and members of a cache are checked where they are stated: a snapshot, another database or a node group may decide them. An Aurora cluster's instances are those whose clusterIdentifier was made from it. `--config fridayproof:teardown=true` lifts the protection for `make destroy`.",
  quietAt: /^(master)?[pP]assword$/,
  examples: {
    bad: "new aws.rds.Instance('db', { engine: 'postgres', multiAz: false })",
    good: "{ multiAz: true, deletionProtection: true, backupRetentionPeriod: 7, … }",
  },
  *check(stack, { backupDays, members }, { teardown }) {
    const kinds = [
      types.databaseInstance,
      types.databaseCluster,
      types.databaseMember,
      types.cacheGroup,
      types.cacheCluster,
      types.table,
    ];
    yield* eachResource(stack.of(...kinds), (resource) => {
      const requirements = requirementsOf(resource, backupDays).filter(
        ({ protects }) => !(teardown && protects === true),
      );
      return eachPart(resource, requirements, (requirement) => check(resource, requirement));
    });
    yield* eachResource(stack.of(types.databaseInstance, types.databaseCluster), checkPassword);
    yield* eachResource(stack.of(types.storageClass), checkClass);
    yield* eachResource(stack.of(...withDisks), checkDisks);
    yield* eachResource(stack.of(...declaring, ...natives, ...nativeWithDisks), function* (resource) {
      for (const form of formsOf(resource)) {
        const { type, properties } = form;
        yield* checkDisksIn(resource, form);
        const copies = copyKeys.some((key) => property(properties, key).shape() !== "absent");
        const requirements = requirementsIn(type, copies, backupDays).filter(
          ({ protects }) => !(teardown && protects === true),
        );
        yield* eachPart(resource, requirements, (requirement) =>
          check(resource, requirement, property(properties, requirement.path[0] ?? "")),
        );
      }
    });
    yield* eachResource(stack.of(types.databaseCluster), (cluster) => checkMembers(stack, cluster, members));
  },
});

/** Databases of the native provider. */
const natives = ["aws-native:rds:DbInstance", "aws-native:rds:DbCluster"];
/** An instance that belongs to a cluster, or copies another one, is checked by that one. */
const copyKeys = ["DBClusterIdentifier", "SourceDBInstanceIdentifier", "SourceDBClusterIdentifier"];

function* check(
  resource: Resource,
  { path, expected, fallback, because, stated }: Requirement,
  field: Field = resource.at(...path),
): Iterable<Finding> {
  if (stated === true && !field.isSet()) return;
  const value = typeof expected === "number" ? (field.number() ?? fallback) : (field.flag() ?? fallback);
  if (typeof expected === "number" ? Number(value) >= expected : value === expected) return;
  yield violation(resource, {
    at: field.path,
    got: field.isSet() ? String(value) : `nothing, which means ${String(value)}`,
    expected: `${typeof expected === "number" ? `at least ${expected}` : String(expected)}, ${because}`,
    fix: resource.is(types.cacheCluster) && typeof expected === "number" ? moved : set(field, expected),
  });
}

/** Provisioners of EBS volumes; where nothing is said the account's own setting decides. */
const blocks = ["ebs.csi.aws.com", "ebs.csi.eks.amazonaws.com", "kubernetes.io/aws-ebs"];

function* checkClass(storageClass: Resource): Iterable<Finding> {
  if (!blocks.includes(storageClass.at("provisioner").textOrEmpty())) return;
  const field = storageClass.at("parameters", "encrypted");
  if (field.flag() !== false) return;
  yield violation(storageClass, {
    at: field.path,
    got: "false",
    expected: "true, so that a lost disk or snapshot is unreadable",
    fix: fix`${set(field, "true")}, under a new name if the class exists: a class cannot be changed`,
  });
}

/** One node of Redis stays one: the provider refuses more. Source: ElastiCache API, CreateCacheCluster, NumCacheNodes. */
const moved = "declare an aws.elasticache.ReplicationGroup with multiAzEnabled, or several nodes of memcached";

/** One more instance of the cluster, as the first one is. */
function one(cluster: Resource, own: readonly Resource[]): Remedy {
  const size = own[0]?.at("instanceClass").text() ?? "";
  const instanceClass = /^db\.[a-z0-9]+\.[a-z0-9]+$/.test(size) ? size : "db.t4g.medium";
  return declare({
    type: types.databaseMember,
    name: `${cluster.name}-${own.length + 1}`,
    props: { clusterIdentifier: `${cluster.name}.id`, engine: `${cluster.name}.engine`, instanceClass },
    links: { clusterIdentifier: [cluster.urn] },
  });
}

/** With one instance a failover has nowhere to go; where none is in sight another stack declares them. */
function* checkMembers(stack: Stack, cluster: Resource, least: number): Iterable<Finding> {
  const own = stack
    .of(types.databaseMember)
    .filter((member) => stack.linked(member, "clusterIdentifier").includes(cluster));
  if (own.length === 0 || own.length >= least) return;
  yield violation(cluster, {
    got: `${own.length} instance`,
    expected: `at least ${least}, in several zones`,
    fix: fix`${one(cluster, own)}, of the class of the others`,
  });
}
