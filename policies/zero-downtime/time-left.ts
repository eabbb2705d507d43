/** How long a canary goes on from the start of its background analysis: pauses, and steps that measure. */
import { templatesBehind } from "../kit/analyses";
import { givenArguments } from "../kit/arguments";
import { canaryOf, has, type Step, stepsOf } from "../kit/canary";
import { goSeconds, pauseSeconds } from "../kit/go-duration";
import { leastSeconds } from "../kit/metric";
import type { Resource, Stack } from "../kit/resource";

/** Seconds that are left at least; undefined where a person, a plugin or a template out of sight decides. */
export function secondsLeft(stack: Stack, rollout: Resource): number | undefined {
  const from = canaryOf(rollout).at("analysis", "startingStep").number() ?? 0;
  const parts = stepsOf(rollout)
    .slice(from)
    .map((step) => secondsOfStep(stack, rollout, step));
  return parts.includes(undefined) ? undefined : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}

function secondsOfStep(stack: Stack, rollout: Resource, { field }: Step): number | undefined {
  if (has(field, "pause")) return pauseSeconds(field.at("pause"));
  if (has(field, "analysis")) return secondsOfAnalysis(stack, rollout, field.at("analysis"));
  if (has(field, "experiment")) return goSeconds(field.at("experiment", "duration").textOrEmpty());
  return has(field, "plugin") ? undefined : 0;
}

/** The templates of a step measure side by side. */
function secondsOfAnalysis(stack: Stack, rollout: Resource, analysis: ReturnType<Resource["at"]>): number | undefined {
  const named = templatesBehind(stack, rollout, analysis.at("templates").list());
  const templates = named.flatMap(({ template }) => template ?? []);
  if (templates.length < named.length) return undefined;
  const values = givenArguments(rollout, analysis.at("args"), templates);
  const each = templates.flatMap((template) =>
    template
      .at("spec", "metrics")
      .list()
      .map((metric) => leastSeconds(metric, values)),
  );
  return each.includes(undefined) ? undefined : Math.max(0, ...each.map((seconds) => seconds ?? 0));
}
