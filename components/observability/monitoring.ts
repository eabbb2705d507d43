/** Monitoring of one cluster: Prometheus, Alertmanager and Grafana, with the platform's alerts and dashboard. */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { type ChartPin, chartRelease } from "../charts/chart-release";
import type { Profile } from "../charts/chart-values";
import { ingressPolicy } from "../charts/ingress-policy";
import { type Problem, throwProblems } from "../core/checks";
import { observabilityLimits } from "../core/limits/observability";
import { duration } from "../core/units";
import { alertRule } from "./alert";
import { alertGroups } from "./alerts";
import { dashboardJson } from "./dashboard";
import { deploymentDashboard } from "./deployment-dashboard";
import { monitoringValues } from "./monitoring-values";
import { legStandsBy } from "./standby-alert";
import { alertmanagerConfig, type DeadMansSwitch, type OnCallCredential } from "./on-call";

/** The on-call tool's credential and what makes its Secret. */
export interface OnCall extends OnCallCredential {
  /** What makes the Secret; Alertmanager's pods do not start without it. */
  readonly secret: pulumi.Resource;
}

/** The dead man's switch's URL and what makes its Secret. */
export interface DeadMansSwitchSecret extends DeadMansSwitch {
  /** What makes the Secret; Alertmanager's pods do not start without it. */
  readonly secret: pulumi.Resource;
}

/** Arguments of {@link Monitoring}. */
export interface MonitoringArgs {
  /** Row `kube-prometheus-stack` of the lock file. */
  readonly chart: ChartPin;
  /** `production`: two Prometheus and three Alertmanagers on volumes; `dev`: one Prometheus, no volume, no pages. */
  readonly profile: Profile;
  /** Namespace, as PrometheusOperatorCrds made it. */
  readonly namespace: pulumi.Input<string>;
  /** What brings the operator's kinds. */
  readonly monitoringCrds: pulumi.Resource;
  /** Nodes and name resolution that its pods need; edges only. @default none: whatever the provider waits for */
  readonly runsOn?: readonly pulumi.Resource[];
  /** What makes Secret `grafana-admin` with keys `admin-user` and `admin-password`. */
  readonly grafanaAdmin: pulumi.Resource;
  /**
   * StorageClass `gp3`, with the driver behind it. Required in profile `production`, whose data is on volumes.
   * @default none
   */
  readonly storageClass?: pulumi.Resource;
  /** Who is paged. Required in profile `production`. @default nobody */
  readonly onCall?: OnCall;
  /**
   * Webhook that is called every minute while alerts work, of a service outside that pages when the calls stop.
   * @default none
   */
  readonly deadMansSwitch?: DeadMansSwitchSecret;
  /** Namespaces whose pods query Prometheus, besides its own: the release gates' controller. */
  readonly queriedFrom: readonly string[];
  /** Name of the cluster; stands in every page. */
  readonly cluster: string;
  /** Where the repository can be read on a branch, such as `https://github.com/owner/name/blob/main`. */
  readonly runbookBaseUrl: string;
  /** Whether the volumes go with the release, which then waits for them: true only while torn down. @default false */
  readonly deleteVolumes?: boolean;
  /** Whether the cluster's leg stands by: alerts are displayed and page no one, and the dead man's switch is not called. @default false */
  readonly standsBy?: boolean;
  /** Image of the kubectl that waits, of the nodes' release, such as `registry.k8s.io/kubectl:v1.35.8`. */
  readonly kubectlImage: string;
}

function problemsOf(args: MonitoringArgs): readonly Problem[] {
  const problems: Problem[] = [];
  const needed = {
    storageClass: ["the resource that makes StorageClass gp3", "Give it: volumes of no class stay pending."],
    onCall: ["tool and Secret of the on-call tool", "Name them: an alert without a receiver pages no one."],
  } as const;
  for (const [path, [allowed, fix]] of Object.entries(needed)) {
    if (args.profile === "production" && args[path as keyof typeof needed] === undefined)
      problems.push({ path, got: undefined, allowed: `${allowed} in profile production`, fix });
  }
  if (!/^https:\/\/.+[^/]$/.test(args.runbookBaseUrl)) {
    const fix = "Give the page on which docs/ can be seen.";
    problems.push({
      path: "runbookBaseUrl",
      got: args.runbookBaseUrl,
      allowed: "an https URL without a slash at its end",
      fix,
    });
  }
  return problems;
}

/** Raw resources of {@link Monitoring}. */
export interface MonitoringNodes {
  /** The release. */
  readonly release: kubernetes.helm.v3.Release;
  /** The PrometheusRule. */
  readonly alerts: kubernetes.apiextensions.CustomResource;
  /** The dashboard of deployments. */
  readonly dashboard: kubernetes.core.v1.ConfigMap;
}

