/** Nodes, versions and data: what only the program can name, and what a person does. */
import { but, cluster, from, nodeGroup, subnets } from "../support/fixtures";
import type { Given } from "../support/rule";
import { both, context, edit, less, link, more, settings, type Worded } from "./worded";

const [firstSubnet, secondSubnet] = subnets;
const gateway = (name: string, subnet: Given): Given => ({
  type: "aws:ec2/natGateway:NatGateway",
  name,
  props: {},
  links: { subnetId: from(subnet) },
});
const gateways = [gateway("a", firstSubnet), gateway("b", secondSubnet)];
const tags = new Map([["fridayproof:last-clean", "2026-11-21T03:00:00Z"]]);
const inOne = (subnet: Given, zone: string): Given => ({
  ...but(nodeGroup, { subnetIds: [`subnet-${zone}`], labels: { pool: "apps" } }),
  name: `apps-${zone}`,
  links: { ...nodeGroup.links, subnetIds: from(subnet) },
});

const calendar = [
  { minor: "1.35", standardSupportEnds: "2027-03-27" },
  { minor: "1.29", standardSupportEnds: "2027-01-31" },
];
const nodes: readonly Worded[] = [
  {
    rule: "iam-trust-and-reach",
    words: "take the key out of the template; what uses it assumes a role, whose credentials expire",
    reason: "hidden",
    in: "a key without an end in a template",
    ways: [edit("Stack", { templateBody: JSON.stringify({ Resources: {} }) })],
  },
  {
    rule: "nodegroup-kept",
    words: "declare a node group in each zone: one more zone then adds a group and replaces none",
    reason: "design",
    in: "in two zones",
    ways: [
      both(
        less("NodeGroup"),
        more(cluster, ...subnets, ...gateways, inOne(firstSubnet, "a"), inOne(secondSubnet, "b")),
      ),
    ],
  },
  {
    rule: "version-skew",
    words: "upgrade the control plane first, then the nodes and their proxy, one minor at a time",
    reason: "act",
    in: "newer",
    ways: [edit("Cluster", { version: "1.35" })],
  },
  {
    rule: "version-skew",
    words: "pass the name of a cluster of this stack, with its version",
    reason: "output",
    in: "an unknown cluster",
    ways: [both(more(cluster, ...subnets), link("NodeGroup", { clusterName: from(cluster) }))],
  },
  {
    rule: "imdsv2",
    words: "give the node group a launch template with httpTokens: required",
    reason: "output",
    in: "a node group without template",
    ways: [
      both(
        more({
          type: "aws:ec2/launchTemplate:LaunchTemplate",
          name: "apps",
          props: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } },
        }),
        edit("NodeGroup", { launchTemplate: { id: "lt-1", version: "1" } }),
        link("NodeGroup", {
          launchTemplate: ["urn:pulumi:test::fridayproof::aws:ec2/launchTemplate:LaunchTemplate::apps"],
        }),
      ),
    ],
  },
  {
    rule: "node-versions-pinned",
    words: "take the image's id from env.lock.json",
    reason: "pin",
    in: "an image by a parameter that moves",
    ways: [edit("LaunchTemplate", { imageId: "ami-0123456789abcdef0" })],
  },
  {
    rule: "node-versions-pinned",
    words: "pass launchTemplate.latestVersion",
    reason: "output",
    in: "the latest template of an Auto Scaling group",
    ways: [edit("Group", { "launchTemplate.version": "7" })],
  },
  {
    rule: "kubernetes-supported",
    words: "take it from env.lock.json",
    reason: "pin",
    in: "no version",
    ways: [edit("Cluster", { version: "1.35" })],
  },
  {
    rule: "kubernetes-supported",
    words: "add the minor with its dates and run `make policy-files`, or correct it",
    reason: "pin",
    in: "not in the lock file",
    ways: [settings({ calendar }), edit("Cluster", { version: "1.35" })],
  },
  {
    rule: "kubernetes-supported",
    words:
      "resolve the row in env.lock.json (`npx fridayproof lock --update` prints how) and run `make policy-files`, or use another minor",
    reason: "pin",
    in: "an end that nobody has proven",
    ways: [settings({ calendar }), both(settings({ calendar }), edit("Cluster", { version: "1.29" }))],
  },
  {
    rule: "kubernetes-supported",
    words: "upgrade through the second slot",
    reason: "act",
    in: "out of support",
    ways: [edit("Cluster", { version: "1.35" })],
  },
];

const data: readonly Worded[] = [
  {
    rule: "kms-rotation",
    words: "declare aws.kms.Key with enableKeyRotation: true",
    reason: "design",
    in: "imported material",
    ways: [
      both(
        less("ExternalKey"),
        more({ type: "aws:kms/key:Key", name: "k", options: { protect: true }, props: { enableKeyRotation: true } }),
      ),
    ],
  },
  {
    rule: "data-tier",
    words: "declare an aws.elasticache.ReplicationGroup with multiAzEnabled, or several nodes of memcached",
    reason: "design",
    in: "a cache of one node",
    ways: [
      both(
        less("Cluster"),
        more({
          type: "aws:elasticache/replicationGroup:ReplicationGroup",
          name: "cache",
          options: { protect: true },
          props: { multiAzEnabled: true, automaticFailoverEnabled: true, numCacheClusters: 2 },
        }),
      ),
      edit("Cluster", { engine: "memcached", numCacheNodes: 2 }),
    ],
  },
  {
    rule: "drift-check-fresh",
    words: "run the drift workflow and look at its report",
    reason: "act",
    in: "never checked",
    ways: [(given) => context({ stackTags: new Map([...(given.context?.stackTags ?? []), ...tags]) })(given)],
  },
  {
    rule: "replica-capacity",
    words: "derive the replica with replicaOf",
    reason: "design",
    in: "a node group that is not there",
    ways: [more(nodeGroup, ...subnets, ...gateways)],
  },
  {
    rule: "replica-self-contained",
    words: "take it from the replica's environment, or replicate what it points to",
    reason: "fact",
    in: "an ARN inside JSON",
    ways: [
      edit("ConfigMap", { data: { "app.json": '{"queue":"jobs"}' } }),
      edit("ConfigMap", { data: { "app.json": '{"queue":"arn:aws:sqs:us-west-2:1:jobs"}' } }),
    ],
  },
  {
    rule: "replica-data-keys",
    words: "add to aws.ecr.ReplicationConfiguration a destination in * whose filter takes this repository in",
    reason: "fact",
    in: "a repository that no filter takes in",
    ways: [
      edit("ReplicationConfiguration", {
        "replicationConfiguration.rules": [
          {
            destinations: [{ region: "us-west-2", registryId: "1" }],
            repositoryFilters: [{ filter: "apps/", filterType: "PREFIX_MATCH" }],
          },
        ],
      }),
    ],
  },
  {
    rule: "replica-data-keys",
    words: "add aws.s3.BucketReplicationConfig with a bucket of that region as destination",
    reason: "output",
    in: "a bucket without a copy",
    ways: [
      more({
        type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        name: "data",
        props: {
          role: "arn:aws:iam::1:role/copies",
          rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::copy" } }],
        },
        links: { bucket: ["urn:pulumi:test::fridayproof::aws:s3/bucket:Bucket::data"] },
      }),
    ],
  },
];

/** Sentences of rules about nodes, versions and data. */
export const cloudWords: readonly Worded[] = [...nodes, ...data];
