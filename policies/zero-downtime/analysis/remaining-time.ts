/** How long a canary goes on from the start of its background analysis: pauses, and steps that measure. */
import { templatesBehind } from "../../kit/argo-rollouts/analyses";
import { passedArguments } from "../../kit/argo-rollouts/arguments";
import { canaryOf, type Step, stepsOf } from "../../kit/argo-rollouts/canary";
import { type Field, valueOr } from "../../kit/reading/field";
import type { Finding } from "../../kit/finding/finding";
import { goSeconds, pauseSeconds } from "../../kit/reading/go-duration";
import { leastSeconds } from "../../kit/argo-rollouts/metric";
import type { Resource, Stack } from "../../kit/reading/resource";
import { eachPart } from "../../kit/rule/rule";

/** Seconds that are left at least; undefined where a person, a plugin or a template out of sight decides. */
export function remainingSeconds(stack: Stack, rollout: Resource): number | undefined {
  const parts = stepsLeft(rollout).map(({ field }) => secondsOfStep(stack, rollout, field));
  return parts.includes(undefined) ? undefined : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}

function stepsLeft(rollout: Resource): readonly Step[] {
  const from = canaryOf(rollout).at("analysis", "startingStep").number() ?? 0;
  return stepsOf(rollout).slice(from);
}

function secondsOfStep(stack: Stack, rollout: Resource, step: Field): number | undefined {
  const [pause, analysis, experiment] = [step.at("pause"), step.at("analysis"), step.at("experiment")];
  if (pause.isSet()) return pauseSeconds(pause);
  if (analysis.isSet()) return secondsOfAnalysis(stack, rollout, analysis);
  if (experiment.isSet()) return goSeconds(experiment.at("duration").textOrEmpty());
  return step.at("plugin").isSet() ? undefined : 0;
}

/** The templates of a step measure side by side. */
function secondsOfAnalysis(stack: Stack, rollout: Resource, analysis: Field): number | undefined {
  const named = templatesBehind(stack, rollout, analysis.at("templates").list());
  const templates = named.flatMap(({ template }) => template ?? []);
  if (templates.length < named.length) return undefined;
  const values = passedArguments(rollout, analysis.at("args"), templates);
  const each = templates.flatMap(metricsOf).map((metric) => valueOr(() => leastSeconds(metric, values), undefined));
  return each.includes(undefined) ? undefined : Math.max(0, ...each.map((seconds) => seconds ?? 0));
}

/** A finding for each metric of a step whose duration a preview hides. */
export function* unknownTimes(stack: Stack, rollout: Resource): Iterable<Finding> {
  for (const { field } of stepsLeft(rollout)) {
    const named = templatesBehind(stack, rollout, field.at("analysis", "templates").list());
    const templates = named.flatMap(({ template }) => template ?? []);
    const values = passedArguments(rollout, field.at("analysis", "args"), templates);
    for (const template of templates)
      yield* eachPart(template, metricsOf(template), (metric) => {
        leastSeconds(metric, values);
        return [];
      });
  }
}

function metricsOf(template: Resource): readonly Field[] {
  return template.at("spec", "metrics").list();
}
