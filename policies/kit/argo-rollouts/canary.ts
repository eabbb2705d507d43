/** The canary steps of a Rollout in order, each with its traffic weight and its scale. */
import { type Field, valueOr } from "../reading/field";
import type { Resource } from "../reading/resource";

/** Default of `maxTrafficWeight`. Percent. Source: Argo Rollouts, weightutil. */
export const fullWeight = 100;

/** One step. */
export interface Step {
  readonly index: number;
  readonly field: Field;
  /** Percent of the traffic to the canary during the step; undefined where it cannot be read. */
  readonly share: number | undefined;
  /** The unknown property that determines the share: a weight, or a step that may be a setWeight. */
  readonly unknown: Field | undefined;
  /** The last `setCanaryScale` up to this step; undefined where replicas follow the traffic weight. */
  readonly scale: Field | undefined;
}

/** The Rollout's `strategy.canary`; absent for blueGreen. */
export function canaryOf(rollout: Resource): Field {
  return rollout.at("spec", "strategy", "canary");
}

/**
 * Whether the Rollout states a pod template or a workloadRef. Without, it is a patch, and the missing fields may
 * be in its base.
 */
export function isComplete(rollout: Resource): boolean {
  return rollout.at("spec", "template").isSet() || rollout.at("spec", "workloadRef").isSet();
}

/** The steps of the canary. Source: Argo Rollouts, GetCurrentSetWeight and UseSetCanaryScale.
 * @throws UnknownRead @throws MalformedRead when the list itself cannot be read. */
export function stepsOf(rollout: Resource): readonly Step[] {
  const canary = canaryOf(rollout);
  const routing = canary.at("trafficRouting");
  const most = routing.isUnknown() ? routing : valueOr(() => routing.at("maxTrafficWeight"), undefined);
  let state: Pick<Step, "share" | "unknown" | "scale"> = { share: 0, unknown: undefined, scale: undefined };
  return canary
    .at("steps")
    .list()
    .map((field, index) => {
      if (field.shape() !== "object") state = { ...state, share: undefined, unknown: field };
      if (has(field, "setWeight")) state = { ...state, ...shareOf(field.at("setWeight"), most) };
      if (has(field, "setCanaryScale"))
        state = { ...state, scale: followsWeight(field) ? undefined : field.at("setCanaryScale") };
      return { index, field, ...state };
    });
}

/** The first step with traffic to the canary. A step of unknown share counts as one. */
export function firstReaching(steps: readonly Step[]): Step | undefined {
  return steps.find(({ share }) => share === undefined || share > 0);
}

function shareOf(weight: Field, most: Field | undefined): Pick<Step, "share" | "unknown"> {
  const share = valueOr(() => percent(weight, most), undefined);
  if (share !== undefined) return { share, unknown: undefined };
  return { share, unknown: most?.isUnknown() === true ? most : weight };
}

/**
 * A scale that is no number is reported by the schema, and counts as the default. A weight that no router can give is
 * reported by rollout-proceeds; the share that has the version is then unknown.
 */
function percent(weight: Field, most: Field | undefined): number | undefined {
  const value = weight.number();
  const total = (most?.isUnknown() === true ? most.number() : valueOr(() => most?.number(), undefined)) ?? fullWeight;
  return value === undefined || value < 0 || value > total ? undefined : (value * fullWeight) / total;
}

function followsWeight(step: Field): boolean {
  return valueOr(() => step.at("setCanaryScale", "matchTrafficWeight").flag(), undefined) === true;
}

/** Whether the step states the key, with a known or an unknown value. */
export function has(step: Field, key: string): boolean {
  return step.shape() === "object" && step.at(key).shape() !== "absent";
}

/** Whether canary pods run during the step, by its traffic weight or by `setCanaryScale`.
 * @throws UnknownRead @throws MalformedRead */
export function runsCanaryPods({ share, scale }: Step): boolean {
  if (scale === undefined) return share === undefined || share > 0;
  const size = [scale.at("replicas"), scale.at("weight")].find((field) => field.isSet());
  return size !== undefined && size.number() !== 0;
}

/** The analysis of a step, with at least one template: without one its step never ends. */
export function stepAnalysis(step: Field): Field | undefined {
  if (!has(step, "analysis")) return undefined;
  const analysis = step.at("analysis");
  return analysis.at("templates").list().length > 0 ? analysis : undefined;
}
