/** Cases of the replica rules. */
import { replicaCapacity, replicaDataKeys } from "../../../policies/replica/capacity-and-keys";
import { replicaSelfContained } from "../../../policies/replica/replica-self-contained";
import { autoscaler, but, from, nodeGroup } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, object, type Spec, under } from "../support/spec";

const facts = { role: "replica", primaryRegion: "us-east-1", primaryNames: ["use1-", "fridayproof-state-east"] };
const settings = object("core/v1:ConfigMap", "app", {
  data: { "app.json": '{"queue":"arn:aws:sqs:us-west-2:1:jobs"}' },
});
const sizes = { role: "replica", primaryMax: { apps: 10, shop: 10 }, floor: { apps: 2, shop: 2 } };
const regions = { replicaRegion: "us-west-2", primaryRegion: "us-east-1", keys: ["state"] };
const key = (name: string): Given => ({ type: "aws:kms/key:Key", name, props: { multiRegion: true } });
const secret: Given = {
  type: "aws:secretsmanager/secret:Secret",
  name: "db",
  props: { replicas: [{ region: "us-west-2" }] },
  links: { kmsKeyId: from(key("secrets")) },
};
const repository: Given = { type: "aws:ecr/repository:Repository", name: "shop", props: {} };
const replication: Given = {
  type: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
  name: "copies",
  props: { replicationConfiguration: { rules: [{ destinations: [{ region: "us-west-2", registryId: "1" }] }] } },
};

/** Specs of the replica rules. */
export const replicaSpecs: readonly Spec[] = [
  {
    rule: replicaCapacity,
    good: {
      "as large, with a warm minimum": under(sizes, nodeGroup, autoscaler),
      larger: under(sizes, but(nodeGroup, { "scalingConfig.maxSize": 20 })),
      "the primary itself": under({ ...sizes, role: "primary" }, but(nodeGroup, { "scalingConfig.maxSize": 1 })),
    },
    bad: {
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
      "a longer name": under(facts, but(settings, { data: { region: "us-east-10" } })),
    },
    bad: {
      "an ARN inside JSON": under(
        facts,
        but(settings, { data: { "app.json": '{"queue":"arn:aws:sqs:us-east-1:1:jobs"}' } }),
      ),
      "a zone": under(facts, but(settings, { data: { zone: "us-east-1a", id: "use1-az1" } })),
      "a bucket": under(facts, {
        type: "aws:s3/bucket:Bucket",
        name: "b",
        props: { bucket: "logs-us-east-1", tags: [{ key: "fridayproof-state-east" }] },
      }),
      "a key": under(facts, but(settings, { data: { "us-east-1": "x" } })),
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
      "all in both regions": under(regions, key("state"), key("secrets"), secret, repository, replication),
      "no replica": given(secret, but(key("state"), { multiRegion: false })),
      "a key of something else": under(regions, but(key("logs"), { multiRegion: undefined })),
    },
    bad: {
      "a key of one region": under(regions, but(key("state"), { multiRegion: undefined })),
      "a secret's key": under(regions, secret, but(key("secrets"), { multiRegion: false })),
      "no copy": under(regions, but(secret, { replicas: undefined })),
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