/**
 * Watches one cluster and pages. It is on no path to traffic: nothing that serves waits for it.
 *
 * @example
 * ```typescript
 * const { name: secretName, key: secretKey } = ON_CALL_SECRET;
 * const secret = secrets.onCall;
 * new Monitoring(
 *   "blue-monitoring",
 *   {
 *     kubectlImage: "registry.k8s.io/kubectl:v1.35.8",
 *     chart: lock.charts["kube-prometheus-stack"],
 *     profile: "production",
 *     namespace: monitoringCrds.namespaceName,
 *     monitoringCrds,
 *     grafanaAdmin: secrets.grafanaAdmin,
 *     storageClass: addons.storageClass,
 *     onCall: secret && { tool: "pagerduty", secretName, secretKey, secret },
 *     cluster: "fridayproof-prod-blue",
 *     queriedFrom: ["argo-rollouts"],
 *     runbookBaseUrl: "https://github.com/example/fridayproof/blob/main",
 *   },
 *   { providers: [inside] },
 * );
 * ```
 */
export class Monitoring extends pulumi.ComponentResource {
  /** Helm's name of the release, known once it runs. */
  public readonly releaseName: pulumi.Output<string>;

  readonly #nodes: MonitoringNodes;

  /** @throws Error listing what is missing for alerts to have a receiver. */
  constructor(name: string, args: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`Monitoring "${name}"`, problemsOf(args));
    super("fridayproof:observability:Monitoring", name, {}, opts);

    // Dev has no Alertmanager that could read it.
    const { onCall, deadMansSwitch } = args.profile === "dev" ? {} : args;
    const credentials = [onCall, deadMansSwitch].filter((credential) => credential !== undefined);
    const config = onCall && this.alertmanagerSecret(name, args, onCall);
    const values = monitoringValues({
      profile: args.profile,
      cluster: args.cluster,
      deleteVolumes:
        args.deleteVolumes === true ? { namespace: args.chart.namespace, kubectlImage: args.kubectlImage } : undefined,
      paging: config && {
        configSecretName: config.metadata.name,
        credentialSecretNames: credentials.map(({ secretName }) => secretName),
      },
    });
    const secrets = credentials.map(({ secret }) => secret);
    const before = [args.monitoringCrds, ...(args.runsOn ?? []), args.grafanaAdmin, args.storageClass, ...secrets];
    const release = chartRelease(
      `${name}-release`,
      { pin: args.chart, namespace: args.namespace, values },
      { parent: this, dependsOn: before.filter((resource) => resource !== undefined) },
    );
    this.guard(name, args);
    this.#nodes = { release, alerts: this.alerts(name, args), dashboard: this.dashboard(name, args) };

    this.releaseName = release.name;
    this.registerOutputs({ releaseName: this.releaseName });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): MonitoringNodes {
    return this.#nodes;
  }

  /** Named by Pulumi, so that a change is a new Secret that the release then points to: never a moment without one. */
  private alertmanagerSecret(name: string, args: MonitoringArgs, onCall: OnCall): kubernetes.core.v1.Secret {
    return new kubernetes.core.v1.Secret(
      `${name}-alertmanager`,
      {
        metadata: { namespace: args.namespace },
        stringData: { "alertmanager.yaml": stringify(alertmanagerConfig(onCall, args.deadMansSwitch)) },
      },
      { parent: this },
    );
  }

  /** Neither has a password: whoever reached Alertmanager could silence every page. */
  private guard(name: string, args: MonitoringArgs): void {
    const guarded = { prometheus: [args.namespace, ...args.queriedFrom], alertmanager: [args.namespace] };
    for (const [pods, from] of Object.entries(guarded)) {
      ingressPolicy(
        `${name}-${pods}-ingress`,
        { namespace: args.namespace, pods: { label: "app.kubernetes.io/name", values: [pods] }, from },
        { parent: this },
      );
    }
  }

  private alerts(name: string, args: MonitoringArgs): kubernetes.apiextensions.CustomResource {
    const interval = duration(observabilityLimits.evaluationInterval);
    const groups = { ...alertGroups, ...(args.standsBy === true && { standby: [legStandsBy] }) };
    return new kubernetes.apiextensions.CustomResource(
      `${name}-alerts`,
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata: { name: "fridayproof", namespace: args.namespace },
        spec: {
          groups: Object.entries(groups).map(([group, alerts]) => ({
            name: `fridayproof.${group}`,
            interval,
            rules: alerts.map((alert) => alertRule(alert, args.runbookBaseUrl)),
          })),
        },
      },
      { parent: this, dependsOn: [args.monitoringCrds] },
    );
  }

  /** Grafana's sidecar finds it by its label. */
  private dashboard(name: string, args: MonitoringArgs): kubernetes.core.v1.ConfigMap {
    return new kubernetes.core.v1.ConfigMap(
      `${name}-dashboard`,
      {
        metadata: {
          name: "fridayproof-deployment-dashboard",
          namespace: args.namespace,
          labels: { grafana_dashboard: "1" },
          annotations: { grafana_folder: "fridayproof" },
        },
        data: { "deployment.json": JSON.stringify(dashboardJson(deploymentDashboard)) },
      },
      { parent: this },
    );
  }
}
