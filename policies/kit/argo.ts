/** Argo CD applications, alone or as the template of a set. */
import type { Field } from "./field";
import type { Resource } from "./resource";
import { types } from "./types";

/** The application that the resource declares: itself, or what the set stamps out. */
export function application(resource: Resource): Field {
  return resource.is(types.applicationSet) ? resource.at("spec", "template") : resource.props;
}

/** The application's sources, single and several. */
export function sourcesOf(resource: Resource): readonly Field[] {
  const spec = application(resource).at("spec");
  const single = spec.at("source");
  return [...(single.isSet() ? [single] : []), ...spec.at("sources").list()];
}

/** Git generators of a set, also inside matrix and merge. */
export function gitGenerators(resource: Resource): readonly Field[] {
  return resource.is(types.applicationSet) ? resource.at("spec", "generators").list().flatMap(nested) : [];
}

function nested(generator: Field): readonly Field[] {
  const inner = ["matrix", "merge"].flatMap((key) => generator.at(key, "generators").list());
  const git = generator.at("git");
  return [...(git.isSet() ? [git] : []), ...inner.flatMap(nested)];
}
