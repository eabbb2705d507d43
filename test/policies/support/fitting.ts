/** Rollouts and templates for the cases of the rule that fits one into the other. */
import { analysisTemplate, but, rollout } from "./fixtures";
import type { Given } from "./rule";

/** The canary of a rollout. */
export const canary = "spec.strategy.canary";
/** The first metric of a template. */
export const metric = "spec.metrics.0";
/** The template, whose first measurement waits. */
export const delayed = (delay: string | undefined): Given =>
  but(analysisTemplate, { [`${metric}.initialDelay`]: delay });
/** A rollout of pauses alone: its analysis runs beside them. */
export const inBackground = but(rollout, {
  [`${canary}.steps`]: [{ pause: { duration: "2m" } }, { pause: { duration: 120 } }],
});
/** Steps without a last pause. */
export const inBackgroundSteps = [{ pause: { duration: "2m" } }, { setWeight: 50 }];
/** The rollout, whose background analysis starts with a step. */
export const starting = (startingStep: number): Given =>
  but(rollout, { [`${canary}.analysis.startingStep`]: startingStep });
/** The rollout, which gives its analysis the argument `delay`. */
export const waiting = (value: string | undefined): Given =>
  but(inBackground, { [`${canary}.analysis.args`]: value === undefined ? undefined : [{ name: "delay", value }] });
/** The template, which waits for as long as its argument says. */
export const byArgument = (value: string | undefined): Given =>
  but(analysisTemplate, { "spec.args": [{ name: "delay", value }], [`${metric}.initialDelay`]: "{{ args.delay }}" });
/** The rollout, which gives its analysis the argument `bar`. */
export const barring = (value: string): Given =>
  but(inBackground, { [`${canary}.analysis.args`]: [{ name: "bar", value }] });
/** The template, whose bar is an argument. */
export const barred = but(analysisTemplate, {
  "spec.args": [{ name: "bar", value: "0.99" }],
  [`${metric}.successCondition`]: "len(result) > 0 && result[0] >= {{args.bar}}",
  [`${metric}.failureCondition`]: undefined,
});
/** The template, which measures until somebody stops it. */
export const endless = (more: object): Given =>
  but(analysisTemplate, {
    "spec.args": [{ name: "count" }].slice(0, "count" in more ? 1 : 0),
    [`${metric}.interval`]: "30s",
    ...Object.fromEntries(Object.entries(more).map(([key, value]) => [`${metric}.${key}`, value as unknown])),
  });
/** The rollout, whose analysis is a step. */
export const inStep = but(rollout, { [`${canary}.analysis`]: undefined });
/** A template of the whole cluster. */
export const clusterWide: Given = {
  ...but(analysisTemplate, { "metadata.namespace": undefined }),
  type: "kubernetes:argoproj.io/v1alpha1:ClusterAnalysisTemplate",
};
/** The rollout, which names these templates and has no steps. */
export const naming = (...templates: readonly unknown[]): Given =>
  but(rollout, { [`${canary}.analysis`]: { templates }, [`${canary}.steps`]: [] });
