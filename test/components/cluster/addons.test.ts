/** The add-ons on the simulated clouds: what is made, in which order, with which values; production and dev. */
import { beforeAll, describe, expect, test } from "vitest";
import type { PropertyMap } from "../../../sandbox/property/values";
import { type Graph, graphOf } from "../../support/graph";
import { createdBefore } from "../../support/order";
import { volumeKeyPolicy } from "../../../components/cluster/policy-documents";
import { platform } from "./addons-fixture";

const RELEASES = [
  "blue-platform-metrics-server",
  "blue-platform-cluster-autoscaler",
  "blue-platform-aws-load-balancer-controller",
  "blue-platform-external-secrets",
];
const WITH_AWS = ["cluster-autoscaler", "aws-load-balancer-controller", "external-secrets"];

const valuesOf = (graph: Graph, name: string) => graph.byName(name).inputs["values"] as PropertyMap;

let graph: Graph;
let dev: Graph;
beforeAll(async () => {
  graph = await graphOf(platform({ profile: "production" }));
  dev = await graphOf(platform({ profile: "dev" }));
}, 120_000);

describe("order", () => {
  test.each(RELEASES)("%s comes after the kinds of monitoring, nodes and access", (name) => {
    const before = createdBefore(graph, name);
    expect(before).toContain("blue-crds-release");
    const provider = createdBefore(graph, "blue-kubernetes");
    for (const earlier of [
      "blue-system-use1-az1-nodes",
      "blue-cluster-access-read-only",
      "blue-cluster-access-break-glass",
    ]) {
      expect(provider, earlier).toContain(earlier);
    }
    expect(graph.byName(name).provider).toContain("::blue-kubernetes::");
  });

  test.each(WITH_AWS)(
    "%s starts when its rights and the Pod Identity agent are there, and is deleted before them",
    (chart) => {
      const before = createdBefore(graph, `blue-platform-${chart}`);
      for (const part of ["role", "policy", "association"]) {
        expect(before, part).toContain(`blue-platform-${chart}-identity-${part}`);
      }
      expect(before).toContain("blue-cluster-eks-pod-identity-agent");
    },
  );

  test("volumes: rights and nodes, then the driver, then the class", () => {
    const driver = createdBefore(graph, "blue-platform-aws-ebs-csi-driver");
    expect(driver).toContain("blue-platform-ebs-csi-association");
    expect(driver).toContain("blue-platform-ebs-csi-policy");
    expect(driver).toContain("blue-cluster-eks-pod-identity-agent");
    expect(driver).toContain("blue-system-use1-az1-nodes");
    expect(driver).toContain("blue-addons-coredns");
    expect(graph.byName("blue-platform-gp3").dependencies).toContain(
      graph.byName("blue-platform-aws-ebs-csi-driver").urn,
    );
  });

  test("secrets: namespace, external-secrets, its store", () => {
    expect(createdBefore(graph, "blue-platform-external-secrets")).toContain(
      "blue-platform-external-secrets-namespace",
    );
    expect(graph.byName("blue-platform-store").dependencies).toContain(
      graph.byName("blue-platform-external-secrets").urn,
    );
  });

  test("the controller that serves waits for nothing that only watches or keeps", () => {
    const before = createdBefore(graph, "blue-platform-aws-load-balancer-controller");
    for (const other of ["cluster-autoscaler", "external-secrets", "gp3"]) {
      expect(before).not.toContain(`blue-platform-${other}`);
    }
  });

  test("between an association and the pods that need it another release has become ready", () => {
    const users = ["aws-load-balancer-controller", "cluster-autoscaler", "external-secrets", "aws-ebs-csi-driver"];
    for (const user of users)
      expect(createdBefore(graph, `blue-platform-${user}`), user).toContain("blue-platform-metrics-server");
    const before = createdBefore(graph, "blue-platform-metrics-server");
    for (const identity of [...users.slice(0, -1).map((chart) => `${chart}-identity`), "ebs-csi"])
      expect(before, identity).toContain(`blue-platform-${identity}-association`);
  });
});

