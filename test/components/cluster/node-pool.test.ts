/** Nodes as they are declared: what decides whether they can be rolled, reached and robbed. */
import * as aws from "@pulumi/aws";
import { beforeAll, describe, expect, test } from "vitest";
import { NodePool } from "../../../components/cluster/node-pool";
import { PodIdentity } from "../../../components/cluster/pod-identity";
import { type Graph, graphOf } from "../../support/graph";

const CLUSTER = "fridayproof-dev-blue";

/** Node groups and associations need a cluster; a preview asks no cloud for it. */
const declared = (tainted: boolean, instanceType = "t3.large"): Promise<Graph> =>
  graphOf(
    () => {
      const provider = new aws.Provider("aws", { region: "us-east-1", allowedAccountIds: ["000000000000"] });
      const opts = { providers: [provider] };
      new NodePool(
        "blue-system",
        {
          clusterName: CLUSTER,
          subnetIds: ["subnet-1", "subnet-2"],
          pool: "system",
          instanceType,
          size: { min: 2, desired: 2, max: 4 },
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
    const nodes = named("blue-system-nodes");
    expect(nodes.inputs).toMatchObject({
      clusterName: CLUSTER,
      version: "1.35",
      releaseVersion: "1.35.8-20260930",
      amiType: "AL2023_x86_64_STANDARD",
      capacityType: "ON_DEMAND",
      scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
      updateConfig: { maxUnavailable: 1 },
      labels: { "fridayproof.dev/pool": "system" },
      taints: [{ key: "fridayproof.dev/pool", value: "system", effect: "NO_SCHEDULE" }],
    });
    expect(nodes.ignoreChanges).toEqual(["scalingConfig.desiredSize"]);
  });

  test("takes the image of its type's architecture, and refuses a type that nobody knows", async () => {
    const graviton = await declared(false, "m7g.large");
    expect(graviton.byName("blue-system-nodes").inputs).toMatchObject({ amiType: "AL2023_ARM_64_STANDARD" });
    await expect(declared(false, "m9z.xlarge")).rejects.toThrow(
      'instanceType: got "m9z.xlarge"; allowed: a type of components/core/instance-types.json; nearest: m6i.xlarge,',
    );
  });

  test("keeps the instance type out of the node group, where a change would replace it", () => {
    expect(named("blue-system-nodes").inputs["instanceTypes"]).toBeUndefined();
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
    const needed = named("blue-system-nodes").propertyDependencies["nodeRoleArn"] ?? [];
    expect(policies.every(({ urn }) => needed.includes(urn))).toBe(true);
  });

  test("is open to all pods without a taint", async () => {
    const open = await declared(false);
    expect(open.byName("blue-system-nodes").inputs["taints"]).toEqual([]);
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
