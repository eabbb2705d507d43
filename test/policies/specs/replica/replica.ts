/** Cases of the replica rules. */
import { unknownSentinels } from "../../../../policies/kit/reading/value";
import { replicaCapacity, replicaDataKeys } from "../../../../policies/replica/capacity-and-keys";
import { replicaSelfContained } from "../../../../policies/replica/replica-self-contained";
import { autoscaler, but, cluster, from, nodeGroup } from "../../support/fixtures";
import type { Given } from "../../support/rule";
import { given, object, type Spec, under } from "../../support/spec";

const [UNKNOWN] = unknownSentinels;
const facts = { role: "replica", primaryRegion: "us-east-1", primaryNames: ["use1-", "fridayproof-state-east"] };
const encoded = (text: string): string => Buffer.from(text).toString("base64");
const settings = object("core/v1:ConfigMap", "app", {
  data: { "app.json": '{"queue":"arn:aws:sqs:us-west-2:1:jobs"}' },
});
const copying = { ...facts, copyVaults: ["us-east-1/shop-replica"] };
const vault = (name: string, region = "us-east-1"): string =>
  `arn:aws:backup:${region}:111122223333:backup-vault:${name}`;
const copies = (destinationVaultArn: string, more: object = {}): Given => ({
  type: "aws:backup/plan:Plan",
  name: "backups",
  props: { rules: [{ ruleName: "daily", copyActions: [{ destinationVaultArn }], ...more }] },
});
const sizes = { role: "replica", primaryMax: { apps: 10, shop: 10 }, floor: { apps: 2, shop: 2 } };
const regions = { replicaRegion: "us-west-2", primaryRegion: "us-east-1", keys: ["state"] };
const alone = { ...regions, unreplicated: ["d*"] };
const key = (name: string): Given => ({ type: "aws:kms/key:Key", name, props: { multiRegion: true } });
const secret: Given = {
  type: "aws:secretsmanager/secret:Secret",
  name: "db",
  props: { replicas: [{ region: "us-west-2" }] },
  links: { kmsKeyId: from(key("secrets")) },
};
const copy = (name: string): Given => ({
  type: "aws:kms/replicaKey:ReplicaKey",
  name: `${name}-copy`,
  props: {},
  links: { primaryKeyArn: from(key(name)) },
});
const bucket: Given = { type: "aws:s3/bucket:Bucket", name: "data", props: {} };
const ofBucket = (type: string): Given => ({ type, name: "data", props: {}, links: { bucket: from(bucket) } });
const versions = ofBucket("aws:s3/bucketVersioning:BucketVersioning");
const repository: Given = { type: "aws:ecr/repository:Repository", name: "shop", props: {} };
const replication: Given = {
  type: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
  name: "copies",
  props: { replicationConfiguration: { rules: [{ destinations: [{ region: "us-west-2", registryId: "1" }] }] } },
};

const filtered = (filter: string): Readonly<Record<string, unknown>> => ({
  destinations: [{ region: "us-west-2", registryId: "1" }],
  repositoryFilters: [{ filter, filterType: "PREFIX_MATCH" }],
});

