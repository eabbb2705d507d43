/** Cases of the rule about what holds data. */
import { dataTier } from "../../../../../policies/zero-downtime/data/data-tier";
import { but, from } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, under, type Spec } from "../../../support/spec";
import { passwordCases } from "./master-passwords";

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

const native = (props: Readonly<Record<string, unknown>>): Given => ({
  type: "aws-native:rds:DbInstance",
  name: "db",
  props: { engine: "postgres", ...props },
});

const template = (resources: object): Given => ({
  type: "aws:cloudformation/stack:Stack",
  name: "legacy",
  props: { templateBody: JSON.stringify({ Resources: resources }) },
});
const disk = (type: string, props: object): Given => ({ type: `aws:${type}`, name: type, props: { ...props } });
const tokens = { metadataOptions: { httpTokens: "required" } };

/** Cases of the rule about what holds data. */
export const dataSpecs: readonly Spec[] = [
  {
    rule: dataTier,
    good: {
      ...passwordCases.good,
      "words of CloudFormation that are no disks": given(
        { type: "aws-native:ec2:VolumeAttachment", name: "v", props: { encrypted: false } },
        {
          type: "aws-native:ec2:InstanceConnectEndpoint",
          name: "i",
          props: { blockDeviceMappings: [{ ebs: { encrypted: false } }] },
        },
        {
          type: "aws-native:ec2:LaunchTemplate",
          name: "lt",
          props: { blockDeviceMappings: [{ ebs: { encrypted: false } }] },
        },
      ),
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
      "a template that is being taken down": {
        ...given({
          ...template({
            D: {
              Type: "AWS::RDS::DBInstance",
              Properties: { MultiAZ: true, DeletionProtection: false, BackupRetentionPeriod: 7 },
            },
          }),
        }),
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
      "encrypted, with backups that stay": given(
        but(instance, { storageEncrypted: true, deleteAutomatedBackups: false, allowMajorVersionUpgrade: false }),
        but(cache, { atRestEncryptionEnabled: true, transitEncryptionEnabled: true, numCacheClusters: 2 }),
        { ...but(cache, { numNodeGroups: 3, replicasPerNodeGroup: 1 }), name: "sharded" },
      ),
      "disks that are encrypted, and disks that the account decides": given(
        disk("ebs/volume:Volume", { encrypted: true }),
        disk("ec2/instance:Instance", { rootBlockDevice: { volumeSize: 20 }, ebsBlockDevices: [{ encrypted: true }] }),
        disk("ec2/launchTemplate:LaunchTemplate", { blockDeviceMappings: [{ ebs: { encrypted: "true" } }, {}] }),
        disk("ebs/encryptionByDefault:EncryptionByDefault", {}),
        {
          type: "aws-native:ec2:Instance",
          name: "vm",
          props: { blockDeviceMappings: [{ virtualName: "ephemeral0" }] },
        },
      ),
      "a database of the native provider, its member and its copy": given(
        native({ multiAz: true, deletionProtection: true, backupRetentionPeriod: 7, storageEncrypted: true }),
        { ...native({ deletionProtection: true, dbClusterIdentifier: "c" }), name: "member" },
        { ...native({ deletionProtection: true, sourceDbInstanceIdentifier: "db" }), name: "copy" },
      ),
    },
    bad: {
      ...passwordCases.bad,
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
      "a cluster of one large instance, beside a cluster of two": given(
        cluster,
        member("a", { instanceClass: "db.r6g.large" }),
        { ...cluster, name: "other" },
        ...["b", "c"].map((name): Given => ({
          ...member(name),
          links: { clusterIdentifier: from({ ...cluster, name: "other" }) },
        })),
      ),
      "one zone, while it is being taken down": {
        ...given(
          but(instance, { multiAz: false, deletionProtection: false }),
          template({
            D: {
              Type: "AWS::RDS::DBInstance",
              Properties: { MultiAZ: false, DeletionProtection: false, BackupRetentionPeriod: 7 },
            },
          }),
        ),
        context: { teardown: true },
      },
      "a cache in one zone": given(but(cache, { multiAzEnabled: false, automaticFailoverEnabled: undefined })),
      "a cache of one node": given(node({ engine: "redis" }), node({ engine: "memcached", numCacheNodes: 1 })),
      "a table that may go": given(but(table, { deletionProtectionEnabled: false, pointInTimeRecovery: undefined })),
      "disks that anybody can read": given(
        disk("ebs/volume:Volume", { encrypted: false }),
        disk("efs/fileSystem:FileSystem", { encrypted: false }),
        disk("ebs/encryptionByDefault:EncryptionByDefault", { enabled: false }),
        disk("ec2/instance:Instance", {
          rootBlockDevice: { encrypted: false },
          ebsBlockDevices: [{ encrypted: true }, { encrypted: false }],
          ...tokens,
        }),
        disk("ec2/launchConfiguration:LaunchConfiguration", { rootBlockDevice: { encrypted: false }, ...tokens }),
        disk("ec2/launchTemplate:LaunchTemplate", {
          blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }],
        }),
      ),
      "disks of Karpenter's nodes that anybody can read": given(
        object("karpenter.k8s.aws/v1:EC2NodeClass", "apps", {
          spec: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: false } }] },
        }),
      ),
      "disks in the words of CloudFormation that anybody can read": given(
        { type: "aws-native:ec2:Volume", name: "v", props: { encrypted: false } },
        {
          type: "aws-native:ec2:LaunchTemplate",
          name: "lt",
          props: { launchTemplateData: { blockDeviceMappings: [{ ebs: { encrypted: false } }] } },
        },
        {
          type: "aws-native:ec2:Instance",
          name: "i",
          props: { blockDeviceMappings: [{ ebs: { encrypted: false } }] },
        },
      ),
      "a class of volumes that anybody can read": given(storage({ encrypted: "false" })),
      "a database that anybody can read": given(
        but(instance, { storageEncrypted: false }),
        but(cluster, { storageEncrypted: false }),
      ),
      "backups that go with their database": given(but(instance, { deleteAutomatedBackups: true })),
      "a migration by a number": given(but(instance, { allowMajorVersionUpgrade: true })),
      "a cache that anybody can read": given(
        but(cache, { atRestEncryptionEnabled: false, transitEncryptionEnabled: false }),
      ),
      "a cache of one member, and shards of one": given(but(cache, { numCacheClusters: 1 }), {
        ...but(cache, { numNodeGroups: 3, replicasPerNodeGroup: 0 }),
        name: "sharded",
      }),
      "a database of the native provider in one zone": given(
        native({ multiAz: false, publiclyAccessible: true, deletionProtection: false, backupRetentionPeriod: 0 }),
      ),
      "databases of a template": given({
        type: "aws:cloudformation/stack:Stack",
        name: "legacy",
        props: {
          templateBody: JSON.stringify({
            Resources: {
              D: {
                Type: "AWS::RDS::DBInstance",
                Properties: { MultiAZ: true, StorageEncrypted: false, BackupRetentionPeriod: 7 },
              },
              C: { Type: "AWS::RDS::DBCluster", Properties: { DeletionProtection: true } },
            },
          }),
        },
      }),
    },
  },
];
