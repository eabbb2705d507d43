/** Rule canary-steps. */
import { releaseLimits } from "../../limits/releases";
import {
  canaryOf,
  fullWeight,
  firstReaching,
  has,
  type Step,
  stepAnalysis,
  stepsOf,
} from "../../kit/argo-rollouts/canary";
import type { Field } from "../../kit/reading/field";
import { valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { pauseSeconds } from "../../kit/reading/go-duration";
import { add, either, fix, insert, type Remedy, remove, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { certain, eachPart, eachResource, guarded, stackRule } from "../../kit/rule/rule";
import { quantity, text } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { firstWeight, pauseStep } from "./example-steps";
import { checkPods, podsFor, unreadableScalers } from "./pod-weights";
import { checkGates } from "./release-gates";

/** What the workload of an undo carries (components/delivery/app/workload.ts). */
const undoAnnotation = "fridayproof.dev/undo-of";

/** Exposure grows step by step, with time to look. */
export const canarySteps = stackRule({
  id: "canary-steps",
  group: "zero-downtime",
  level: "advisory",
  forbids:
    "A canary that starts big, in steps or by the number of its pods, grows without an analysis or a pause, has its analyses in the wrong order, or waits for ever.",
  prevents: "A bad version reaches everyone at once, or a release waits for a person who has gone home.",
  source: "Argo Rollouts, best practices and canary.go at v1.9; first weight and shortest wait are our choice",
  settings: {
    firstWeightAtMost: quantity(releaseLimits.firstWeightAtMost, "higher", { minimum: 1, maximum: fullWeight }),
    pauseAtLeast: quantity(releaseLimits.pauseAtLeast, "lower", { minimum: 0 }),
    smokeTemplate: text("smoke", "Name of the template that tests the new version before users reach it."),
    volumeTemplate: text("request-volume", "Name of the template that waits for enough requests."),
  },
  limits:
    "Without a router the fewest pods count, an autoscaler's minimum among them; of a KEDA object that is one at least. A router that is only in the cluster is not read.",
  examples: {
    bad: "steps: [{ setWeight: 50 }, { pause: {} }]",
    good: "steps: [{ setWeight: 5 }, { pause: { duration: 2m } }, { setWeight: 25 }, { pause: { duration: 2m } }]",
  },
  *check(stack, settings) {
    yield* unreadableScalers(stack);
    yield* eachResource(stack.of(types.rollout), (rollout) => checkRollout(stack, rollout, settings));
  },
});

interface Bounds {
  readonly firstWeightAtMost: number;
  readonly pauseAtLeast: number;
  readonly smokeTemplate: string;
  readonly volumeTemplate: string;
}

function* checkRollout(stack: Stack, rollout: Resource, bounds: Bounds): Iterable<Finding> {
  if (rollout.at("spec", "strategy", "blueGreen").isSet()) return;
  const steps = stepsOf(rollout);
  yield* guarded(rollout, () => checkPods(stack, rollout, steps, bounds.firstWeightAtMost));
  yield* certain(guarded(rollout, () => checkFirst(stack, rollout, steps, bounds.firstWeightAtMost)));
  yield* certain(checkSteps(rollout, steps, bounds));
}

/** Violations in the rollout itself, whatever scales it. */
function* checkSteps(rollout: Resource, steps: readonly Step[], bounds: Bounds): Iterable<Finding> {
  const { firstWeightAtMost, pauseAtLeast, smokeTemplate, volumeTemplate } = bounds;
  yield* guarded(rollout, () => unitOf(rollout));
  yield* checkWaits(rollout, listOf(rollout), steps, pauseAtLeast);
  yield* eachPart(rollout, steps, (step) => checkEnd(rollout, step.field));
  yield* guarded(rollout, () => checkExperiments(rollout, steps, firstWeightAtMost));
  yield* guarded(rollout, () => checkWindow(rollout));
  yield* guarded(rollout, () => checkGates(rollout, steps, { smoke: smokeTemplate, volume: volumeTemplate }));
}

/** What the router counts to decides what every weight means: where it is unknown, so are they. */
function unitOf(rollout: Resource): readonly Finding[] {
  canaryOf(rollout).at("trafficRouting", "maxTrafficWeight").number();
  return [];
}

function listOf(rollout: Resource): Field {
  return canaryOf(rollout).at("steps");
}

function* checkFirst(stack: Stack, rollout: Resource, steps: readonly Step[], most: number): Iterable<Finding> {
  const first = firstReaching(steps);
  // Who is unknown may be the first.
  if (first !== undefined && (first.share === undefined || first.share <= most)) return;
  if (first === undefined ? takesBack(rollout, steps) : switchesOnce(steps, first)) return;
  const got = first === undefined ? "no step with a weight" : `a first weight of ${first.share}`;
  yield violation(rollout, {
    at: listOf(rollout).path,
    got,
    expected: `a first weight of at most ${most}`,
    fix: smaller(stack, rollout, steps, first, most),
  });
}

/** Whether all pods of the new version run while the step does. */
function hasAllPods({ scale }: Step): boolean {
  return scale?.at("weight").number() === fullWeight;
}

/** Steps of a rollback: it gets no traffic before all of its pods are ready, and it passed its gates when it was new. */
function takesBack(rollout: Resource, steps: readonly Step[]): boolean {
  return (
    rollout.at("metadata", "annotations").at(undoAnnotation).isSet() && steps.length > 0 && steps.every(hasAllPods)
  );
}

/** Blue and green as a canary: an analysis on all pods before anybody has the version, one switch, an analysis after it. */
function switchesOnce(steps: readonly Step[], { index, share }: Step): boolean {
  const looks = (part: readonly Step[]): boolean =>
    // An unknown step may be the one.
    part.some((step) => step.field.isUnknown() || (hasAllPods(step) && stepAnalysis(step.field) !== undefined));
  return share === fullWeight && looks(steps.slice(0, index)) && looks(steps.slice(index));
}

/** The first step that reaches users, the pods that it needs, and a wait before the next one. */
function smaller(
  stack: Stack,
  rollout: Resource,
  steps: readonly Step[],
  first: Step | undefined,
  most: number,
): Remedy {
  const weight = Math.min(firstWeight, most);
  const start = { setWeight: weight };
  const list = listOf(rollout);
  const more = podsFor(stack, rollout, weight, most);
  const at = first ?? steps.at(-1);
  if (at === undefined) return together([set(list, [start, pauseStep]), ...more]);
  const added = first === undefined ? [add(list, start), add(list, pauseStep)] : [insert(at.field, start, pauseStep)];
  return together([...added, ...more]);
}

/** What an experiment sends to its pods reaches users as well. */
function* checkExperiments(rollout: Resource, steps: readonly Step[], most: number): Iterable<Finding> {
  for (const { field } of steps)
    for (const template of field.at("experiment", "templates").list()) {
      const weight = template.at("weight");
      if ((weight.number() ?? 0) > most)
        yield violation(rollout, {
          at: weight.path,
          got: `${weight.number()} % of the traffic for an experiment`,
          expected: `at most ${most} %`,
          fix: set(weight, Math.min(firstWeight, most)),
        });
    }
}

/** Inside the window all steps are skipped: all traffic goes to the first pod that is ready (recorded). */
function* checkWindow(rollout: Resource): Iterable<Finding> {
  const window = rollout.at("spec", "rollbackWindow", "revisions");
  if ((window.number() ?? 0) > 0)
    yield violation(rollout, {
      at: window.path,
      got: "a window in which steps are skipped, and everybody is sent to the first pod that is ready",
      expected: "nothing",
      fix: fix`${remove("spec.rollbackWindow")}; inside scaleDownDelaySeconds promote --full goes back at once`,
    });
}

/** Between a weight and a larger one there is a check: a pause that is long enough, an analysis, or an experiment. */
function* checkWaits(rollout: Resource, list: Field, steps: readonly Step[], least: number): Iterable<Finding> {
  let [share, waited]: [number, number] = [0, 0];
  // After an unknown weight no weight is known to be smaller.
  let isKnown = true;
  const grows = (to: number): boolean => share > 0 && to > share && waited < least;
  const problem = (at: string, to: string, pause: Remedy): Finding => {
    const wait = waited === 0 ? "no wait" : `a wait of ${waited} s`;
    return violation(rollout, {
      at,
      got: `${wait} between ${share} % and ${to}`,
      expected: `a pause of at least ${least} s, or an analysis`,
      fix: pause,
    });
  };
  for (const step of steps) {
    if (step.field.isUnknown()) isKnown = false;
    if (!has(step.field, "setWeight")) {
      waited += waitOf(step.field);
      continue;
    }
    const to = step.share ?? share;
    // A weight of 0 begins anew: no user has the new version then.
    if (isKnown && to > 0 && to < share)
      yield violation(rollout, {
        at: step.field.at("setWeight").path,
        got: `${to} % after ${share} %: users go back to the old version in the midst of a release`,
        expected: "weights that grow",
        fix: remove(step.field),
      });
    if (grows(to)) yield problem(step.field.at("setWeight").path, `${to} %`, insert(step.field, pauseStep));
    if (to > share) waited = 0;
    share = to;
    isKnown = step.share !== undefined;
  }
  if (grows(fullWeight)) yield problem(list.path, "everybody, which is where a release ends", add(list, pauseStep));
}

/** Seconds for which a step holds the release; what a measurement, a person or a plugin ends counts as long enough. */
function waitOf(step: Field): number {
  // A step that a preview hides may be the wait.
  if (step.shape() !== "object") return Infinity;
  if (has(step, "pause")) return valueOr(() => pauseSeconds(step.at("pause")) ?? Infinity, Infinity);
  return ["analysis", "experiment", "plugin"].some((key) => has(step, key)) ? Infinity : 0;
}

function* checkEnd(rollout: Resource, step: Field): Iterable<Finding> {
  // A weight that a preview hides is said, whatever the others are.
  step.at("setWeight").number();
  if (has(step, "pause") && pauseSeconds(step.at("pause")) === undefined)
    yield violation(rollout, {
      at: step.at("pause").path,
      got: "a pause without end",
      expected: "a duration",
      fix: set(step.at("pause", "duration"), pauseStep.pause.duration),
    });
  const analysis = stepAnalysis(step);
  for (const reference of analysis?.at("templates").list() ?? []) reference.at("templateName").text();
  if (has(step, "analysis") && analysis === undefined)
    yield violation(rollout, {
      at: step.at("analysis").path,
      got: "an analysis without templates, which never ends",
      expected: "at least one template",
      fix: set(step, pauseStep),
    });
  const experiment = step.at("experiment");
  if (!experiment.isSet() || experiment.at("duration").isSet()) return;
  const required = experiment.at("analyses").list();
  if (required.some((analysis) => analysis.at("requiredForCompletion").flag() === true)) return;
  const lasting = set(experiment.at("duration"), "10m");
  const [first] = required;
  yield violation(rollout, {
    at: experiment.path,
    got: "an experiment without end",
    expected: "a duration, or an analysis that completes it",
    fix: first === undefined ? lasting : either(lasting, set(first.at("requiredForCompletion"), true)),
  });
}
