/** The graph that Monitoring declares, on a simulated cluster. */
import * as kubernetes from "@pulumi/kubernetes";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { PrometheusOperatorCrds } from "../../../components/delivery/prometheus-operator-crds";
import { alerts } from "../../../components/observability/alerts";
import { Monitoring, type MonitoringArgs } from "../../../components/observability/monitoring";
import { kubernetesPackage } from "../../../sandbox/cloud/kubernetes/package";
import type { PropertyMap } from "../../../sandbox/property/values";
import lock from "../../../stacks/env.lock.json";
import { accountWith, joinNodes, KUBECONFIG } from "../../sandbox/cloud/kubernetes/fixture";
import { crdProblems, haveCrds, type KubernetesObject } from "../../support/crds";
import { type Graph, graphOf, revealed } from "../../support/graph";
import { createdBefore } from "../../support/order";

const { charts } = lock;
type Profile = MonitoringArgs["profile"];

/** What a test may say differently. */
type Changes = Partial<MonitoringArgs> & { readonly withDeadMansSwitch?: boolean };

function program(profile: Profile, { withDeadMansSwitch, ...args }: Changes): void {
  const provider = new kubernetes.Provider("inside", { kubeconfig: KUBECONFIG });
  const monitoringCrds = new PrometheusOperatorCrds(
    "crds",
    { chart: charts["prometheus-operator-crds"], profile },
    { providers: [provider] },
  );
  const metadata = { namespace: monitoringCrds.namespaceName };
  const grafanaAdmin = new kubernetes.core.v1.Secret("grafana", { metadata }, { provider });
  const storageClass = new kubernetes.storage.v1.StorageClass(
    "gp3",
    { metadata: { name: "gp3" }, provisioner: "ebs.csi.aws.com" },
    { provider },
  );
  const secret = new kubernetes.core.v1.Secret("credential", { metadata }, { provider });
  const alive = withDeadMansSwitch === true && new kubernetes.core.v1.Secret("switch", { metadata }, { provider });
  new Monitoring(
    "monitoring",
    {
      kubectlImage: "registry.k8s.io/kubectl:v1.35.8",
      chart: charts["kube-prometheus-stack"],
      profile,
      namespace: monitoringCrds.namespaceName,
      monitoringCrds,
      grafanaAdmin,
      cluster: "fridayproof-prod-blue",
      queriedFrom: ["argo-rollouts"],
      runbookBaseUrl: "https://github.com/example/platform/blob/main",
      ...(profile === "production" && {
        storageClass,
        onCall: { tool: "pagerduty", secretName: "on-call", secretKey: "integration-key", secret } as const,
      }),
      ...(alive && { deadMansSwitch: { secretName: "dead-mans-switch", secretKey: "url", secret: alive } }),
      ...args,
    },
    { providers: [provider] },
  );
}

function declare(profile: Profile, args: Changes = {}): Promise<Graph> {
  const account = accountWith();
  joinNodes(account);
  return graphOf(() => program(profile, args), { account, packages: [kubernetesPackage(account)] });
}

const valuesOf = (graph: Graph) => graph.byName("monitoring-release").inputs["values"] as PropertyMap;

