/** Rule rollout-has-analysis. */
import { type Analysis, analysesOf } from "../kit/analyses";
import { everybody, runsCanaryPods } from "../kit/canary";
import { violation } from "../kit/finding";
import { resourceRule } from "../kit/rule";
import { types } from "../kit/types";

/** Every release is measured. */
export const rolloutHasAnalysis = resourceRule({
  id: "rollout-has-analysis",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A rollout that no analysis judges while it can still be held: before everybody has the new version.",
  prevents: "A bad version is promoted because nothing looked at it.",
  source: "Argo Rollouts, best practices and analysis",
  settings: {},
  kinds: [types.rollout],
  examples: {
    bad: "canary: { steps: [{ setWeight: 50 }] }",
    good: "canary: { steps: [{ setWeight: 5 }, { analysis: { templates: [{ templateName: slo }] } }, { setWeight: 50 }] }",
  },
  *check(rollout) {
    const analyses = analysesOf(rollout);
    if (analyses.some(looksInTime)) return;
    const strategy = rollout.at("spec", "strategy");
    const [first] = analyses;
    if (first === undefined) {
      yield violation(rollout, {
        at: strategy.path,
        got: "no analysis in background, steps or experiments",
        wanted: "at least one",
        fix: "add a step with analysis.templates",
      });
      return;
    }
    const late = first.step?.share === everybody;
    yield violation(rollout, {
      at: first.field.path,
      got: late
        ? "an analysis only after everybody has the new version"
        : "an analysis only before any pod of the new version runs",
      wanted: "one between the first weight and the last",
      fix: "move the step behind the first setWeight",
    });
  },
});

/** An experiment brings pods of its own; a step looks at those that run while it does. */
function looksInTime({ place, step }: Analysis): boolean {
  if (place !== "step" || step === undefined) return true;
  return (step.share === undefined || step.share < everybody) && runsCanaryPods(step);
}
