/** The workload itself: a Rollout whose traffic moves step by step, or a Deployment that is replaced pod by pod. */
import { applicationLimits } from "../../core/limits/application";
import { percentage } from "../../core/units";
import { gates } from "../analysis";
import { canaryService, fullHost, isRollout, type Manifest, manifest, podLabels, stableService } from "./manifest";
import { podTemplate } from "./pods";
import { routeName } from "./routes";
import type { AppPlatform, AppSpec } from "./spec";
import { steps } from "./strategy";

/** A fixed number stands in Git; an autoscaled one must not: each synchronization would throw the autoscaler's back. */
const replicas = ({ replicas: own }: AppSpec) => (typeof own === "number" ? { replicas: own } : {});

function common(spec: AppSpec) {
  return {
    ...replicas(spec),
    minReadySeconds: applicationLimits.minReady.value,
    revisionHistoryLimit: applicationLimits.revisionHistory.value,
    progressDeadlineSeconds: applicationLimits.progressDeadline.value,
    selector: { matchLabels: podLabels(spec) },
  };
}

function canary(spec: AppSpec) {
  return {
    canaryService: canaryService(spec),
    stableService: stableService(spec),
    trafficRouting: { istio: { virtualService: { name: spec.name, routes: [routeName] } } },
    maxSurge: percentage(applicationLimits.surge),
    maxUnavailable: 0,
    dynamicStableScale: false,
    scaleDownDelaySeconds: applicationLimits.scaleDownDelay.value,
    abortScaleDownDelaySeconds: applicationLimits.abortScaleDownDelay.value,
    replicaProgressThreshold: { type: "Percent", value: applicationLimits.replicaProgress.value },
    analysis: {
      templates: [{ templateName: gates.tripwire, clusterScope: true }],
      args: [{ name: "canary-service", value: fullHost(spec, canaryService(spec)) }],
    },
    steps: steps(spec),
  };
}

/** Annotation of a workload that takes a release back; its value is the digest that goes. */
export const undoAnnotation = "fridayproof.dev/undo-of";

/** The workload. */
export function workload(spec: AppSpec, platform: AppPlatform): Manifest {
  const annotations = spec.undo && { [undoAnnotation]: spec.undo.of };
  if (isRollout(spec)) {
    const body = {
      ...common(spec),
      progressDeadlineAbort: true,
      strategy: { canary: canary(spec) },
      template: podTemplate(spec, platform),
    };
    return manifest(spec, "argoproj.io/v1alpha1", "Rollout", spec.name, { spec: body }, annotations);
  }
  const body = {
    ...common(spec),
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: podTemplate(spec, platform),
  };
  return manifest(spec, "apps/v1", "Deployment", spec.name, { spec: body }, annotations);
}
