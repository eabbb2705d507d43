/** Rule rollout-has-analysis. */
import { type Analysis, analysesOf, referencesOf } from "../../kit/argo-rollouts/analyses";
import { fullWeight, runsCanaryPods, type Step, stepsOf } from "../../kit/argo-rollouts/canary";
import { valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { insert, move, type Remedy, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, resourceRule } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";
import { firstWeight, pauseStep } from "../rollout/example-steps";

/** Every release is measured. */
export const rolloutHasAnalysis = resourceRule({
  id: "rollout-has-analysis",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A rollout without an analysis while it can still be held: before every user has the new version.",
  prevents: "A bad version is promoted because nothing looked at it.",
  source: "Argo Rollouts, best practices and analysis",
  settings: {},
  resourceTypes: [types.rollout],
  examples: {
    bad: "canary: { steps: [{ setWeight: 50 }] }",
    good: "canary: { steps: [{ setWeight: 5 }, { analysis: { templates: [{ templateName: slo }] } }, { setWeight: 50 }] }",
  },
  *check(rollout) {
    const strategy = rollout.at("spec", "strategy");
    const analyses = analysesOf(rollout);
    if (analyses.some((analysis) => valueOr(() => measuresInTime(analysis), false))) return;
    const unknown = [...eachPart(rollout, analyses, unknownIn)];
    yield* unknown;
    if (unknown.length > 0) return;
    const stated = analyses.find((analysis) => referencesOf(analysis).length > 0);
    const step = stated?.step;
    if (stated === undefined || step === undefined) {
      yield violation(rollout, {
        at: strategy.path,
        got: "no analysis in background, steps or experiments",
        expected: "at least one",
        fix: "add a step with analysis.templates",
      });
      return;
    }
    const late = step.share === fullWeight;
    yield violation(rollout, {
      at: stated.field.path,
      got: `an analysis only ${late ? "after everybody has the new version" : "before any pod of the new version runs"}`,
      expected: "one between the first weight and the last",
      fix: inTime(rollout, step),
    });
  },
});

/** What could be an analysis in time if it could be read. */
function unknownIn(analysis: Analysis): readonly Finding[] {
  measuresInTime(analysis);
  return [];
}

/**
 * Whether the analysis measures the new version before it has all traffic: an experiment has pods of its own, a step
 * measures those that run during it.
 * @throws UnknownRead @throws MalformedRead
 */
function measuresInTime(analysis: Analysis): boolean {
  if (referencesOf(analysis).length === 0) return false;
  const { role, step } = analysis;
  if (role !== "step" || step === undefined) return true;
  step.unknown?.number();
  return step.share !== undefined && step.share < fullWeight && runsCanaryPods(step);
}

/** A first weight that reaches few, and a wait before more. */
const few = [{ setWeight: firstWeight }, pauseStep];

/** The step of the analysis after the first weight below 100. */
function inTime(rollout: Resource, { index, field }: Step): Remedy {
  const steps = stepsOf(rollout);
  const first = steps.find(({ share = 0 }) => share > 0 && share < fullWeight);
  const next = steps[(first?.index ?? steps.length) + 1];
  if (next !== undefined) return move(field, next.field);
  const full = steps.find(({ share }) => share === fullWeight);
  return full !== undefined && full.index < index
    ? together([move(field, full.field), insert(full.field, ...few)])
    : insert(field, ...few);
}
