/** Cases of the rule about what holds data. */
import { dataTier } from "../../../policies/zero-downtime/data-tier";
import { but, from } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, object, under, type Spec } from "../support/spec";

const instance: Given = {
  type: "aws:rds/instance:Instance",
  name: "db",
  options: { protect: true },
  props: { engine: "postgres", multiAz: true, deletionProtection: true, backupRetentionPeriod: 7 },
};
const cluster: Given = {
  type: "aws:rds/cluster:Cluster",
  name: "aurora",
  options: { protect: true },
  props: { engine: "aurora-postgresql", deletionProtection: true, backupRetentionPeriod: 14 },
};
const member = (name: string, props: Readonly<Record<string, unknown>> = {}): Given => ({
  type: "aws:rds/clusterInstance:ClusterInstance",
  name,
  props,
  links: { clusterIdentifier: from(cluster) },
});
const cache: Given = {
  type: "aws:elasticache/replicationGroup:ReplicationGroup",
  name: "sessions",
  options: { protect: true },
  props: { automaticFailoverEnabled: true, multiAzEnabled: true },
};
const node = (props: Readonly<Record<string, unknown>>): Given => ({
  type: "aws:elasticache/cluster:Cluster",
  name: "node",
  props,
});
const table: Given = {
  type: "aws:dynamodb/table:Table",
  name: "orders",
  options: { protect: true },
  props: { deletionProtectionEnabled: true, pointInTimeRecovery: { enabled: true } },
};

const storage = (parameters: object, provisioner = "ebs.csi.aws.com") =>
  object("storage.k8s.io/v1:StorageClass", "fast", {
    provisioner,
    parameters,
    reclaimPolicy: "Retain",
    volumeBindingMode: "WaitForFirstConsumer",
  });

/** Cases of the rule about what holds data. */
export const dataSpecs: readonly Spec[] = [
  {
    rule: dataTier,
    good: {
      "a database in two zones": given(instance),
      "a cluster of two": given(cluster, member("a"), member("b")),
      "a cluster whose instances another stack declares": given(cluster),
      "a copy of another database": given(
        but(instance, { replicateSourceDb: "db", multiAz: undefined, backupRetentionPeriod: undefined }),
      ),
      "a cache that fails over, its node, and two nodes that hold nothing": given(
        cache,
        node({ replicationGroupId: "sessions" }),
        node({ engine: "memcached", numCacheNodes: 2 }),
      ),
      "a table": given(table),
      "being taken down": {
        ...given(but(instance, { deletionProtection: false, skipFinalSnapshot: true })),
        context: { teardown: true },
      },
      "backups of three days, where that is enough": under(
        { backupDays: 3 },
        but(instance, { backupRetentionPeriod: 3 }),
      ),
      "a class that says nothing, one that encrypts, and a file system's": given(
        storage({}),
        storage({ encrypted: "true" }),
        { ...storage({ encrypted: "false" }, "efs.csi.aws.com"), name: "shared" },
      ),
    },
    bad: {
      "a database that says nothing": given(but(instance, { multiAz: undefined, deletionProtection: undefined })),
      "backups of a day, and none": given(
        but(instance, { backupRetentionPeriod: 1 }),
        but(cluster, { backupRetentionPeriod: undefined }),
      ),
      "open to the internet": given(but(instance, { publiclyAccessible: true }), cluster, member("a"), {
        ...member("b", { publiclyAccessible: true }),
      }),
      "changes at once": given(but(instance, { applyImmediately: true }), but(cache, { applyImmediately: true })),
      "an end without a snapshot": given(but(cluster, { skipFinalSnapshot: true })),
      "a cluster of one": given(cluster, member("a")),
      "a cache in one zone": given(but(cache, { multiAzEnabled: false, automaticFailoverEnabled: undefined })),
      "a cache of one node": given(node({ engine: "redis" }), node({ engine: "memcached", numCacheNodes: 1 })),
      "a table that may go": given(but(table, { deletionProtectionEnabled: false, pointInTimeRecovery: undefined })),
      "a class of volumes that anybody can read": given(storage({ encrypted: "false" })),
    },
  },
];
