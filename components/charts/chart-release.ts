/** A pinned Helm release: one chart of the lock file, made the same way everywhere. */
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { deliveryLimits } from "../core/limits/delivery";
import type { ChartValues } from "./chart-values";

/** The lock file's entry of a chart; every row of `charts` in `stacks/env.lock.json` fits. */
export interface ChartPin {
  /** The chart's own name in its repository, such as `argo-cd`. */
  readonly chart: string;
  /** Repository URL as the chart's documents give it: `https://...`, or `oci://...` with the chart's name at its end. */
  readonly repository: string;
  /** Exact chart version; a range would let an upgrade happen by itself. */
  readonly version: string;
  /** Helm's name of the release. */
  readonly release: string;
  /** Namespace the release lives in. */
  readonly namespace: string;
}

/** Arguments of {@link chartRelease}. */
export interface ChartReleaseArgs {
  /** Chart, version and names. */
  readonly pin: ChartPin;
  /** Values, complete: the chart's own defaults apply only to what is absent. */
  readonly values: ChartValues;
  /** Output of the namespace made for the release, so that it exists first; the pin's own name when absent. */
  readonly namespace?: pulumi.Input<string>;
  /** Seconds for each of Helm's steps. @default deliveryLimits.releaseTimeout */
  readonly timeoutSeconds?: number;
}

/** An OCI registry has no index to look a chart up in: the URL is the chart. */
function chartSource(pin: ChartPin): Pick<kubernetes.helm.v3.ReleaseArgs, "chart" | "repositoryOpts"> {
  if (pin.repository.startsWith("oci://")) return { chart: pin.repository };
  return { chart: pin.chart, repositoryOpts: { repo: pin.repository } };
}

/**
 * Declares a Helm release of exactly the pinned version. A Release, not a Chart: only Helm itself runs the hooks that
 * make Secrets which pods wait for, and honours `helm.sh/resource-policy`.
 * @param opts give `parent`, and `dependsOn` for what must exist first.
 */
export function chartRelease(
  name: string,
  args: ChartReleaseArgs,
  opts: pulumi.CustomResourceOptions,
): kubernetes.helm.v3.Release {
  return new kubernetes.helm.v3.Release(
    name,
    {
      ...chartSource(args.pin),
      version: args.pin.version,
      name: args.pin.release,
      namespace: args.namespace ?? args.pin.namespace,
      // The namespace carries labels that Helm would not set, so it is always made before.
      createNamespace: false,
      // Half a release does not serve: a failed one is taken back, an upgrade returns to the revision before.
      atomic: true,
      cleanupOnFail: true,
      timeout: args.timeoutSeconds ?? deliveryLimits.releaseTimeout.value,
      maxHistory: deliveryLimits.releaseHistory.value,
      values: args.values,
    },
    opts,
  );
}
