/** Nodes as they are declared: what decides whether they can be rolled, reached and robbed. */
import * as aws from "@pulumi/aws";
import { beforeAll, describe, expect, test } from "vitest";
import { NodePool, type NodePoolArgs } from "../../../components/cluster/node-pool";
import { PodIdentity } from "../../../components/cluster/pod-identity";
import { type Graph, graphOf } from "../../support/graph";

const CLUSTER = "fridayproof-dev-blue";

/** Node groups and associations need a cluster; a preview asks no cloud for it. */
const declared = (tainted: boolean, live: NodePoolArgs["live"] = {}, instanceType = "t3.large"): Promise<Graph> =>
  graphOf(
    () => {
      const provider = new aws.Provider("aws", { region: "us-east-1", allowedAccountIds: ["000000000000"] });
      const opts = { providers: [provider] };
      new NodePool(
        "blue-system",
        {
          clusterName: CLUSTER,
          subnetIds: { "use1-az1": "subnet-1", "use1-az2": "subnet-2" },
          live,
          protect: true,
          pool: "system",
          instanceType,
          size: { min: 2, desired: 3, max: 4 },
          tainted,
          kubernetesVersion: "1.35",
          amiRelease: "1.35.8-20260930",
          volumesKeyArn: "arn:aws:kms:us-east-1:000000000000:key/2",
          tags: { owner: "test" },
        },
        opts,
      );
      new PodIdentity(
        "blue-lbc",
        { clusterName: CLUSTER, namespace: "kube-system", serviceAccount: "lbc", policy: "{}" },
        opts,
      );
    },
    { preview: true },
  );

