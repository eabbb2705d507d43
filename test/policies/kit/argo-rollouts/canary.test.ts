/** Which traffic and which pods a canary has at each step. */
import { describe, expect, it } from "vitest";
import { has, isComplete, runsCanaryPods, stepAnalysis, stepsOf } from "../../../../policies/kit/argo-rollouts/canary";
import { Field } from "../../../../policies/kit/reading/field";
import { Resource } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
const rollout = (canary: unknown, more: object = {}): Resource =>
  new Resource({
    type: "kubernetes:argoproj.io/v1alpha1:Rollout",
    name: "r",
    props: { spec: { strategy: { canary }, ...more } },
  });
const walked = (steps: readonly unknown[], more: object = {}): readonly unknown[] =>
  stepsOf(rollout({ steps, ...more })).map(({ share, unknown: hidden, scale }) => [share, hidden?.path, scale?.path]);
const first = "spec.strategy.canary.steps[0]";
const weight = { setWeight: 20 };
const pause = { pause: {} };

describe("the steps of a canary", () => {
  it("have the traffic of the last weight, and none before the first", () => {
    expect(walked([pause, weight, pause, { setWeight: "50" }])).toEqual([
      [0, undefined, undefined],
      [20, undefined, undefined],
      [20, undefined, undefined],
      [50, undefined, undefined],
    ]);
    expect(stepsOf(rollout({ steps: [pause, weight] })).map(({ index }) => index)).toEqual([0, 1]);
    expect(stepsOf(rollout(undefined))).toEqual([]);
  });

  it.each([
    ["of the router's whole", { maxTrafficWeight: 1000 }, 2],
    ["of a hundred where the whole is no number", { maxTrafficWeight: "many" }, 20],
    ["of a hundred where nothing is set", {}, 20],
  ])("count their weight in parts %s", (_, trafficRouting, share) => {
    expect(walked([weight], { trafficRouting })).toEqual([[share, undefined, undefined]]);
  });

  it("have a traffic that nobody knows where a preview hides it", () => {
    expect(walked([{ setWeight: UNKNOWN }, pause, weight])).toEqual([
      [undefined, `${first}.setWeight`, undefined],
      [undefined, `${first}.setWeight`, undefined],
      [20, undefined, undefined],
    ]);
    expect(walked([UNKNOWN, weight])).toEqual([
      [undefined, first, undefined],
      [20, undefined, undefined],
    ]);
    const hidden = "spec.strategy.canary.trafficRouting.maxTrafficWeight";
    expect(walked([weight], { trafficRouting: { maxTrafficWeight: UNKNOWN } })).toEqual([
      [undefined, hidden, undefined],
    ]);
    expect(walked([{ setWeight: "some" }])).toEqual([[undefined, `${first}.setWeight`, undefined]]);
  });

  it("have the last scale until pods follow the weight again", () => {
    const scale = (setCanaryScale: unknown): object => ({ setCanaryScale });
    expect(walked([scale({ replicas: 1 }), pause, scale({ matchTrafficWeight: true }), scale(UNKNOWN)])).toEqual([
      [0, undefined, `${first}.setCanaryScale`],
      [0, undefined, `${first}.setCanaryScale`],
      [0, undefined, undefined],
      [0, undefined, "spec.strategy.canary.steps[3].setCanaryScale"],
    ]);
    expect(walked([scale({ matchTrafficWeight: false })])[0]).toEqual([0, undefined, `${first}.setCanaryScale`]);
  });
});

describe("pods of the new version run", () => {
  const runs = (...steps: readonly object[]): unknown => {
    const last = stepsOf(rollout({ steps })).at(-1);
    return last === undefined ? undefined : runsCanaryPods(last);
  };
  const scaled = (setCanaryScale: object): object => ({ setCanaryScale });
  it.each([
    ["with a weight", [weight], true],
    ["with one that is hidden", [{ setWeight: UNKNOWN }], true],
    ["with a number of their own", [scaled({ replicas: 1 })], true],
    ["with a share of their own", [scaled({ weight: 1 })], true],
    ["with none of a weight", [{ setWeight: 0 }], false],
    ["with none before the first weight", [pause], false],
    ["with none of their own, whatever the weight is", [weight, scaled({ replicas: 0, weight: 5 })], false],
    ["with no share of their own", [weight, scaled({ weight: 0 })], false],
    ["with a scale that says nothing", [weight, scaled({})], false],
    ["by the weight again", [weight, scaled({ replicas: 0 }), scaled({ matchTrafficWeight: true })], true],
  ])("%s", (_, steps, expected) => {
    expect(runs(...steps)).toBe(expected);
  });
});

describe("a step", () => {
  const field = (value: unknown): Field => new Field(value, "step");
  it("states what stands in it, be it hidden", () => {
    const step = [
      { pause: {} },
      { pause: UNKNOWN },
      { setWeight: 1 },
      { pause: undefined },
      UNKNOWN,
      "pause",
      undefined,
    ];
    expect(step.map((one) => has(field(one), "pause"))).toEqual([true, true, false, false, false, false, false]);
  });

  it("measures with a template, and not without one", () => {
    const templates = [{ templateName: "slo" }];
    expect(stepAnalysis(field({ analysis: { templates } }))?.path).toBe("step.analysis");
    expect(stepAnalysis(field({ analysis: { templates: [] } }))).toBeUndefined();
    expect(stepAnalysis(field({ analysis: {} }))).toBeUndefined();
    expect(stepAnalysis(field(pause))).toBeUndefined();
  });
});

describe("a rollout", () => {
  it.each([
    [{ template: {} }, true],
    [{ workloadRef: { name: "web" } }, true],
    [{ replicas: 3 }, false],
  ])("with %j is whole: %j", (spec, expected) => {
    expect(isComplete(rollout({}, spec))).toBe(expected);
  });
});
