/** The CRDs of the Prometheus operator (ServiceMonitor and others), before every chart that uses one. */
import * as path from "node:path";
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type ChartPin, chartRelease } from "../charts/chart-release";
import { chartValues, type Profile } from "../charts/chart-values";
import { guardedNamespace } from "../charts/guarded-namespace";

/** Arguments of {@link PrometheusOperatorCrds}. */
export interface PrometheusOperatorCrdsArgs {
  /** Row `prometheus-operator-crds` of the lock file. */
  readonly chart: ChartPin;
  /** Which values to use; the chart has no `dev` delta, so both are the same. */
  readonly profile: Profile;
}

/** Raw resources of {@link PrometheusOperatorCrds}. */
export interface PrometheusOperatorCrdsNodes {
  /** Namespace of the monitoring add-ons. */
  readonly namespace: kubernetes.core.v1.Namespace;
  /** The release. */
  readonly release: kubernetes.helm.v3.Release;
}

/**
 * Namespace `monitoring` and the release that brings the operator's ten kinds. Without the kinds some charts drop their
 * monitors in silence and others fail, so every chart with a monitor takes this component as an argument and waits.
 *
 * @example
 * ```typescript
 * new PrometheusOperatorCrds(
 *   "blue-monitoring-crds",
 *   { chart: lock.charts["prometheus-operator-crds"], profile: "production" },
 *   { providers: [inside] },
 * );
 * ```
 */
export class PrometheusOperatorCrds extends pulumi.ComponentResource {
  /** Namespace of the monitoring add-ons. */
  public readonly namespaceName: pulumi.Output<string>;
  /** Helm's name of the release, known once the kinds exist. */
  public readonly releaseName: pulumi.Output<string>;

  readonly #nodes: PrometheusOperatorCrdsNodes;

  constructor(name: string, args: PrometheusOperatorCrdsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:delivery:PrometheusOperatorCrds", name, {}, opts);

    const namespace = guardedNamespace(
      `${name}-namespace`,
      // The node exporter reads the host's /proc and /sys, which any stricter level refuses.
      { namespace: args.chart.namespace, enforce: "privileged" },
      { parent: this },
    );
    const release = chartRelease(
      `${name}-release`,
      {
        pin: args.chart,
        namespace: namespace.metadata.name,
        values: chartValues(path.join(__dirname, "values"), "prometheus-operator-crds", args.profile),
      },
      { parent: this },
    );

    this.namespaceName = namespace.metadata.name;
    this.releaseName = release.name;
    this.#nodes = { namespace, release };
    this.registerOutputs({ namespaceName: this.namespaceName, releaseName: this.releaseName });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): PrometheusOperatorCrdsNodes {
    return this.#nodes;
  }
}
