/** The graph helper itself: what it gives, what it refuses. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { graphOf, revealed } from "../../support/graph";
import { FakeProviders } from "../../support/fake-providers";

describe("a graph", () => {
  it("holds every resource with parents, dependencies and outputs", async () => {
    const graph = await graphOf(
      () => {
        const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, { protect: true });
        const subnet = new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }, { parent: vpc });
        const cluster = new eks.Cluster("c", {
          vpcId: vpc.id,
          privateSubnetIds: [subnet.id],
          skipDefaultNodeGroup: true,
        });
        return { endpoint: cluster.eksCluster.endpoint, hidden: pulumi.secret("s") };
      },
      { packages: new FakeProviders().packages() },
    );
    const vpc = graph.byName("vpc");
    expect(graph.byName("subnet")).toMatchObject({
      parent: vpc.urn,
      dependencies: [vpc.urn],
      inputs: { vpcId: vpc.id },
    });
    expect(vpc.protect).toBe(true);
    expect(graph.children(graph.byName("c").urn).map(({ name }) => name)).toEqual(["c-role", "c-eksCluster"]);
    expect(graph.outputs.endpoint).toBe(graph.byName("c-eksCluster").outputs.endpoint);
    expect(revealed(graph.outputs.hidden)).toBe("s");
  });

  it("throws with the errors of the run", async () => {
    const packages = new FakeProviders({ fail: { vpc: { create: "VpcLimitExceeded" } } }).packages();
    const run = graphOf(() => void new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }), { packages });
    await expect(run).rejects.toThrow(
      "the program ended with exit code 1\nvpc: VpcLimitExceeded\nfridayproof-dev: update failed",
    );
  });
});
