/** Each rule about the replica refuses a plan of our own environments that breaks it, with its whole message. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../policies/rules";
import { plainMap } from "../../sandbox/property/values";
import { foundationGraph } from "../support/foundation-account";
import type { Graph, GraphResource } from "../support/graph";
import { replicaGraph } from "../support/replica-graph";
import { type Given, sentences } from "./support/rule";

const MINUTES_2 = 120_000;
type Edit = (given: Given) => Given | undefined;

function given({ urn, type, name, inputs, parent, dependencies, propertyDependencies, protect }: GraphResource): Given {
  return {
    ...{ urn, type, name, props: plainMap(inputs), parent, dependencies, links: propertyDependencies },
    options: { protect },
  };
}

/** What a rule finds in a plan with the configuration of its stack. */
function found(
  id: string,
  { resources }: Graph,
  stack: string,
  edit: Edit = (one) => one,
  more = {},
): readonly string[] {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  const text = readFileSync(path.resolve(__dirname, "../../stacks/policies", `${stack}.json`), "utf8");
  const settings = (JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[id];
  const seen = resources.map(given).flatMap((one) => edit(one) ?? []);
  return sentences(rule, { resources: seen, settings: { ...settings, ...more } });
}

const named =
  (name: string, props: object): Edit =>
  (one) =>
    one.name === name ? { ...one, props: Object.assign({}, one.props, props) } : one;

describe("a replica that stands by", () => {
  it(
    "keeps its floor, may grow to the primary's size, and names nothing of the primary's region",
    async () => {
      const graph = await replicaGraph("standby");
      expect(found("replica-capacity", graph, "replica")).toEqual([]);
      expect(found("replica-self-contained", graph, "replica")).toEqual([]);
      const [group, sizes] = ["blue-apps-usw2-az1-nodes", { minSize: 0, desiredSize: 0 }] as const;
      const small = named(group, { scalingConfig: { ...sizes, maxSize: 3 } });
      const empty = named("blue-system-usw2-az1-nodes", { scalingConfig: { ...sizes, maxSize: 2 } });
      const elsewhere = named("network-flow-logs", { name: "/fridayproof/us-east-1/flow" });
      const gone: Edit = (one) => (one.name === group ? undefined : one);
      expect(found("replica-capacity", graph, "replica", small)).toMatchInlineSnapshot(`
        [
          "violation: blue-apps-usw2-az1-nodes (aws:eks/nodeGroup:NodeGroup), scalingConfig.maxSize: got 3; expected at least the primary's 4. Fix: set scalingConfig.maxSize to 4, as replicaOf derives it.",
        ]
      `);
      expect(found("replica-capacity", graph, "replica", empty)).toMatchInlineSnapshot(`
        [
          "violation: blue-system-usw2-az1-nodes (aws:eks/nodeGroup:NodeGroup), scalingConfig.minSize: got 0; expected at least the floor of 1. Fix: set scalingConfig.minSize to 1.",
        ]
      `);
      expect(found("replica-capacity", graph, "replica", gone)).toMatchInlineSnapshot(`
        [
          "violation: blue-cluster-eks-eksCluster (aws:eks/cluster:Cluster): got no "blue-apps-usw2-az1-nodes"; expected everything that carries load at the primary. Fix: derive the replica with replicaOf.",
        ]
      `);
      expect(found("replica-self-contained", graph, "replica", elsewhere)).toMatchInlineSnapshot(`
        [
          "violation: network-flow-logs (aws:cloudwatch/logGroup:LogGroup), name: got a text that names the primary's region; expected only what lives in the replica's own region. Fix: take it from the replica's environment, or replicate what it points to.",
        ]
      `);
    },
    MINUTES_2,
  );
});

describe("the foundation, which has keys and images of both legs", () => {
  it(
    "has them in both regions, and is refused where one is missing",
    async () => {
      const graph = await foundationGraph();
      expect(found("replica-data-keys", graph, "foundation")).toMatchInlineSnapshot(`[]`);
      const strict = found("replica-data-keys", graph, "foundation", undefined, { exemptions: [] });
      expect(strict.map((text) => text.split(" ", 2)[1]).toSorted()).toEqual([
        "state-bucket-us-east-1",
        "state-bucket-us-west-2",
        "trail-bucket",
      ]);
      const single = named("state-key-us-east-1", { multiRegion: false });
      const without =
        (type: string): Edit =>
        (one) =>
          one.type === type ? undefined : one;
      expect(found("replica-data-keys", graph, "foundation", single)).toMatchInlineSnapshot(`
        [
          "violation: state-key-us-east-1 (aws:kms/key:Key), multiRegion: got false; expected true. Fix: set multiRegion to true, before the first use: a key cannot be converted.",
        ]
      `);
      expect(found("replica-data-keys", graph, "foundation", without("aws:kms/replicaKey:ReplicaKey")))
        .toMatchInlineSnapshot(`
        [
          "violation: state-key-us-east-1 (aws:kms/key:Key), multiRegion: got a key of several regions that exists in one; expected a ReplicaKey in the replica's region. Fix: declare a ReplicaKey { primaryKeyArn: state-key-us-east-1.arn, region: us-west-2 }.",
        ]
      `);
      const replication = "aws:ecr/replicationConfiguration:ReplicationConfiguration";
      const uncopied = found("replica-data-keys", graph, "foundation", without(replication));
      expect(uncopied.filter((text) => text.includes("images")).slice(0, 1)).toMatchInlineSnapshot(`
        [
          "violation: images-us-east-1-apps/sample (aws:ecr/repository:Repository): got images of which no rule makes a copy; expected a copy in us-west-2. Fix: add to aws.ecr.ReplicationConfiguration a destination in us-west-2 whose filter takes this repository in.",
        ]
      `);
    },
    MINUTES_2,
  );
});
