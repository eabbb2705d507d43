/** Argo CD applications, alone or as the template of a set. */
import type { Field } from "../reading/field";
import type { Resource } from "../reading/resource";
import { types } from "../reading/types";
import { yamlIn } from "../reading/yaml-text";

/** Kinds that declare applications. */
export const applications = [types.application, types.applicationSet] as const;

/** The application that the resource declares: itself, or the template of a set. */
export function application(resource: Resource): Field {
  return resource.is(types.applicationSet) ? resource.at("spec", "template") : resource.props;
}

/**
 * The layers of an application's spec: the resource or the set's template, templates that its generators
 * merge over it, and the patch that is applied last.
 * Source: argo-cd, applicationset/generators/generator_spec_processor.go (mergeGeneratorTemplate), controllers/template.
 */
export function layers(resource: Resource): readonly Field[] {
  if (!resource.is(types.applicationSet)) return [resource.props];
  const templates = generators(resource)
    .flatMap((generator) => generator.members())
    .flatMap(([, member]) => (isGenerator(member) ? [member.at("template")] : []))
    .filter((template) => template.isSet());
  const patch = patchOf(resource);
  return [application(resource), ...templates, ...(patch === undefined ? [] : [patch])];
}

/** Whether the member of a generator may hold a template; an unknown one may. */
function isGenerator(member: Field): boolean {
  return ["object", "unknown"].includes(member.shape());
}

/** A set's templatePatch, where it is YAML; undefined without one. */
function patchOf(resource: Resource): Field | undefined {
  if (!resource.is(types.applicationSet)) return undefined;
  const text = resource.at("spec", "templatePatch");
  return text.isSet() ? yamlIn(text) : undefined;
}

/** A source and whether it is only a part of one: a patch names what it changes and leaves the rest. */
export interface Source {
  readonly field: Field;
  readonly partial: boolean;
}

/** The application's sources: single, several, and what a hydrator renders from (Argo CD 3: there is no spec.source then). */
export function sourcesOf(resource: Resource): readonly Field[] {
  return allSources(resource).map(({ field }) => field);
}

/** {@link sourcesOf} of every layer. */
export function allSources(resource: Resource): readonly Source[] {
  const [first, ...others] = layers(resource);
  return [
    ...(first === undefined ? [] : sourcesIn(first.at("spec"), false)),
    ...others.flatMap((layer) => sourcesIn(layer.at("spec"), true)),
  ];
}

function sourcesIn(spec: Field, partial: boolean): readonly Source[] {
  const single = [spec.at("source"), spec.at("sourceHydrator", "drySource")].filter((field) => field.isSet());
  // A patch changes single members, and replaces a list as a whole.
  return [
    ...single.map((field) => ({ field, partial })),
    ...spec
      .at("sources")
      .list()
      .map((field) => ({ field, partial: false })),
  ];
}

/** Generators of a set, also inside matrix and merge. */
export function generators(resource: Resource): readonly Field[] {
  return resource.is(types.applicationSet) ? resource.at("spec", "generators").list().flatMap(nested) : [];
}

function nested(generator: Field): readonly Field[] {
  const inner = ["matrix", "merge"].flatMap((key) => generator.at(key, "generators").list());
  return inner.length === 0 ? [generator] : [generator, ...inner.flatMap(nested)];
}

/** Git generators of a set, also inside matrix and merge. */
export function gitGenerators(resource: Resource): readonly Field[] {
  return generators(resource)
    .map((generator) => generator.at("git"))
    .filter((git) => git.isSet());
}
