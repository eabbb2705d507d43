/** Cases of the rules about rollouts and their analyses. */
import { analysisFitsRollout, analysisStrength, scaledownAfterDrain } from "../../../policies/zero-downtime/analysis";
import {
  abortOnDeadline,
  canarySteps,
  noSelectorSwitch,
  rolloutHasAnalysis,
} from "../../../policies/zero-downtime/rollouts";
import { analysisTemplate, but, rollout, targetGroup } from "../support/fixtures";
import { given, under, type Spec } from "../support/spec";

const canary = "spec.strategy.canary";
const metric = "spec.metrics.0";

/** Cases of the rules about rollouts and their analyses. */
export const rolloutSpecs: readonly Spec[] = [
  {
    rule: noSelectorSwitch,
    good: { canary: given(rollout) },
    bad: { "blue and green": given(but(rollout, { "spec.strategy": { blueGreen: { activeService: "shop" } } })) },
  },
  {
    rule: canarySteps,
    good: {
      "small, timed steps": given(rollout),
      "analysis instead of pauses": given(
        but(rollout, { [`${canary}.steps`]: [{ setWeight: 0 }, { setWeight: 20 }, { analysis: {} }] }),
      ),
    },
    bad: {
      "no steps": given(but(rollout, { [`${canary}.steps`]: undefined })),
      "a big start": given(but(rollout, { [`${canary}.steps`]: [{ setWeight: 21 }, { pause: { duration: "1m" } }] })),
      "no pause": given(but(rollout, { [`${canary}.steps`]: [{ setWeight: 5 }, { setWeight: 50 }] })),
      "an endless pause": given(but(rollout, { [`${canary}.steps`]: [{ setWeight: 5 }, { pause: {} }] })),
    },
  },
  {
    rule: scaledownAfterDrain,
    good: {
      "15 minutes": given(rollout, targetGroup),
      "by default as long as 30 s": given(but(rollout, { [`${canary}.scaleDownDelaySeconds`]: undefined })),
    },
    bad: {
      "too early": given(but(rollout, { [`${canary}.scaleDownDelaySeconds`]: 29 })),
      "the default beside a longer delay": given(
        but(rollout, { [`${canary}.scaleDownDelaySeconds`]: undefined }),
        but(targetGroup, { deregistrationDelay: 60 }),
      ),
      "blue and green": given(but(rollout, { "spec.strategy": { blueGreen: { scaleDownDelaySeconds: 5 } } })),
    },
  },
  {
    rule: abortOnDeadline,
    good: { aborts: given(rollout) },
    bad: {
      unset: given(but(rollout, { "spec.progressDeadlineAbort": undefined })),
      off: given(but(rollout, { "spec.progressDeadlineAbort": false })),
    },
  },
  {
    rule: rolloutHasAnalysis,
    good: {
      "in the background": given(rollout),
      "in a step": given(but(rollout, { [`${canary}.analysis`]: undefined })),
      "in an experiment": given(
        but(rollout, { [canary]: { steps: [{ experiment: { analyses: [{ name: "a", templateName: "slo" }] } }] } }),
      ),
      "after promotion": given(
        but(rollout, {
          "spec.strategy": { blueGreen: { postPromotionAnalysis: { templates: [{ templateName: "slo" }] } } },
        }),
      ),
    },
    bad: { none: given(but(rollout, { [canary]: { steps: [{ setWeight: 5 }], analysis: { templates: [] } } })) },
  },
  {
    rule: analysisStrength,
    good: {
      "it can fail": given(analysisTemplate),
      "a job fails by its exit code": given(
        but(analysisTemplate, { [metric]: { name: "smoke", provider: { job: {} } } }),
      ),
      "a volume gate": given(
        but(analysisTemplate, {
          [`${metric}.successCondition`]: "len(result) > 0 && result[0] >= 500",
          [`${metric}.failureLimit`]: 20,
        }),
      ),
    },
    bad: {
      "no data is success": given(
        but(analysisTemplate, { [`${metric}.successCondition`]: "isNaN(result[0]) || result[0]>=0.99" }),
      ),
      "a low bar": given(
        but(analysisTemplate, { [`${metric}.successCondition`]: "len(result) > 0 && result[0] >= 0.95" }),
      ),
      "never fails": given(but(analysisTemplate, { [`${metric}.failureLimit`]: -1 })),
      "tolerates too much": given(but(analysisTemplate, { [`${metric}.failureLimit`]: 21 })),
      "dry run": given(but(analysisTemplate, { "spec.dryRun": [{ metricName: ".*" }] })),
      "no condition": given(
        but(analysisTemplate, { [`${metric}.successCondition`]: undefined, [`${metric}.failureCondition`]: "" }),
      ),
      "no metric": given({
        ...but(analysisTemplate, { "spec.metrics": [] }),
        type: "kubernetes:argoproj.io/v1alpha1:ClusterAnalysisTemplate",
      }),
    },
  },
  {
    rule: analysisFitsRollout,
    good: {
      "measures before the end": given(rollout, analysisTemplate),
      "a template of the platform": under({ knownTemplates: ["slo"] }, rollout),
    },
    bad: {
      "measures too late": given(rollout, but(analysisTemplate, { [`${metric}.initialDelay`]: "10m" })),
      "missing template": given(rollout),
      "a template of another namespace": given(rollout, but(analysisTemplate, { "metadata.namespace": "other" })),
      "cluster-wide by name only": given(
        but(rollout, {
          [`${canary}.analysis`]: { templates: [{ templateName: "slo", clusterScope: true }] },
          [`${canary}.steps`]: [],
        }),
        analysisTemplate,
      ),
    },
  },
];
