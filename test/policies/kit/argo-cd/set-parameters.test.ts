/** What a parameter of an ApplicationSet may become, by the generators that give it. */
import { describe, expect, it } from "vitest";
import { Resource } from "../../../../policies/kit/reading/resource";
import { isTemplated, valuesOf } from "../../../../policies/kit/argo-cd/set-parameters";

const set = (...generators: readonly object[]): Resource =>
  new Resource({ type: "kubernetes:argoproj.io/v1alpha1:ApplicationSet", name: "s", props: { spec: { generators } } });
const values = (text: string, ...generators: readonly object[]): unknown =>
  valuesOf(set(...generators), text)?.map((one) => [one.text, one.field?.path]);
const list = (...elements: readonly object[]): object => ({ list: { elements } });
const first = "spec.generators[0]";
const commit = "0".repeat(40);

describe("a text of a set", () => {
  it("without a template is itself", () => {
    expect(values("v1.2.3")).toEqual([["v1.2.3", undefined]]);
    expect([isTemplated("v1.2.3"), isTemplated("{{x}}"), isTemplated("v-{{ x }}")]).toEqual([false, true, true]);
  });

  it.each([
    "{{tag}}",
    "{{ tag }}",
    "{{ .tag }}",
    "{{- .tag -}}",
    "{{ $.tag }}",
    "  {{tag}}  ",
    '{{ index . "tag" }}',
    '{{- index . "tag" -}}',
    '{{   index   .   "tag"   }}',
  ])("%j is the parameter alone", (text) => {
    expect(values(text, list({ tag: "v1" }))).toEqual([["v1", `${first}.list.elements[0].tag`]]);
  });

  it.each(["v{{tag}}", "{{tag}}-x", "{{tag}}{{tag}}", "{{ tag | lower }}", "{{ if .tag }}", "{{ index .tag }}", "{{"])(
    "%j may be anything",
    (text) => {
      expect(values(text, list({ tag: "v1" }))).toBeUndefined();
    },
  );
});

describe("a parameter of a list", () => {
  it("is what each element says of it", () => {
    const found = values("{{tag}}", list({ tag: "v1" }, { other: "x" }, { tag: 2 }));
    expect(found).toEqual([
      ["v1", `${first}.list.elements[0].tag`],
      ["2", `${first}.list.elements[2].tag`],
    ]);
  });

  it.each([
    ["{{ .git.tag }}", { git: { tag: "v1" } }, "git.tag"],
    ['{{ index .git "tag" }}', { git: { tag: "v1" } }, "git.tag"],
    ["{{git.tag}}", { "git.tag": "v1", git: { tag: "v2" } }, '["git.tag"]'],
  ])("%s stands inside of another", (text, element, path) => {
    expect(values(text, list(element))).toEqual([["v1", `${first}.list.elements[0].${path}`.replace(".[", "[")]]);
  });

  it.each([
    ["that no element has", list({ other: "v1" })],
    ["below one that has no members", list({ git: "v1" })],
    ["of no elements", list()],
    ["of another generator", { clusters: {} }],
  ])("%s cannot be seen", (_, generator) => {
    expect(values("{{ .git.tag }}", generator)).toBeUndefined();
  });

  it("may be written as YAML", () => {
    const written = (elementsYaml: string, ...elements: readonly object[]): object => ({
      list: { elementsYaml, elements },
    });
    expect(values("{{tag}}", written("- tag: v1\n- tag: v2"))).toEqual([
      ["v1", `${first}.list.elementsYaml[0].tag`],
      ["v2", `${first}.list.elementsYaml[1].tag`],
    ]);
    expect(values("{{tag}}", written("- tag: v2", { tag: "v1" }))).toEqual([
      ["v1", `${first}.list.elements[0].tag`],
      ["v2", `${first}.list.elementsYaml[0].tag`],
    ]);
    expect(values("{{tag}}", written("{{ .all | toJson }}"))).toBeUndefined();
    expect(values("{{tag}}", written("{{ .all | toJson }}"), list({ tag: "v1" }))).toBeUndefined();
    expect(values("{{tag}}", written("tag: v1"), list({ tag: "v1" }))).toBeUndefined();
    expect(values("{{tag}}", written("- other: v1"), list({ tag: "v1" }))).toEqual([
      ["v1", "spec.generators[1].list.elements[0].tag"],
    ]);
  });
});

describe("a parameter of what a generator finds", () => {
  it.each([
    ["head_sha", { pullRequest: {} }],
    ["sha", { scmProvider: {} }],
  ])("%s is a commit", (name, generator) => {
    expect(values(`{{${name}}}`, generator)).toEqual([[commit, undefined]]);
  });

  it.each([
    ["branch", { pullRequest: {} }],
    ["target_branch", { pullRequest: {} }],
    ["head_short_sha", { pullRequest: {} }],
    ["short_sha", { scmProvider: {} }],
    ["branch", { scmProvider: {} }],
  ])("%s changes without a word, whatever another generator says", (name, generator) => {
    expect(values(`{{${name}}}`, generator, list({ [name]: "v1" }))).toBeUndefined();
  });

  it.each([
    ["sha", { pullRequest: {} }],
    ["head_sha", { scmProvider: {} }],
    ["head_sha", { clusters: {} }],
    ["pr.head_sha", { pullRequest: {} }],
    ["pr.branch", { pullRequest: {} }],
  ])("%s is none of this one's, so that another decides", (name, generator) => {
    const element = name.includes(".") ? { pr: { [name.slice(3)]: "v1" } } : { [name]: "v1" };
    expect(values(`{{${name}}}`, generator, list(element))).toMatchObject([["v1", expect.any(String)]]);
  });
});

describe("a parameter that a generator states beside what it finds", () => {
  const stating = (tag: unknown): object => ({ clusters: { values: { tag } } });
  it("is what it says", () => {
    expect(values("{{values.tag}}", stating("v1"))).toEqual([["v1", `${first}.clusters.values.tag`]]);
    const beside = { template: "x", selector: { values: {} }, clusters: { values: { tag: "v1" } } };
    expect(values("{{ .values.tag }}", beside)).toEqual([["v1", `${first}.clusters.values.tag`]]);
  });

  it.each([
    ["another template", "{{values.tag}}", stating("{{name}}")],
    ["nothing", "{{values.tag}}", stating(undefined)],
    ["a member of it", "{{values.tag.deep}}", stating("v1")],
    ["what is called otherwise", "{{other.tag}}", stating("v1")],
  ])("cannot be seen where it is %s", (_, text, generator) => {
    expect(values(text, generator)).toBeUndefined();
  });

  it("goes with what other generators give", () => {
    expect(values("{{values.tag}}", stating("v1"), { list: {} }, stating("v2"))).toEqual([
      ["v1", `${first}.clusters.values.tag`],
      ["v2", "spec.generators[2].clusters.values.tag"],
    ]);
  });
});