/** Specs of the replica rules. */
export const replicaSpecs: readonly Spec[] = [
  {
    rule: replicaCapacity,
    good: {
      "as large, with a warm minimum": under(sizes, nodeGroup, autoscaler),
      "everything beside a cluster": under(sizes, cluster, nodeGroup, autoscaler),
      "at its floor": under(sizes, but(nodeGroup, { "scalingConfig.minSize": 2 })),
      "no floor": under({ role: "replica", primaryMax: { apps: 10 } }, but(nodeGroup, { "scalingConfig.minSize": 1 })),
      larger: under(sizes, but(nodeGroup, { "scalingConfig.maxSize": 20 })),
      "the primary itself": under({ ...sizes, role: "primary" }, but(nodeGroup, { "scalingConfig.maxSize": 1 })),
    },
    bad: {
      "a node group that is not there": under(sizes, cluster, autoscaler),
      smaller: under(sizes, but(nodeGroup, { "scalingConfig.maxSize": 4 })),
      "below the floor": under(sizes, but(nodeGroup, { "scalingConfig.minSize": 1 })),
      "a smaller autoscaler": under(sizes, but(autoscaler, { "spec.maxReplicas": 5, "spec.minReplicas": undefined })),
      "no size": under(sizes, but(nodeGroup, { scalingConfig: undefined })),
    },
  },
  {
    rule: replicaSelfContained,
    good: {
      "its own region": under(facts, settings),
      "zones and hosts of other regions": under(
        { ...facts, primaryRegion: "eu-west-1", primaryNames: [] },
        but(settings, { data: { a: "use1-az1", b: "https://logs.s3.amazonaws.com", c: "euw10-az1" } }),
      ),
      "a service's name": under(facts, but(settings, { data: { principal: "s3.amazonaws.com" } })),
      "base64 of something else": under(facts, but(settings, { data: { a: encoded("queue: arn:aws:sqs:us-west-2") } })),
      "not a replica": given(but(settings, { data: { region: "us-east-1" } })),
      "the primary itself": under(
        { ...facts, role: "primary" },
        but(settings, { data: { region: "us-east-1", "us-east-1": "x" } }),
      ),
      "a primary that nobody named": under({ role: "replica" }, but(settings, { data: { "": "", empty: "" } })),
      "a dot is no wildcard": under(
        { ...facts, primaryNames: ["a.b"] },
        but(settings, { data: { name: "axb", count: 1, on: true } }),
      ),
      "copies in the vault that its row names": under(copying, copies(vault("shop-replica"))),
      "copies in a region that is not the primary's": under(facts, copies(vault("shop", "us-west-1"))),
      "a longer name": under(facts, but(settings, { data: { region: "us-east-10" } })),
      "a longer name than the primary's, which ends in a digit": under(
        { ...facts, primaryNames: ["state-1"] },
        but(settings, { data: { bucket: "state-10" } }),
      ),
    },
    bad: {
      "an ARN inside JSON": under(
        facts,
        but(settings, { data: { "app.json": '{"queue":"arn:aws:sqs:us-east-1:1:jobs"}' } }),
      ),
      "a spelling of its own": under(facts, but(settings, { data: { region: "US_EAST_1", name: "useast1" } })),
      "a zone's id": under({ ...facts, primaryNames: [] }, but(settings, { data: { id: "use1-az1" } })),
      "behind base64": under(
        facts,
        but(settings, { binaryData: { a: encoded("queue: arn:aws:sqs:us-east-1:1:jobs") } }),
      ),
      "a host that the primary serves for the world": under(
        facts,
        but(settings, { data: { a: "https://s3.amazonaws.com/logs", b: "https://logs.s3.amazonaws.com/a" } }),
      ),
      "a zone": under(facts, but(settings, { data: { zone: "us-east-1a", id: "use1-az1" } })),
      "a bucket": under(facts, {
        type: "aws:s3/bucket:Bucket",
        name: "b",
        props: { bucket: "logs-us-east-1", tags: [{ key: "fridayproof-state-east" }] },
      }),
      "a key": under(facts, but(settings, { data: { "us-east-1": "x" } })),
      "copies in a vault that no row names": under(facts, copies(vault("shop-replica"))),
      "copies in another vault than the row's": under(copying, copies(vault("shop-replica-2"))),
      "copies in the row's vault of another service": under(
        copying,
        copies("arn:aws:s3:us-east-1:111122223333:backup-vault:shop-replica"),
      ),
      "the row's vault at another path": under(
        copying,
        copies(vault("shop-replica"), { targetVaultName: vault("shop-replica") }),
      ),
      "the row's vault in another resource": under(
        copying,
        but(settings, { data: { destinationVaultArn: vault("shop-replica") } }),
      ),
      "a zone's id and a name in capitals": under(
        { ...facts, primaryRegion: "eu-west-1", primaryNames: ["shop-state"] },
        but(settings, { data: { zone: "EUW1-AZ1", bucket: "Shop-State", region: "eu-west-1" } }),
      ),
      "in capitals": under(facts, but(settings, { data: { region: "US-EAST-1" } })),
      "a name that holds a digit and goes on": under(
        { ...facts, primaryNames: ["use1"] },
        but(settings, { data: { id: "use1-az1" } }),
      ),
      "a name with a digit inside": under(
        { ...facts, primaryNames: ["state1east"] },
        but(settings, { data: { id: "state1east9" } }),
      ),
    },
  },
  {
    rule: replicaDataKeys,
    good: {
      "all in both regions": under(regions, key("state"), copy("state"), secret, repository, replication),
      "a repository that a filter takes in": under(
        regions,
        but(repository, { name: "apps/shop" }),
        but(replication, { "replicationConfiguration.rules": [filtered("charts/"), filtered("apps/")] }),
      ),
      "a bucket that makes copies by its own word": under(
        regions,
        versions,
        but(bucket, { versioning: { enabled: true }, replicationConfiguration: { rules: [{ status: "Enabled" }] } }),
      ),
      "a bucket without data, and one with a copy": under(regions, bucket),
      "a bucket with a copy": under(
        regions,
        bucket,
        versions,
        ofBucket("aws:s3/bucketReplicationConfig:BucketReplicationConfig"),
      ),
      "no replica": given(bucket, versions, secret, but(key("state"), { multiRegion: false })),
      "a secret whose key is of one region: its copy has a key of its own": under(
        regions,
        secret,
        but(key("secrets"), { multiRegion: false }),
      ),
      "a key of something else": under(regions, but(key("logs"), { multiRegion: undefined })),
      "a secret without a copy that no replica reads": under(alone, but(secret, { replicas: undefined })),
    },
    bad: {
      "a key of one region": under(regions, but(key("state"), { multiRegion: undefined })),
      "a key of several regions without its copy": under(regions, key("state"), copy("secrets")),
      "a repository that no filter takes in": under(
        regions,
        but(repository, { name: "apps/shop" }),
        but(replication, { "replicationConfiguration.rules": [filtered("charts/")] }),
      ),
      "a bucket without a copy": under(regions, bucket, versions),
      "a bucket that stands, of which the setting is empty": under(
        regions,
        but(bucket, { replicationConfiguration: {} }),
        versions,
      ),
      "a bucket that keeps versions by its own word": under(regions, but(bucket, { versioning: { enabled: true } })),
      "a copy in a third region": under(regions, but(secret, { replicas: [{ region: "eu-west-1" }] })),
      "no copy": under(regions, but(secret, { replicas: undefined })),
      "no copy, of a secret whose name only begins like one that no replica reads": under(
        { ...alone, unreplicated: ["d"] },
        but(secret, { replicas: undefined }),
      ),
      "a replication that a preview hides": under(
        regions,
        repository,
        but(replication, { "replicationConfiguration.rules.0.destinations": UNKNOWN }),
      ),
      "a copy at the primary": under(regions, but(secret, { replicas: [{ region: "us-east-1" }] })),
      "no replication": under(regions, repository),
      "replication elsewhere": under(
        regions,
        repository,
        but(replication, { "replicationConfiguration.rules": [{ destinations: [{ region: "eu-west-1" }] }] }),
      ),
    },
  },
];
