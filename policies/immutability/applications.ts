/** Rules about Argo CD applications: Git decides, at a named revision, and nothing is hidden from the comparison. */
import { application, gitGenerators, sourcesOf } from "../kit/argo";
import type { Field } from "../kit/field";
import { type Finding, shown, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { choice, texts } from "../kit/settings";
import { types } from "../kit/types";
import { isExactVersion } from "../kit/version";

const applications = [types.application, types.applicationSet];

/** What is deployed has one name for good. */
export const revisionPinned = resourceRule({
  id: "revision-pinned",
  group: "immutability",
  level: "mandatory",
  forbids: "An application that follows a branch of a repository that is not this environment's own.",
  prevents: "Somebody else's merge is our deployment.",
  source: "Argo CD, best practices, manifests at Git revisions are truly immutable",
  settings: {
    ownRepositories: texts(
      [],
      "The environment's own GitOps repositories: there the merge into the protected branch is the deployment.",
    ),
    branches: texts(["main"], "Protected branches of those repositories."),
  },
  kinds: applications,
  limits: "Sources with a chart are judged by chart-pinned.",
  examples: {
    bad: "{ repoURL: https://github.com/other/manifests, targetRevision: HEAD }",
    good: "{ repoURL: …, targetRevision: <40 hex digits> }",
  },
  *check(resource, { ownRepositories, branches }) {
    const git = [...sourcesOf(resource).filter((source) => !source.at("chart").isSet()), ...gitGenerators(resource)];
    yield* eachPart(resource, git, function* (source) {
      // A source that only gives value files a name (`ref`) still reads its revision.
      const field = source.at(source.at("targetRevision").isSet() ? "targetRevision" : "revision");
      const revision = field.text()?.trim() ?? "";
      if (/^[0-9a-f]{40}$/.test(revision) || isExactVersion(revision)) return;
      const own = ownRepositories.map(normal).includes(normal(source.at("repoURL").text() ?? ""));
      if (own && branches.includes(revision)) return;
      yield violation(resource, {
        at: source.at("targetRevision").path,
        got: revision === "" ? "nothing, which means HEAD" : `a moving revision (${shown(revision)})`,
        wanted: own ? `the protected branch (${branches.join(", ")})` : "a version or a commit of 40 hex digits",
        fix: "name the commit",
      });
    });
  },
});

/** One repository has several spellings. */
function normal(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/\/+$/, "")
    .replace(/\.git$/, "");
}

/** Git is what runs. */
export const appSelfHeals = resourceRule({
  id: "app-self-heals",
  group: "immutability",
  level: "mandatory",
  forbids: "An application that keeps manual edits, leaves removed objects behind, or may delete everything.",
  prevents: "Production that differs from Git, until the day someone needs Git to be right.",
  source: "Argo CD, automated sync policy",
  settings: {},
  kinds: applications,
  limits: "A set's templatePatch is text and not read.",
  examples: {
    bad: "syncPolicy: { automated: { prune: true } }   # selfHeal is off",
    good: "syncPolicy: { automated: { prune: true, selfHeal: true } }",
  },
  *check(resource) {
    const automated = application(resource).at("spec", "syncPolicy", "automated");
    const fix = "set syncPolicy.automated to { prune: true, selfHeal: true }";
    if (!automated.isSet() || automated.at("enabled").flag() === false) {
      const got = automated.isSet() ? "enabled: false" : "nothing";
      yield violation(resource, { at: automated.path, got, wanted: "automated sync", fix });
    }
    for (const key of ["selfHeal", "prune"]) {
      const field = automated.at(key);
      if (!automated.isSet() || field.flag() === true) continue;
      yield violation(resource, {
        at: field.path,
        got: field.isSet() ? "false" : "nothing, which means false",
        wanted: "true",
        fix,
      });
    }
    const empty = automated.at("allowEmpty");
    if (empty.flag() === true)
      yield violation(resource, { at: empty.path, got: "true", wanted: "false", fix: "remove allowEmpty" });
  },
});

/** Argo CD looks at everything but named leaves. */
export const ignoreDifferencesNarrow = resourceRule({
  id: "ignore-differences-narrow",
  group: "immutability",
  level: "mandatory",
  forbids: "An ignored difference as wide as a whole spec.",
  prevents: "Drift that nobody can see, because the comparison was told to look away.",
  source: "Argo CD, sync options, respect ignore differences",
  settings: {},
  kinds: applications,
  examples: { bad: "jsonPointers: [/spec]", good: "jsonPointers: [/spec/replicas]" },
  check: (resource) =>
    eachPart(resource, application(resource).at("spec", "ignoreDifferences").list(), function* (entry) {
      for (const pointer of entry.at("jsonPointers").list()) {
        if (isWidePointer(pointer.text() ?? "")) yield wide(resource, pointer);
      }
      for (const expression of entry.at("jqPathExpressions").list()) {
        if (isWideExpression(expression.text() ?? "")) yield wide(resource, expression);
      }
    }),
});