describe("in production", () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await declare("production");
  });

  test("what its pods wait for exists before it", () => {
    const before = createdBefore(graph, "monitoring-release");
    for (const name of ["crds-release", "crds-namespace", "grafana", "gp3", "credential", "monitoring-alertmanager"])
      expect(before, name).toContain(name);
  });

  test("the volumes are gp3, of the sizes that the retention needs, and stay when the release goes", () => {
    const volume = (storage: string) => ({
      volumeClaimTemplate: {
        spec: { storageClassName: "gp3", accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
      },
    });
    expect(valuesOf(graph)).toMatchObject({
      prometheus: {
        prometheusSpec: {
          replicas: 2,
          scrapeInterval: "15s",
          evaluationInterval: "15s",
          externalLabels: { cluster: "fridayproof-prod-blue" },
          persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain" },
          storageSpec: volume("50Gi"),
        },
      },
      alertmanager: {
        alertmanagerSpec: {
          replicas: 3,
          persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain" },
          storage: volume("5Gi"),
        },
      },
    });
  });

  test("they go with it only while the environment is torn down", async () => {
    const gone = { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete" } };
    expect(valuesOf(await declare("production", { deleteVolumes: true }))).toMatchObject({
      prometheus: { prometheusSpec: gone },
      alertmanager: { alertmanagerSpec: gone },
    });
    expect(valuesOf(graph)["extraManifests"]).toBeUndefined();
  });

  test("then the release ends only when no volume is left, while the driver can still delete them", async () => {
    const { extraManifests = [] } = valuesOf(await declare("production", { deleteVolumes: true }));
    const manifests = extraManifests as { kind: string; metadata: { annotations: PropertyMap }; spec?: PropertyMap }[];
    expect(manifests.map(({ kind, metadata }) => [kind, metadata.annotations])).toEqual(
      ["ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Job"].map((kind, weight) => [
        kind,
        {
          "helm.sh/hook": "post-delete",
          "helm.sh/hook-weight": String(weight),
          "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
        },
      ]),
    );
    expect(manifests[3]?.spec).toMatchObject({
      backoffLimit: 0,
      template: {
        spec: {
          containers: [
            {
              image: "registry.k8s.io/kubectl:v1.35.8",
              args: ["wait", "--for=delete", "persistentvolumes", "--all", "--timeout=570s"],
            },
          ],
        },
      },
    });
  });

  test("Alertmanager reads our configuration and mounts the credential", () => {
    const { metadata } = graph.byName("monitoring-alertmanager").outputs as { metadata: PropertyMap };
    expect(valuesOf(graph)).toMatchObject({
      alertmanager: {
        alertmanagerSpec: { useExistingSecret: true, configSecret: metadata["name"], secrets: ["on-call"] },
      },
    });
    const data = revealed(graph.byName("monitoring-alertmanager").inputs["stringData"]) as PropertyMap;
    expect(parse(String(data["alertmanager.yaml"]))).toMatchObject({
      receivers: [
        {
          name: "on-call",
          pagerduty_configs: [{ routing_key_file: "/etc/alertmanager/secrets/on-call/integration-key" }],
        },
        { name: "nobody" },
      ],
    });
  });

  test("Alertmanager waits for and mounts the dead man's switch's URL where there is one", async () => {
    const alive = await declare("production", { withDeadMansSwitch: true });
    expect(valuesOf(alive)).toMatchObject({
      alertmanager: { alertmanagerSpec: { secrets: ["on-call", "dead-mans-switch"] } },
    });
    expect(createdBefore(alive, "monitoring-release")).toContain("switch");
    const data = revealed(alive.byName("monitoring-alertmanager").inputs["stringData"]) as PropertyMap;
    expect(parse(String(data["alertmanager.yaml"]))).toMatchObject({
      route: { routes: [{ receiver: "dead-mans-switch" }, {}, {}, {}] },
    });
  });

  test("Grafana's administrator comes from a Secret by reference", () => {
    expect(valuesOf(graph)).toMatchObject({
      grafana: {
        admin: { existingSecret: "grafana-admin", userKey: "admin-user", passwordKey: "admin-password" },
      },
    });
  });

  test("every alert is a rule, once: the chart's values bring none of their own", () => {
    const { groups } = graph.byName("monitoring-alerts").inputs["spec"] as { groups: readonly PropertyMap[] };
    const rules = groups.flatMap(({ rules }) => rules as readonly PropertyMap[]);
    expect(groups.map(({ name, interval }) => [name, interval])).toEqual([
      ["fridayproof.release", "15s"],
      ["fridayproof.gateway", "15s"],
      ["fridayproof.cluster", "15s"],
    ]);
    expect(rules.map(({ alert }) => alert)).toEqual(alerts.map(({ name }) => name));
    expect(valuesOf(graph)).not.toHaveProperty("additionalPrometheusRulesMap");
    expect(createdBefore(graph, "monitoring-alerts")).toContain("crds-release");
  });

  test("Grafana's sidecar finds the dashboard by the label that its values name", () => {
    const { metadata, data } = graph.byName("monitoring-dashboard").inputs as Record<string, PropertyMap>;
    expect(metadata).toEqual({
      name: "fridayproof-deployment-dashboard",
      namespace: "monitoring",
      labels: { grafana_dashboard: "1" },
      annotations: { grafana_folder: "fridayproof" },
    });
    expect(JSON.parse(String(data?.["deployment.json"]))).toMatchObject({ uid: "fridayproof-deployment" });
    expect(valuesOf(graph)).toMatchObject({
      grafana: { sidecar: { dashboards: { label: "grafana_dashboard", labelValue: "1" } } },
    });
  });
});

describe("in dev", () => {
  test("there is one Prometheus without a volume, nobody is paged, and the same alerts are rules", async () => {
    const graph = await declare("dev");
    expect(valuesOf(graph)).toMatchObject({
      alertmanager: { enabled: false },
      prometheus: { prometheusSpec: { replicas: 1, storageSpec: { emptyDir: { sizeLimit: "10Gi" } } } },
    });
    expect(graph.resources.map(({ name }) => name)).not.toContain("monitoring-alertmanager");
    expect(graph.byName("monitoring-alerts").inputs["kind"]).toBe("PrometheusRule");
  });
});

test("alerts that would reach nobody are refused, with all that is missing", async () => {
  const nothing = { storageClass: undefined, onCall: undefined, runbookBaseUrl: "docs/" };
  await expect(declare("production", nothing)).rejects.toThrow(
    [
      '3 problems in Monitoring "monitoring":',
      "  storageClass: got nothing; allowed: the resource that makes StorageClass gp3 in profile production; fix: Give it: volumes of no class stay pending.",
      "  onCall: got nothing; allowed: tool and Secret of the on-call tool in profile production; fix: Name them: an alert without a receiver pages no one.",
      '  runbookBaseUrl: got "docs/"; allowed: an https URL without a slash at its end; fix: Give the page on which docs/ can be seen.',
    ].join("\n"),
  );
});

test.skipIf(!haveCrds)("the rules are valid against the pinned PrometheusRule", async () => {
  const graph = await declare("dev");
  expect(crdProblems(graph.byName("monitoring-alerts").inputs as unknown as KubernetesObject)).toEqual([]);
});
