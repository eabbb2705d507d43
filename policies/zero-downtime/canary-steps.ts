/** Rule canary-steps. */
import { releaseLimits } from "../limits/releases";
import { canaryOf, everybody, has, type Step, stepAnalysis, stepsOf } from "../kit/canary";
import type { Field } from "../kit/field";
import { valueOr } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import { pauseSeconds } from "../kit/go-duration";
import { add, either, fix, insert, type Remedy, remove, set, together } from "../kit/remedy";
import type { Resource } from "../kit/resource";
import { eachPart, guarded, resourceRule, reportUnreadable } from "../kit/rule";
import { quantity, text } from "../kit/settings";
import { types } from "../kit/types";
import { checkGates } from "./release-gates";

/** What the workload of an undo carries (components/delivery/app/workload.ts). */
const undoAnnotation = "fridayproof.dev/undo-of";

/** Exposure grows step by step, with time to look. */
export const canarySteps = resourceRule({
  id: "canary-steps",
  group: "zero-downtime",
  level: "advisory",
  forbids: "A canary that starts big, grows without a look, looks in the wrong order, or waits for ever.",
  prevents: "A bad version reaches everyone at once, or a release waits for a person who has gone home.",
  source: "Argo Rollouts, best practices and canary.go at v1.9; first weight and shortest wait are our choice",
  settings: {
    firstWeightAtMost: quantity(releaseLimits.firstWeightAtMost, "higher", { minimum: 1, maximum: everybody }),
    pauseAtLeast: quantity(releaseLimits.pauseAtLeast, "lower", { minimum: 0 }),
    smokeTemplate: text("smoke", "Name of the template that tests the new version before users reach it."),
    volumeTemplate: text("request-volume", "Name of the template that waits for enough requests to judge by."),
  },
  resourceTypes: [types.rollout],
  examples: {
    bad: "steps: [{ setWeight: 50 }, { pause: {} }]",
    good: "steps: [{ setWeight: 5 }, { pause: { duration: 2m } }, { setWeight: 25 }, { pause: { duration: 2m } }]",
  },
  *check(rollout, { firstWeightAtMost, pauseAtLeast, smokeTemplate, volumeTemplate }) {
    if (rollout.at("spec", "strategy", "blueGreen").isSet()) return;
    const list = rollout.at("spec", "strategy", "canary", "steps");
    const steps = stepsOf(rollout);
    // What the router counts to decides what every weight means.
    yield* reportUnreadable([rollout], () => canaryOf(rollout).at("trafficRouting", "maxTrafficWeight").number());
    yield* guarded(rollout, () => checkFirst(rollout, list, steps, firstWeightAtMost));
    yield* checkWaits(rollout, list, steps, pauseAtLeast);
    yield* eachPart(rollout, steps, (step) => checkEnd(rollout, step.field));
    yield* guarded(rollout, () => checkExperiments(rollout, steps, firstWeightAtMost));
    yield* guarded(rollout, () => checkWindow(rollout));
    yield* guarded(rollout, () => checkGates(rollout, steps, { smoke: smokeTemplate, volume: volumeTemplate }));
  },
});

function* checkFirst(rollout: Resource, list: Field, steps: readonly Step[], most: number): Iterable<Finding> {
  const first = steps.find(({ share }) => share === undefined || share > 0);
  // Who is unknown may be the first.
  if (first !== undefined && (first.share === undefined || first.share <= most)) return;
  if (first === undefined ? takesBack(rollout, steps) : switchesOnce(steps, first)) return;
  const got = first === undefined ? "no step with a weight" : `a first weight of ${first.share}`;
  yield violation(rollout, {
    at: list.path,
    got,
    expected: `a first weight of at most ${most}`,
    fix: smaller(list, steps, first, most),
  });
}

/** Whether all pods of the new version run while the step does. */
function hasAllPods({ scale }: Step): boolean {
  return scale?.at("weight").number() === everybody;
}

/** A version that served before returns: nobody has it until all of its pods stand, and it passed its gates when it was new. */
function takesBack(rollout: Resource, steps: readonly Step[]): boolean {
  return (
    rollout.at("metadata", "annotations").at(undoAnnotation).isSet() && steps.length > 0 && steps.every(hasAllPods)
  );
}

/** Blue and green as a canary: an analysis on all pods before anybody has the version, one switch, an analysis after it. */
function switchesOnce(steps: readonly Step[], { index, share }: Step): boolean {
  const looks = (part: readonly Step[]): boolean =>
    // A step that only the update knows may be the one.
    part.some((step) => step.field.isUnknown() || (hasAllPods(step) && stepAnalysis(step.field) !== undefined));
  return share === everybody && looks(steps.slice(0, index)) && looks(steps.slice(index));
}

/** A wait that is long enough to see something. */
const look = { pause: { duration: "2m" } };
const firstWeight = 5;

/** The first step that reaches users, and a wait before the next one. */
function smaller(list: Field, steps: readonly Step[], first: Step | undefined, most: number): Remedy {
  const start = { setWeight: Math.min(firstWeight, most) };
  const at = first ?? steps.at(-1);
  if (at === undefined) return set(list, [start, look]);
  return first === undefined ? together([add(list, start), add(list, look)]) : insert(at.field, start, look);
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

/** Inside the window all steps are skipped: everybody goes to the first pod that is ready (recorded). */
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

/** Between a weight and more weight somebody looks: a pause that is long enough, an analysis, or an experiment. */
function* checkWaits(rollout: Resource, list: Field, steps: readonly Step[], least: number): Iterable<Finding> {
  let [share, waited]: [number, number] = [0, 0];
  // Behind a weight that only the update knows, nothing is known to be less.
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
    // All the way back is a step of its own: nobody has the new version, and it starts anew.
    if (isKnown && to > 0 && to < share)
      yield violation(rollout, {
        at: step.field.at("setWeight").path,
        got: `${to} % after ${share} %: users go back to the old version in the midst of a release`,
        expected: "weights that grow",
        fix: remove(step.field),
      });
    if (grows(to)) yield problem(step.field.at("setWeight").path, `${to} %`, insert(step.field, look));
    if (to > share) waited = 0;
    share = to;
    isKnown = step.share !== undefined;
  }
  if (grows(everybody)) yield problem(list.path, "everybody, which is where a release ends", add(list, look));
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
      fix: set(step.at("pause", "duration"), "2m"),
    });
  const analysis = stepAnalysis(step);
  for (const reference of analysis?.at("templates").list() ?? []) reference.at("templateName").text();
  if (has(step, "analysis") && analysis === undefined)
    yield violation(rollout, {
      at: step.at("analysis").path,
      got: "an analysis without templates, which never ends",
      expected: "at least one template",
      fix: set(step, look),
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
