/** Which analyses a rollout starts, and which templates stand behind their names. */
import { describe, expect, it } from "vitest";
import { analysesOf, referencesOf, templatesBehind } from "../../../../policies/kit/argo-rollouts/analyses";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
const rollout = (strategy: object): Resource =>
  new Resource({
    type: "kubernetes:argoproj.io/v1alpha1:Rollout",
    name: "r",
    urn: "urn:r",
    props: { metadata: { name: "r", namespace: "shop" }, spec: { strategy } },
  });
const template = (
  name: unknown,
  spec: unknown = {},
  namespace: unknown = "shop",
  links: readonly string[] = [],
): Resource =>
  new Resource({
    type: "kubernetes:argoproj.io/v1alpha1:AnalysisTemplate",
    name: "t",
    links: { metadata: links },
    props: { metadata: { name, namespace }, spec },
  });
const wide = (name: unknown, spec: unknown = {}): Resource =>
  new Resource({
    type: "kubernetes:argoproj.io/v1alpha1:ClusterAnalysisTemplate",
    name: "c",
    props: { metadata: { name }, spec },
  });
const slo = { templates: [{ templateName: "slo" }] };

describe("a rollout starts", () => {
  const canary = {
    analysis: slo,
    steps: [{ setWeight: 5 }, { analysis: slo }, { experiment: { analyses: [{ templateName: "a" }, { name: "b" }] } }],
  };
  const started = (strategy: object): readonly unknown[] =>
    analysesOf(rollout(strategy))
      .filter(({ field }) => field.isUnknown() || field.isSet())
      .map(({ role: place, field, step }) => [place, field.path.replace("spec.strategy.", ""), step?.index]);

  it("analyses beside its steps, as steps and in experiments", () => {
    expect(started({ canary })).toEqual([
      ["background", "canary.analysis", undefined],
      ["step", "canary.steps[1].analysis", 1],
      ["experiment", "canary.steps[2].experiment.analyses[0]", 2],
      ["experiment", "canary.steps[2].experiment.analyses[1]", 2],
    ]);
  });

  it("analyses around a switch", () => {
    expect(started({ blueGreen: { prePromotionAnalysis: slo, postPromotionAnalysis: slo } })).toEqual([
      ["switch", "blueGreen.prePromotionAnalysis", undefined],
      ["switch", "blueGreen.postPromotionAnalysis", undefined],
    ]);
  });

  it("maybe some where a preview hides a step, or the list of an experiment", () => {
    expect(
      started({ canary: { steps: [UNKNOWN, { experiment: { analyses: UNKNOWN } }, { experiment: UNKNOWN }] } }),
    ).toEqual([
      ["step", "canary.steps[0]", 0],
      ["experiment", "canary.steps[0]", 0],
      ["experiment", "canary.steps[1].experiment.analyses", 1],
      ["experiment", "canary.steps[2].experiment", 2],
    ]);
  });

  it("them by names, each in its own form", () => {
    const names = analysesOf(rollout({ canary })).map((one) => referencesOf(one).map(({ path }) => path.slice(14)));
    expect(names.filter((paths) => paths.length > 0)).toEqual([
      ["canary.analysis.templates[0]"],
      ["canary.steps[1].analysis.templates[0]"],
      ["canary.steps[2].experiment.analyses[0]"],
    ]);
  });
});

describe("behind a name stands", () => {
  const behind = (references: readonly object[], ...templates: readonly Resource[]): readonly unknown[] => {
    const own = rollout({ canary: { analysis: { templates: references } } });
    const found = own.at("spec", "strategy", "canary", "analysis", "templates").list();
    return templatesBehind(new Stack([own, ...templates]), own, found).map((one) => [one.name, one.template]);
  };
  const named = (templateName: unknown, more: object = {}): object => ({ templateName, ...more });
  const [a, b] = [template("a"), template("b")];

  it("the template of the rollout's namespace, the first of its name", () => {
    expect(behind([named("a")], template("a", {}, "other"), b, a, template("a"))).toEqual([["a", a]]);
    expect(behind([named("a")], template("a", {}, "other"), wide("a"))).toEqual([["a", undefined]]);
  });

  it("the template of the cluster, where the name says so", () => {
    const [own, clusterScope] = [wide("a"), true];
    expect(behind([named("a", { clusterScope })], a, own)).toEqual([["a", own]]);
    expect(behind([named("a", { clusterScope: false })], a, own)).toEqual([["a", a]]);
    expect(behind([named("a", { clusterScope })], a)).toEqual([["a", undefined]]);
  });

  it("what the template is made of, each template once", () => {
    const circle = template("circle", { templates: [named("a"), named("circle"), named("none")] });
    expect(behind([named("circle"), named("a"), named("b")], a, b, circle)).toEqual([
      ["circle", circle],
      ["a", a],
      ["none", undefined],
      ["b", b],
    ]);
    const closed = template("closed", { templates: UNKNOWN });
    expect(behind([named("closed"), named("b")], b, closed)).toEqual([
      ["closed", closed],
      ["b", b],
    ]);
  });

  it("nothing without a name", () => {
    expect(behind([{}], a)).toEqual([[undefined, undefined]]);
  });

  it("the template that was made from the rollout, where a preview hides its name", () => {
    const hidden = template(UNKNOWN, {}, "shop", ["urn:other", "urn:r"]);
    expect(behind([named("a")], template(UNKNOWN), hidden)).toEqual([["a", hidden]]);
    expect(behind([named("a")], hidden, a)).toEqual([["a", a]]);
    expect(behind([named("a", { clusterScope: true })], hidden)).toEqual([["a", undefined]]);
    expect(behind([named("a")], template(UNKNOWN, {}, "shop", ["urn:other"]), wide(UNKNOWN))).toEqual([
      ["a", undefined],
    ]);
  });
});
