/** The application's own gates: its smoke test, which has its paths, and the numbers of its business. */
import { analysisLimits } from "../../core/limits/analysis";
import { duration } from "../../core/units";
import { errorTolerance, known } from "../analysis";
import { loadJob, smokeJob } from "../analysis-jobs";
import { gatewayAddress, prometheusAddress } from "../addresses";
import { jobLabels } from "./jobs";
import { canaryService, fullHost, hostOf, isRollout, type Manifest, manifest, stableService } from "./manifest";
import { withHosts } from "./metric-query";
import { sessionPaths } from "./sessions";
import type { AppPlatform, AppSpec, BusinessMetric } from "./spec";
import { businessTemplate, type LoadPhase, loadSeconds, loadTemplate, smokeTemplate } from "./strategy";

/** Requests each path through the gateway, of the new version; one bad response ends the release. */
function smoke(spec: AppSpec, platform: AppPlatform): Manifest {
  const address = (path: string): string => `${gatewayAddress}${path}`;
  const urls = [spec.readinessPath, ...(spec.journeys ?? [])].map(address);
  const paths = sessionPaths(spec);
  const sessions = paths && { issuedBy: address(paths.issuedBy), readBy: address(paths.readBy) };
  const test = {
    urls,
    sessions,
    image: platform.curlImage,
    host: hostOf(spec, platform),
    labels: jobLabels("release"),
  };
  return manifest(spec, "argoproj.io/v1alpha1", "AnalysisTemplate", smokeTemplate(spec), {
    spec: { metrics: [smokeJob(test)] },
  });
}

/** Requests that a Job sends, one template for each time that a step takes. */
function loads(spec: AppSpec, platform: AppPlatform): readonly Manifest[] {
  if (spec.expectedRps !== undefined) return [];
  return (Object.keys(loadSeconds) as LoadPhase[]).map((phase) => {
    const load = {
      name: `load-${phase}`,
      url: `${gatewayAddress}${spec.readinessPath}`,
      seconds: loadSeconds[phase],
      image: platform.curlImage,
      host: hostOf(spec, platform),
      labels: jobLabels("release"),
    };
    return manifest(spec, "argoproj.io/v1alpha1", "AnalysisTemplate", loadTemplate(spec, phase), {
      spec: { metrics: [loadJob(load)] },
    });
  });
}

function business(spec: AppSpec, { name, query, atLeast }: BusinessMetric): Manifest {
  const hosts = { canary: fullHost(spec, canaryService(spec)), stable: fullHost(spec, stableService(spec)) };
  const resolved = withHosts(query, hosts);
  return manifest(spec, "argoproj.io/v1alpha1", "AnalysisTemplate", businessTemplate(spec, name), {
    spec: {
      metrics: [
        {
          name,
          initialDelay: duration(analysisLimits.gateDelay),
          interval: duration(analysisLimits.gateInterval),
          count: analysisLimits.gateAttempts.value,
          failureLimit: 0,
          inconclusiveLimit: analysisLimits.gateSilence.value,
          ...errorTolerance,
          consecutiveSuccessLimit: analysisLimits.gateCount.value,
          successCondition: known("result[0] <= 0"),
          failureCondition: known("result[0] > 0"),
          provider: { prometheus: { address: prometheusAddress, query: `${atLeast} - (${resolved})` } },
        },
      ],
    },
  });
}

/** The application's own AnalysisTemplates; a rolling update has no gates. */
export function analysisTemplates(spec: AppSpec, platform: AppPlatform): readonly Manifest[] {
  if (!isRollout(spec)) return [];
  return [
    smoke(spec, platform),
    ...loads(spec, platform),
    ...(spec.businessMetrics ?? []).map((metric) => business(spec, metric)),
  ];
}
