/** Applications, alone or as a set's template: where their sources and generators stand. */
import { describe, expect, it } from "vitest";
import {
  allSources,
  application,
  gitGenerators,
  layers,
  sourcesOf,
} from "../../../../policies/kit/argo-cd/applications";
import { UnknownRead } from "../../../../policies/kit/reading/field";
import { Resource } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;

const made = (kind: string, spec: unknown): Resource =>
  new Resource({ type: `kubernetes:argoproj.io/v1alpha1:${kind}`, name: "shop", props: { spec } });
const paths = (fields: ReturnType<typeof sourcesOf>): readonly string[] => fields.map(({ path }) => path);

describe("an application", () => {
  it("is the resource itself, or what the set stamps out", () => {
    expect([application(made("Application", {})).path, application(made("ApplicationSet", {})).path]).toEqual([
      "",
      "spec.template",
    ]);
  });

  it("has a single source, several, both or none", () => {
    expect(paths(sourcesOf(made("Application", { source: {} })))).toEqual(["spec.source"]);
    expect(paths(sourcesOf(made("Application", { source: {}, sources: [{}, {}] })))).toEqual([
      "spec.source",
      "spec.sources[0]",
      "spec.sources[1]",
    ]);
    expect(paths(sourcesOf(made("Application", {})))).toEqual([]);
    expect(paths(sourcesOf(made("ApplicationSet", { template: { spec: { source: {} } } })))).toEqual([
      "spec.template.spec.source",
    ]);
  });
});

describe("a set", () => {
  it("has Git generators at every depth; an application has none", () => {
    const generators = [
      { git: {} },
      { list: {} },
      { matrix: { generators: [{ git: {} }, { merge: { generators: [{ clusters: {} }, { git: {} }] } }] } },
    ];
    expect(paths(gitGenerators(made("ApplicationSet", { generators })))).toEqual([
      "spec.generators[0].git",
      "spec.generators[2].matrix.generators[0].git",
      "spec.generators[2].matrix.generators[1].merge.generators[1].git",
    ]);
    expect(gitGenerators(made("Application", { generators }))).toEqual([]);
  });

  it("is what its template, its generators' templates and its patch say together; an application is itself", () => {
    const template = { spec: { source: {} } };
    const generators = [
      { list: { template }, selector: UNKNOWN },
      { git: {}, goTemplate: true },
    ];
    const spec = { template, generators, templatePatch: "spec:\n  source: {}\n  sources: [{}]\n" };
    const of = (kind: string, given: object): unknown =>
      allSources(made(kind, given)).map(({ field, partial }) => [field.path, partial]);
    expect(of("ApplicationSet", { ...spec, generators: generators.slice(0, 1).map(({ list }) => ({ list })) })).toEqual(
      [
        ["spec.template.spec.source", false],
        ["spec.generators[0].list.template.spec.source", true],
        ["spec.templatePatch.spec.source", true],
        ["spec.templatePatch.spec.sources[0]", false],
      ],
    );
    expect(of("Application", { ...spec, source: {} })).toEqual([["spec.source", false]]);
    expect(() => of("ApplicationSet", { ...spec, generators })).toThrow(new UnknownRead("spec.generators[0].selector"));
    expect(
      layers(made("ApplicationSet", { generators: [{ git: {}, goTemplate: true }] })).map(({ path }) => path),
    ).toEqual(["spec.template"]);
  });
});
