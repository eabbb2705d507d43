/** Argo Rollouts: shifts an application's traffic behind the gateway, step by step. */
import * as path from "node:path";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type ChartPin, chartRelease } from "../charts/chart-release";
import { chartValues, type Profile } from "../charts/chart-values";
import { guardedNamespace } from "../charts/guarded-namespace";
import { gatewayAddress, prometheusAddress } from "./addresses";
import { analysisTemplates } from "./analysis";

/** Arguments of {@link ArgoRollouts}. */
export interface ArgoRolloutsArgs {
  /** Row `argo-rollouts` of the lock file. */
  readonly chart: ChartPin;
  /** `production`: two controllers with leader election and a budget; `dev`: one. */
  readonly profile: Profile;
  /** What brings the ServiceMonitor kind; the release waits for it. */
  readonly monitoringCrds: pulumi.Resource;
  /** Nodes and name resolution that its pods need; edges only. @default none: whatever the provider waits for */
  readonly runsOn?: readonly pulumi.Resource[];
  /** Prometheus, which the release gates query. @default the Service that the monitoring chart makes */
  readonly prometheusAddress?: string;
  /** The gateway, which the smoke test goes through. @default the Service that Gateway makes */
  readonly gatewayAddress?: string;
}

/** Raw resources of {@link ArgoRollouts}. */
export interface ArgoRolloutsNodes {
  /** The controller's namespace. */
  readonly namespace: kubernetes.core.v1.Namespace;
  /** The release. */
  readonly release: kubernetes.helm.v3.Release;
  /** The ClusterAnalysisTemplates. */
  readonly analysisTemplates: readonly kubernetes.apiextensions.CustomResource[];
}

/**
 * The Argo Rollouts controller in its own namespace, and the release gates (ClusterAnalysisTemplates) for the rollouts
 * of every namespace. A Rollout in the middle of a step stays there while the controller is gone.
 *
 * @example
 * ```typescript
 * new ArgoRollouts(
 *   "blue-argo-rollouts",
 *   { chart: lock.charts["argo-rollouts"], profile: "production", monitoringCrds },
 *   { providers: [inside] },
 * );
 * ```
 */
export class ArgoRollouts extends pulumi.ComponentResource {
  /** Namespace of the controller. */
  public readonly namespaceName: pulumi.Output<string>;
  /** Helm's name of the release, known once the controller is ready. */
  public readonly releaseName: pulumi.Output<string>;

  readonly #nodes: ArgoRolloutsNodes;

  constructor(name: string, args: ArgoRolloutsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:delivery:ArgoRollouts", name, {}, opts);

    const namespace = guardedNamespace(
      `${name}-namespace`,
      { namespace: args.chart.namespace, enforce: "restricted" },
      { parent: this },
    );
    const release = chartRelease(
      `${name}-release`,
      {
        pin: args.chart,
        namespace: namespace.metadata.name,
        values: chartValues(path.join(__dirname, "values"), "argo-rollouts", args.profile),
      },
      { parent: this, dependsOn: [args.monitoringCrds, ...(args.runsOn ?? [])] },
    );

    const templates = analysisTemplates({
      prometheusAddress: args.prometheusAddress ?? prometheusAddress,
      gatewayAddress: args.gatewayAddress ?? gatewayAddress,
    }).map(
      (template) =>
        new kubernetes.apiextensions.CustomResource(
          `${name}-${template.metadata.name}`,
          { ...template },
          // The release brings the kind.
          { parent: this, dependsOn: [release] },
        ),
    );

    this.namespaceName = namespace.metadata.name;
    this.releaseName = release.name;
    this.#nodes = { namespace, release, analysisTemplates: templates };
    this.registerOutputs({ namespaceName: this.namespaceName, releaseName: this.releaseName });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): ArgoRolloutsNodes {
    return this.#nodes;
  }
}
