/** Rules about Argo Rollouts: exposure grows in steps, is judged, and a stuck release goes back by itself. */
import { policyLimits } from "../../components/core/limits/policies";
import { violation } from "../kit/finding";
import { resourceRule } from "../kit/rule";
import { quantity } from "../kit/settings";
import { types } from "../kit/types";

/** No selector of a Service is ever switched. */
export const noSelectorSwitch = resourceRule({
  id: "no-selector-switch",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A rollout with the blueGreen strategy.",
  prevents: "Switching a Service's selector leaves the load balancer with addresses of pods that are gone.",
  source:
    "Argo Rollouts, ALB, IP verification; our design, traffic section 2: blue and green are canary steps 0 and 100",
  settings: {},
  kinds: [types.rollout],
  examples: {
    bad: "strategy: { blueGreen: { activeService: web } }",
    good: "strategy: { canary: { steps: [{ setWeight: 5 }, …] } }",
  },
  *check(rollout) {
    const field = rollout.at("spec", "strategy", "blueGreen");
    if (!field.isSet()) return;
    yield violation(rollout, {
      at: field.path,
      got: "blueGreen",
      wanted: "canary steps",
      fix: "use strategy.canary; AppSpec renders both modes",
    });
  },
});

/** Exposure grows step by step, with time to look. */
export const canarySteps = resourceRule({
  id: "canary-steps",
  group: "zero-downtime",
  level: "advisory",
  forbids: "A canary that starts big, never waits, or waits for ever.",
  prevents: "A bad version reaches everyone at once, or a release waits for a person who has gone home.",
  source: "Argo Rollouts, best practices; first weight is our choice",
  settings: { firstWeightAtMost: quantity(policyLimits.firstWeightAtMost, "higher", { minimum: 1, maximum: 100 }) },
  kinds: [types.rollout],
  examples: {
    bad: "steps: [{ setWeight: 50 }, { pause: {} }]",
    good: "steps: [{ setWeight: 5 }, { pause: { duration: 2m } }, { setWeight: 25 }]",
  },
  *check(rollout, { firstWeightAtMost }) {
    const field = rollout.at("spec", "strategy", "canary", "steps");
    const steps = field.list();
    const weights = steps.map((step) => step.at("setWeight").number() ?? 0);
    const first = weights.find((weight) => weight > 0);
    if (first === undefined || first > firstWeightAtMost) {
      const got = first === undefined ? "no step with a weight" : `a first weight of ${first}`;
      yield violation(rollout, {
        at: field.path,
        got,
        wanted: `a first weight of at most ${firstWeightAtMost}`,
        fix: "start with setWeight: 5",
      });
    }
    const pauses = steps.filter((step) => step.at("pause").isSet());
    const endless = pauses.find((step) => !step.at("pause", "duration").isSet());
    const waits = pauses.length > 0 || steps.some((step) => step.at("analysis").isSet());
    if (!waits) {
      yield violation(rollout, {
        at: field.path,
        got: "no pause",
        wanted: "a pause or an analysis between weights",
        fix: "add pause: { duration: 2m }",
      });
    }
    if (endless === undefined) return;
    yield violation(rollout, {
      at: endless.at("pause").path,
      got: "a pause without end",
      wanted: "a duration",
      fix: "set pause.duration",
    });
  },
});

/** A release that misses its deadline goes back. */
export const abortOnDeadline = resourceRule({
  id: "abort-on-deadline",
  group: "zero-downtime",
  level: "remediate",
  forbids: "A rollout that stays half released when its deadline passes.",
  prevents: "Two versions serve for hours because nobody noticed that the new one never became ready.",
  source: "Argo Rollouts, specification, progressDeadlineAbort",
  settings: {},
  kinds: [types.rollout],
  examples: {
    bad: "spec: { progressDeadlineSeconds: 600 }",
    good: "spec: { progressDeadlineSeconds: 600, progressDeadlineAbort: true }",
  },
  *check(rollout) {
    const field = rollout.at("spec", "progressDeadlineAbort");
    if (field.flag() === true) return;
    const got = field.isSet() ? "false" : "nothing, which means false";
    yield violation(rollout, { at: field.path, got, wanted: "true", fix: "set progressDeadlineAbort: true" });
  },
  remedy: () => [{ path: ["spec", "progressDeadlineAbort"], value: true }],
});

/** Every release is measured. */
export const rolloutHasAnalysis = resourceRule({
  id: "rollout-has-analysis",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A rollout that no analysis judges.",
  prevents: "A bad version is promoted because nothing looked at it.",
  source: "Argo Rollouts, best practices and analysis",
  settings: {},
  kinds: [types.rollout],
  examples: {
    bad: "canary: { steps: [{ setWeight: 50 }] }",
    good: "canary: { steps: [{ setWeight: 5 }, { analysis: { templates: [{ templateName: slo }] } }] }",
  },
  *check(rollout) {
    const strategy = rollout.at("spec", "strategy");
    const { canary, blueGreen } = { canary: strategy.at("canary"), blueGreen: strategy.at("blueGreen") };
    const steps = canary.at("steps").list();
    const places = [
      canary.at("analysis", "templates"),
      ...steps.flatMap((step) => [step.at("analysis", "templates"), step.at("experiment", "analyses")]),
      blueGreen.at("prePromotionAnalysis", "templates"),
      blueGreen.at("postPromotionAnalysis", "templates"),
    ];
    if (places.some((place) => place.list().length > 0)) return;
    yield violation(rollout, {
      at: strategy.path,
      got: "no analysis in background, steps or experiments",
      wanted: "at least one",
      fix: "add a step with analysis.templates",
    });
  },
});