describe("a node pool", () => {
  let graph: Graph;
  const named = (name: string) => graph.byName(name);

  beforeAll(async () => {
    graph = await declared(true);
  });

  test("rolls one node at a time, on pinned versions, and leaves only the size to the autoscaler", () => {
    const nodes = named("blue-system-use1-az1-nodes");
    expect(nodes.inputs).toMatchObject({
      clusterName: CLUSTER,
      version: "1.35",
      releaseVersion: "1.35.8-20260930",
      amiType: "AL2023_x86_64_STANDARD",
      capacityType: "ON_DEMAND",
      subnetIds: ["subnet-1"],
      scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 2 },
      updateConfig: { maxUnavailable: 1 },
      labels: { "fridayproof.dev/pool": "system" },
      taints: [{ key: "fridayproof.dev/pool", value: "system", effect: "NO_SCHEDULE" }],
    });
    expect(nodes.ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
  });

  test("takes the image of its type's architecture, and refuses a type that nobody knows", async () => {
    const graviton = await declared(false, {}, "m7g.large");
    expect(graviton.byName("blue-system-use1-az1-nodes").inputs).toMatchObject({ amiType: "AL2023_ARM_64_STANDARD" });
    await expect(declared(false, {}, "m9z.xlarge")).rejects.toThrow(
      'instanceType: got "m9z.xlarge"; allowed: a type of components/core/instance-types.json; nearest: m6i.xlarge,',
    );
  });

  test("has a group in each zone, which together are as large as the pool, and protects them", () => {
    const groups = graph.ofType("aws:eks/nodeGroup:NodeGroup");
    expect(
      groups.map(({ name, inputs, protect }) => [name, inputs["subnetIds"], inputs["scalingConfig"], protect]),
    ).toEqual([
      ["blue-system-use1-az1-nodes", ["subnet-1"], { minSize: 1, desiredSize: 2, maxSize: 2 }, true],
      ["blue-system-use1-az2-nodes", ["subnet-2"], { minSize: 1, desiredSize: 1, maxSize: 2 }, true],
    ]);
  });

  test("starts the groups together, and rolls those that there are one after another", async () => {
    const [first, second] = ["blue-system-use1-az1-nodes", "blue-system-use1-az2-nodes"] as const;
    expect(named(second).dependencies).not.toContain(named(first).urn);
    const now = { size: { min: 1, desired: 2, max: 2 }, version: "1.35", releaseVersion: "1.35.8-20260930" };
    const later = await declared(true, { "use1-az1": now, "use1-az2": now });
    expect(later.byName(second).dependencies).toContain(later.byName(first).urn);
    const grown = await declared(true, { "use1-az1": now });
    expect(grown.byName(second).dependencies).not.toContain(grown.byName(first).urn);
  });

  test.each([
    [0, 0],
    [0, 1],
    [1, 0],
  ])("wakes groups that have %i and %i nodes together: one without nodes has none to lose", async (one, two) => {
    const now = (desired: number) => ({
      ...{ size: { min: 0, desired, max: 2 }, version: "1.35", releaseVersion: "1.35.8-20260930" },
    });
    const later = await declared(true, { "use1-az1": now(one), "use1-az2": now(two) });
    const [first, second] = ["blue-system-use1-az1-nodes", "blue-system-use1-az2-nodes"] as const;
    expect(later.byName(second).dependencies).not.toContain(later.byName(first).urn);
  });

  test("sends the size of now where the bounds change, and not while the nodes are replaced", async () => {
    const now = { size: { min: 3, desired: 5, max: 6 }, version: "1.35", releaseVersion: "1.35.8-20260930" };
    const resized = (await declared(true, { "use1-az1": now })).byName("blue-system-use1-az1-nodes");
    expect(resized.inputs["scalingConfig"]).toEqual({ minSize: 1, desiredSize: 5, maxSize: 5 });
    expect(resized.ignoreChanges).toEqual([]);
    const graph = await declared(true, { "use1-az1": { ...now, releaseVersion: "1.35.7-20260801" } });
    const rolled = graph.byName("blue-system-use1-az1-nodes");
    expect(rolled.inputs["scalingConfig"]).toEqual({ minSize: 3, desiredSize: 5, maxSize: 6 });
    expect(rolled.ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
    expect(graph.diagnostics.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      "warning: blue-system-use1-az1-nodes gets other nodes in this update and its other size in the next: while nodes are replaced, the size that was read grows old.",
    ]);
  });

  test("keeps the instance type out of the node group, where a change would replace it", () => {
    expect(named("blue-system-use1-az1-nodes").inputs["instanceTypes"]).toBeUndefined();
    expect(named("blue-system-template").inputs).toMatchObject({ instanceType: "t3.large" });
  });

  test("lets no pod take the node's role, and encrypts the disk", () => {
    expect(named("blue-system-template").inputs).toMatchObject({
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: 50,
            encrypted: "true",
            deleteOnTermination: "true",
            kmsKeyId: "arn:aws:kms:us-east-1:000000000000:key/2",
          },
        },
      ],
    });
  });

  test("starts nodes after their role may do what nodes do", () => {
    const policies = graph.ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    expect(policies.map(({ inputs }) => inputs["policyArn"]).sort()).toEqual([
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    ]);
    const needed = named("blue-system-use1-az1-nodes").propertyDependencies["nodeRoleArn"] ?? [];
    expect(policies.every(({ urn }) => needed.includes(urn))).toBe(true);
  });

  test("is open to all pods without a taint", async () => {
    const open = await declared(false);
    expect(open.byName("blue-system-use1-az1-nodes").inputs["taints"]).toEqual([]);
  });
});

describe("a pod identity", () => {
  test("lets one service account of one cluster take the role, once the role may do something", async () => {
    const graph = await declared(true);
    const association = graph.byName("blue-lbc-association");
    expect(association.inputs).toMatchObject({
      clusterName: CLUSTER,
      namespace: "kube-system",
      serviceAccount: "lbc",
    });
    expect(association.propertyDependencies["roleArn"]).toContain(graph.byName("blue-lbc-policy").urn);
    expect(String(graph.byName("blue-lbc-role").inputs["assumeRolePolicy"])).toContain("pods.eks.amazonaws.com");
  });
});
