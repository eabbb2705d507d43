/** Rule project-scoped: what an application's project may deploy. */
import { type Finding, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { types } from "../kit/types";

/** A project owns what it names. */
export const projectScoped = resourceRule({
  id: "project-scoped",
  group: "security",
  level: "mandatory",
  forbids: "An application in the default project, or a project for every source or destination.",
  prevents: "Whoever may merge into one repository owns the cluster.",
  source: "Argo CD, projects",
  settings: {},
  kinds: [types.application, types.applicationSet, types.appProject],
  examples: {
    bad: "spec: { project: default }",
    good: "spec: { project: shop }   # sourceRepos: [one], destinations: [{ namespace: shop, … }]",
  },
  *check(resource) {
    if (resource.is(types.appProject)) {
      yield* judgeProject(resource);
      return;
    }
    const spec = resource.is(types.applicationSet) ? resource.at("spec", "template", "spec") : resource.at("spec");
    const field = spec.at("project");
    if (!["default", "", undefined].includes(field.text()?.trim())) return;
    yield violation(resource, {
      at: field.path,
      got: "the default project",
      wanted: "the application's own",
      fix: "set spec.project",
    });
  },
});

/** How a destination names where it lies: a cluster goes by its address or by its name. */
const destinationKeys = [
  ["namespace", "namespace"],
  ["server", "cluster"],
  ["name", "cluster"],
] as const;

function* judgeProject(project: Resource): Iterable<Finding> {
  const sources = project.at("spec", "sourceRepos");
  if (sources.texts().some(isWild)) {
    yield violation(project, {
      at: sources.path,
      got: "every repository",
      wanted: "named repositories",
      fix: "list the repositories",
    });
  }
  yield* eachPart(project, project.at("spec", "destinations").list(), function* (destination) {
    for (const [key, word] of destinationKeys) {
      const field = destination.at(key);
      if (!isWild(field.text() ?? "")) continue;
      yield violation(project, {
        at: field.path,
        got: `every ${word}`,
        wanted: `a named ${word}`,
        fix: `name the ${word}`,
      });
    }
  });
}

function isWild(text: string): boolean {
  return /^\*+$/.test(text.trim());
}