/** Parts that hold nearly everything of an object. */
const trunks = ["spec/template", "spec/template/spec", "spec/template/spec/containers"];

function isTrunk(parts: readonly string[]): boolean {
  return parts.length <= 1 || trunks.includes(parts.join("/"));
}

function isWidePointer(pointer: string): boolean {
  return isTrunk(
    pointer
      .trim()
      .split("/")
      .filter((part) => part !== ""),
  );
}

function isWideExpression(expression: string): boolean {
  if (/\.\.|recurse|paths/.test(expression)) return true;
  // The path up to the first pipe decides how much it can reach; a member in brackets is a member, an iteration is any.
  const parts = expression
    .replace(/\|.*/s, "")
    .replaceAll(/\["([^"]*)"\]/g, ".$1")
    .replaceAll(/\[[^\]]*\]/g, ".*")
    .split(".")
    .map((part) => part.replace("?", "").trim())
    .filter((part) => part !== "");
  const [first, second] = parts;
  return isTrunk(parts) || [first, second, parts.at(-1)].includes("*");
}

function wide(resource: Resource, field: Field): Finding {
  return violation(resource, {
    at: field.path,
    got: "a path that hides most of the object",
    wanted: "one leaf, such as /spec/replicas",
    fix: "name the field that a controller owns",
  });
}

const finalizer = "resources-finalizer.argocd.argoproj.io";

/** Deleting an application does not delete the service. */
export const noCascadeDelete = resourceRule({
  id: "no-cascade-delete",
  group: "immutability",
  level: "advisory",
  forbids: "An application whose deletion deletes what it deployed.",
  prevents: "A renamed application, or a broken generator, takes the service down.",
  source: "Argo CD, app deletion; ApplicationSet, preserveResourcesOnDeletion",
  settings: { cascades: choice(false, "Whether this environment wants deletions to cascade (dev).", "any") },
  kinds: applications,
  examples: {
    bad: `finalizers: [${finalizer}]`,
    good: "ApplicationSet: syncPolicy: { preserveResourcesOnDeletion: true }",
  },
  *check(resource, { cascades }, { teardown }) {
    if (cascades || teardown) return;
    const finalizers = application(resource).at("metadata", "finalizers");
    if (finalizers.texts().some((text) => text.startsWith(finalizer))) {
      yield violation(resource, {
        at: finalizers.path,
        got: "a finalizer that cascades",
        wanted: "none",
        fix: `remove ${finalizer}`,
      });
    }
    if (!resource.is(types.applicationSet)) return;
    const field = resource.at("spec", "syncPolicy", "preserveResourcesOnDeletion");
    if (field.flag() === true) return;
    const got = field.isSet() ? "false" : "nothing, which means false";
    yield violation(resource, {
      at: field.path,
      got,
      wanted: "true",
      fix: "set syncPolicy.preserveResourcesOnDeletion: true",
    });
  },
});

/** Nothing is deleted in order to be changed. */
export const noForceReplace = resourceRule({
  id: "no-force-replace",
  group: "immutability",
  level: "mandatory",
  forbids: "A sync that replaces or forces objects instead of changing them.",
  prevents: "Delete and recreate: an outage for every change.",
  source: "Argo CD, sync options, replace and force",
  settings: {},
  kinds: "kubernetes",
  examples: { bad: "syncOptions: [Replace=true]", good: "syncOptions: [ServerSideApply=true]" },
  *check(resource) {
    const annotation = resource.at("metadata", "annotations", "argocd.argoproj.io/sync-options");
    const options = resource.is(...applications)
      ? application(resource).at("spec", "syncPolicy", "syncOptions").list()
      : [];
    for (const field of [annotation, ...options]) {
      const words = (field.text() ?? "").split(",").map((word) => word.trim().toLowerCase());
      const found = ["force=true", "replace=true"].filter((word) => words.includes(word));
      if (found.length === 0) continue;
      yield violation(resource, {
        at: field.path,
        got: found.join(" and "),
        wanted: "neither",
        fix: "remove it; use ServerSideApply=true",
      });
    }
  },
});
