/** Which value an argument of an analysis has: the template's, the rollout's, or one that stands elsewhere. */
import { describe, expect, it } from "vitest";
import {
  declaredArguments,
  filled,
  passedArguments,
  openArguments,
  strayNames,
} from "../../../../policies/kit/argo-rollouts/arguments";
import { Resource } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const template = (...args: readonly object[]): Resource =>
  new Resource({
    type: "kubernetes:argoproj.io/v1alpha1:AnalysisTemplate",
    name: "t",
    props: { spec: { args } },
  });
const secret = { secretKeyRef: { name: "s", key: "k" } };

describe("arguments that templates declare", () => {
  it("have the first value that one of the templates states", () => {
    const declared = declaredArguments([
      template({ name: "a" }, { name: "b", value: "1" }, { name: "c", valueFrom: secret }),
      template({ name: "a", value: "2" }, { name: "b", value: "3" }),
    ]);
    expect([...declared]).toEqual([
      ["a", "2"],
      ["b", "1"],
      ["c", undefined],
    ]);
  });

  it("need a value from the rollout where no template states one", () => {
    const open = openArguments([
      template({ name: "a" }, { name: "b", value: "1" }, { name: "c", valueFrom: secret }, { name: "d" }),
      template({ name: "a", value: "2" }, { name: "b" }, { name: "c" }),
    ]);
    expect([...open]).toEqual(["d"]);
  });
});

describe("arguments that a rollout gives", () => {
  const metadata = { namespace: "shop", labels: { "app.kubernetes.io/part-of": "acme" } };
  const spec = { template: { containers: [{ image: "a" }, { image: "b" }] }, replicas: 3 };
  const rollout = new Resource({
    type: "kubernetes:argoproj.io/v1alpha1:Rollout",
    name: "r",
    props: { metadata, spec, status: { stableRS: unknownSentinels[0] } },
  });
  const given = (args: readonly object[], ...declared: readonly object[]): unknown[] => {
    const own = new Resource({ type: "x", name: "x", props: { args } });
    return [...passedArguments(rollout, own.at("args"), [template(...declared)])];
  };
  const at = (fieldPath: string | undefined): unknown => {
    const [[, value] = []] = given([{ name: "a", valueFrom: { fieldRef: { fieldPath } } }], {
      name: "a",
    }) as string[][];
    return value;
  };

  it("go before what the template says, and only if it declares them", () => {
    expect(
      given(
        [{ name: "a", value: "mine" }, { name: "stranger", value: "x" }, { name: "empty" }],
        { name: "a", value: "its own" },
        { name: "b", value: "kept" },
        { name: "empty", value: "its own" },
      ),
    ).toEqual([
      ["a", "mine"],
      ["b", "kept"],
      ["empty", ""],
    ]);
  });

  it.each([
    ["metadata.namespace", "shop"],
    ["metadata.labels['app.kubernetes.io/part-of']", "acme"],
    ["spec.replicas", "3"],
    ["spec.template.containers[1].image", "b"],
    ["spec.template.containers[2].image", undefined],
    ["metadata.labels['none']", undefined],
    ["metadata.namespace.deeper", undefined],
    ["metadata.labels", undefined],
    ["status.stableRS", undefined],
    [undefined, undefined],
  ])("by the field %s are %j", (path, expected) => {
    expect(at(path)).toBe(expected);
  });

  it("by anything else have no value in sight, whatever the template says", () => {
    expect(given([{ name: "a", valueFrom: { podTemplateHashValue: "Latest" } }], { name: "a", value: "own" })).toEqual([
      ["a", undefined],
    ]);
  });
});

describe("a text with arguments", () => {
  const values = new Map([
    ["a", "1"],
    ["args.b", "2"],
    ["open", undefined],
  ]);

  it.each([
    ["none", "none"],
    ["{{args.a}} and {{  args.a  }}", "1 and 1"],
    ["{{ args.args.b }}", "2"],
    ["{{a}}", { waitsFor: ["a"] }],
    ["{{args.open}}{{args.a}}{{args.more}}", { waitsFor: ["open", "more"] }],
    ["{{", "{{"],
  ])("%j becomes %j", (text, expected) => {
    expect(filled(text, values)).toEqual(expected);
  });

  it("names those that no template declares", () => {
    const text = "{{args.a}} {{ args.b }} {{inputs.a}} {{a}} {{}}";
    expect(strayNames(text, new Set(["a"]))).toEqual(["args.b", "inputs.a", "a", ""]);
  });
});
