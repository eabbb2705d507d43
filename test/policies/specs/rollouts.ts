/** Cases of the rules about rollouts. */
import { scaledownAfterDrain } from "../../../policies/zero-downtime/analysis";
import {
  abortOnDeadline,
  canarySteps,
  noSelectorSwitch,
  rolloutHasAnalysis,
} from "../../../policies/zero-downtime/rollouts";
import { but, rollout, targetGroup } from "../support/fixtures";
import { given, type Spec } from "../support/spec";

const canary = "spec.strategy.canary";

/** Cases of the rules about rollouts. */
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
      "nothing, then a big start": given(
        but(rollout, { [`${canary}.steps`]: [{ setWeight: 0 }, { setWeight: 50 }, { pause: { duration: "1m" } }] }),
      ),
    },
  },
  {
    rule: scaledownAfterDrain,
    good: {
      "15 minutes": given(rollout, targetGroup),
      "by default as long as 30 s": given(but(rollout, { [`${canary}.scaleDownDelaySeconds`]: undefined })),
      "no traffic is routed, where no delay is allowed": given(
        but(rollout, { [`${canary}.trafficRouting`]: undefined, [`${canary}.scaleDownDelaySeconds`]: undefined }),
        but(targetGroup, { deregistrationDelay: 60 }),
      ),
      "the stable size stays": given(but(rollout, { [`${canary}.dynamicStableScale`]: false })),
    },
    bad: {
      "too early": given(but(rollout, { [`${canary}.scaleDownDelaySeconds`]: 29 })),
      "the default beside a longer delay": given(
        but(rollout, { [`${canary}.scaleDownDelaySeconds`]: undefined }),
        but(targetGroup, { deregistrationDelay: 60 }),
      ),
      "blue and green": given(but(rollout, { "spec.strategy": { blueGreen: { scaleDownDelaySeconds: 5 } } })),
      "a delay without routed traffic": given(but(rollout, { [`${canary}.trafficRouting`]: undefined })),
      "old pods go while traffic moves": given(
        but(rollout, { [`${canary}.dynamicStableScale`]: true, [`${canary}.scaleDownDelaySeconds`]: undefined }),
        but(targetGroup, { deregistrationDelay: 60 }),
      ),
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
      "before promotion": given(
        but(rollout, {
          "spec.strategy": { blueGreen: { prePromotionAnalysis: { templates: [{ templateName: "slo" }] } } },
        }),
      ),
    },
    bad: { none: given(but(rollout, { [canary]: { steps: [{ setWeight: 5 }], analysis: { templates: [] } } })) },
  },
];