describe("settings", () => {
  test.each([
    ["cluster-autoscaler", "kube-system", "cluster-autoscaler"],
    ["aws-load-balancer-controller", "kube-system", "aws-load-balancer-controller"],
    ["external-secrets", "external-secrets", "external-secrets"],
  ])("the account of %s is the one that its chart makes", (chart, namespace, serviceAccount) => {
    expect(graph.byName(`blue-platform-${chart}-identity-association`).inputs).toMatchObject({
      clusterName: "fridayproof-test-blue",
      namespace,
      serviceAccount,
    });
    expect(graph.byName(`blue-platform-${chart}`).inputs["namespace"]).toBe(namespace);
    const values = valuesOf(graph, `blue-platform-${chart}`);
    const { serviceAccount: own, rbac } = values as Record<string, Record<string, PropertyMap>>;
    expect(own ?? rbac?.["serviceAccount"]).toEqual({ create: true, name: serviceAccount, annotations: {} });
  });

  test("the controller fills target groups and does nothing else", () => {
    const values = valuesOf(graph, "blue-platform-aws-load-balancer-controller");
    expect(values).toMatchObject({
      clusterName: "fridayproof-test-blue",
      region: "us-east-1",
      vpcId: graph.byName("network-vpc").outputs["id"] ?? graph.byName("network-vpc").id,
      targetgroupbindingRequeueDuration: "5s",
      createIngressClassResource: false,
      enableServiceMutatorWebhook: false,
      podMutatorWebhookConfig: { failurePolicy: "Fail" },
      objectSelector: { matchLabels: { istio: "ingress" } },
      controllerConfig: {
        featureGates: {
          EnableServiceController: false,
          NLBGatewayAPI: false,
          ALBGatewayAPI: false,
          GatewayListenerSet: false,
          GlobalAcceleratorController: false,
        },
      },
    });
    expect(values).not.toHaveProperty("webhookNamespaceSelectors");
  });

  test("its rights end at the slot's own target group", () => {
    const { inputs } = graph.byName("blue-platform-aws-load-balancer-controller-identity-policy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: { Sid: string; Resource: string }[] };
    expect(Statement.find(({ Sid }) => Sid === "FillTargetGroup")?.Resource).toBe(
      graph.byName("blue-group").outputs["arn"],
    );
  });

  test("the autoscaler finds this cluster's groups, with the image of its minor", () => {
    expect(valuesOf(graph, "blue-platform-cluster-autoscaler")).toMatchObject({
      awsRegion: "us-east-1",
      autoDiscovery: { clusterName: "fridayproof-test-blue" },
      image: { tag: "v1.35.1" },
    });
  });

  test("volumes are encrypted with the environment's key, which their driver may use, made where the pod runs, tagged for their cluster, and the default", () => {
    const key = graph.byName("keys-volumes").outputs["arn"];
    const { inputs: rights } = graph.byName("blue-platform-ebs-csi-key");
    expect(rights["policy"]).toBe(JSON.stringify(volumeKeyPolicy(String(key), { region: "us-east-1" })));
    expect(graph.byName("blue-platform-ebs-csi-association").dependencies).toContain(
      graph.byName("blue-platform-ebs-csi-key").urn,
    );
    expect(graph.byName("blue-platform-gp3").inputs).toMatchObject({
      metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: key },
      reclaimPolicy: "Delete",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    });
    const { inputs } = graph.byName("blue-platform-aws-ebs-csi-driver");
    expect(inputs).toMatchObject({ addonName: "aws-ebs-csi-driver", addonVersion: "v1.66.0-eksbuild.1" });
    expect(JSON.parse(String(inputs["configurationValues"]))).toEqual({
      controller: {
        nodeSelector: { "fridayproof.dev/pool": "system" },
        tolerations: [{ key: "fridayproof.dev/pool", operator: "Exists" }],
        extraVolumeTags: { "fridayproof.dev/cluster": "fridayproof-test-blue" },
      },
    });
  });

  test("the store reads below the prefix, for the platform's namespaces only", () => {
    expect(graph.byName("blue-platform-store").inputs).toMatchObject({
      apiVersion: "external-secrets.io/v1",
      kind: "ClusterSecretStore",
      metadata: { name: "platform", annotations: { "pulumi.com/waitFor": "condition=Ready" } },
      spec: {
        provider: { aws: { service: "SecretsManager", region: "us-east-1", prefix: "fridayproof/test/" } },
        conditions: [{ namespaces: ["argocd", "monitoring"] }],
      },
    });
  });

  test("of all this exactly the load balancer controller is protected, and not while it is torn down", async () => {
    const guarded = (of: Graph) => of.resources.filter(({ protect }) => protect === true).map(({ name }) => name);
    expect(guarded(graph)).toEqual(["blue-platform-aws-load-balancer-controller"]);
    expect(guarded(await graphOf(platform({ profile: "dev", protect: false })))).toEqual([]);
  });
});

describe("size", () => {
  const replicas = (of: Graph) => ({
    metricsServer: valuesOf(of, "blue-platform-metrics-server")["replicas"],
    autoscaler: valuesOf(of, "blue-platform-cluster-autoscaler")["replicaCount"],
    controller: valuesOf(of, "blue-platform-aws-load-balancer-controller")["replicaCount"],
    externalSecrets: valuesOf(of, "blue-platform-external-secrets")["replicaCount"],
  });

  test("two of each in production, one of each in dev", () => {
    expect(replicas(graph)).toEqual({ metricsServer: 2, autoscaler: 2, controller: 2, externalSecrets: 2 });
    expect(replicas(dev)).toEqual({ metricsServer: 1, autoscaler: 1, controller: 1, externalSecrets: 1 });
  });
});

test("an autoscaler of another minor and a prefix that would open more are refused", async () => {
  const wrong = platform({ profile: "dev", autoscalerImageTag: "v1.34.3", secretsPrefix: "fridayproof/test" });
  await expect(graphOf(wrong)).rejects.toThrow(
    [
      '2 problems in Addons "blue-platform":',
      '  autoscalerImageTag: got "v1.34.3"; allowed: v1.35.<patch>; fix: Lock the autoscaler\'s image of that minor: it simulates the scheduler of its own.',
      '  secretsPrefix: got "fridayproof/test"; allowed: the beginning of names in Secrets Manager, with a slash at its end; fix: End it with a slash, or `fridayproof/prod` would also open `fridayproof/production`.',
    ].join("\n"),
  );
});
