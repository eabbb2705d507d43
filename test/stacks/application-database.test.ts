/** What an application finds of its environment's database in a slot: in either region the hosts and the addresses of that region. */
import { describe, expect, it } from "vitest";
import { prod } from "../../stacks/environments/prod";
import { replicaChoice } from "../../stacks/environments/replica";
import { replicaOf } from "../../stacks/environments/replica-of";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import type { Graph } from "../support/graph";
import { graphOfInput } from "../support/replica-graph";

const MINUTES_3 = 180_000;

const slots = { blue: { kubernetes: "1.35" }, green: { kubernetes: "1.35" } };
const shop: EnvironmentInput = { ...prod, slots, gitOps: { ...prod.gitOps, applications: ["shop"] } };
const replica = replicaOf(shop, { ...replicaChoice, state: "open" });

function foundBy(graph: Graph, color: string) {
  const [map, network] = ["hosts", "network"].map((part) => graph.byName(`${color}-shop-database-${part}`).inputs);
  return { map, network };
}

describe("an application", () => {
  it.each<[string, EnvironmentInput, Readonly<Record<string, string>>, string, readonly string[]]>([
    ["the primary", shop, {}, "us-east-1", ["10.30."]],
    ["the replica", replica, { "fridayproof:databaseSnapshot": "empty" }, "us-west-2", ["10.40."]],
  ])(
    "of %s finds the hosts of its own leg in each slot, and the way to its subnets alone",
    async (_leg, environment, config, region, [block = ""]) => {
      const graph = await graphOfInput(environment, { config });
      const { endpoint, readerEndpoint } = graph.byName("database-cluster").outputs;
      expect(endpoint).toContain(`.${region}.`);
      const tier = graph.ofType("aws:ec2/subnet:Subnet").filter(({ name }) => name.includes("-data-"));
      const cidrs = tier.map(({ inputs }) => inputs["cidrBlock"]);
      expect(cidrs).toHaveLength(3);
      expect(cidrs.every((cidr) => String(cidr).startsWith(block))).toBe(true);
      for (const color of ["blue", "green"]) {
        const { map, network } = foundBy(graph, color);
        const metadata = { name: "platform-database", namespace: "shop" };
        expect(map).toMatchObject({
          metadata,
          data: { host: endpoint, readerHost: readerEndpoint, port: "5432", name: "app" },
        });
        expect(network).toMatchObject({
          metadata,
          spec: {
            podSelector: { matchLabels: { "fridayproof.dev/database": "client" } },
            policyTypes: ["Egress"],
            egress: [{ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ protocol: "TCP", port: 5432 }] }],
          },
        });
      }
    },
    MINUTES_3,
  );

  it(
    "of a replica whose database nobody has named a copy for finds none, and its pods wait",
    async () => {
      const { resources } = await graphOfInput(replica);
      expect(resources.filter(({ name }) => name.includes("-shop-database-"))).toEqual([]);
    },
    MINUTES_3,
  );
});
