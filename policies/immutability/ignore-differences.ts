/** Rule ignore-differences-narrow: Argo CD compares every field except single ones that are listed. */
import { applications, layers } from "../kit/argo-cd/applications";
import { argoConfig } from "../kit/argo-cd/argo-config";
import type { Field } from "../kit/reading/field";
import { type Finding, violation } from "../kit/finding/finding";
import { type JqPath, jqPaths, type Step } from "../kit/reading/jq-path";
import { example, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { types } from "../kit/reading/types";
import { yamlIn } from "../kit/reading/yaml-text";

/** `ignoreDifferences` lists only single fields, never a whole object. */
export const ignoreDifferencesNarrow = resourceRule({
  id: "ignore-differences-narrow",
  group: "immutability",
  level: "mandatory",
  forbids: "An ignored difference as wide as a whole spec, or whatever a manual field manager owns, such as kubectl's.",
  prevents: "Drift that nobody can see, because the comparison ignores it.",
  source: "Argo CD, diff customization; util/argo/normalizers (JSON pointers and jq paths are deleted on both sides)",
  settings: {},
  resourceTypes: [...applications, types.configMap],
  limits:
    "A jq expression that is more than paths counts as wide. Settings of Argo CD in a chart's values are not read.",
  examples: { bad: "jsonPointers: [/spec]", good: "jsonPointers: [/spec/replicas]" },
  *check(resource) {
    if (resource.is(types.configMap)) {
      yield* checkSettings(resource);
      return;
    }
    const entries = layers(resource).flatMap((layer) => layer.at("spec", "ignoreDifferences").list());
    yield* eachPart(resource, entries, (entry) => checkEntry(resource, entry, trunks));
    if (!resource.is(types.applicationSet)) return;
    const own = resource.at("spec", "ignoreApplicationDifferences").list();
    yield* eachPart(resource, own, (entry) => checkEntry(resource, entry, applicationTrunks));
  },
});

/** Keys of argocd-cm that ignore differences of every application. Source: argo-cd, util/settings/settings.go. */
const settingsKey = /^resource\.customizations\.ignoreDifferences\./;

function checkSettings(map: Resource): Iterable<Finding> {
  const data = argoConfig(map, "argocd-cm");
  return eachPart(map, data?.members() ?? [], function* ([key, field]) {
    if (settingsKey.test(key)) yield* checkEntry(map, yamlIn(field), trunks);
    if (key !== "resource.customizations") return;
    const kinds = yamlIn(field);
    for (const [, kind] of kinds.shape() === "object" ? kinds.members() : [])
      yield* checkEntry(map, yamlIn(kind.at("ignoreDifferences")), trunks);
  });
}

/** Paths below which nearly all settings of an object are: ignoring one hides all drift. */
type Trunks = ReadonlySet<string>;
const pod = ["spec/template", "spec/jobTemplate/spec/template", "spec/workflowSpec/templates"];
const trunks: Trunks = new Set([
  ...pod,
  ...pod.flatMap((path) => [`${path}/spec`, `${path}/spec/containers`]),
  "spec/jobTemplate",
  "spec/jobTemplate/spec",
  "spec/strategy/canary",
  "spec/strategy/canary/steps",
  "spec/metrics",
]);
/** Fields of an Application that other rules require. */
const applicationTrunks: Trunks = new Set([
  "spec/syncPolicy",
  "spec/syncPolicy/automated",
  "spec/syncPolicy/automated/selfHeal",
  "spec/syncPolicy/automated/prune",
  "spec/syncPolicy/automated/enabled",
  "spec/source",
  "spec/source/targetRevision",
  "spec/source/repoURL",
  "spec/sources",
  "spec/sources/targetRevision",
  "spec/sourceHydrator",
  "spec/project",
  "spec/ignoreDifferences",
]);
/** The only top-level field that Git does not define: controllers write it. */
const harmless = "status";

function* checkEntry(resource: Resource, entry: Field, wideOnes: Trunks): Iterable<Finding> {
  if (!entry.isSet()) return;
  for (const pointer of entry.at("jsonPointers").list())
    if (isWide(stepsOf(pointer.textOrEmpty()), wideOnes)) yield wide(resource, pointer);
  for (const expression of entry.at("jqPathExpressions").list()) {
    const paths = jqPaths(expression.textOrEmpty());
    if (paths === undefined || paths.some((path) => isWide(path, wideOnes))) yield wide(resource, expression);
  }
  for (const manager of entry.at("managedFieldsManagers").list()) {
    if (!byHand.test(manager.textOrEmpty().trim())) continue;
    yield violation(resource, {
      at: manager.path,
      got: "a manager under whose name people or deliveries write",
      expected: "a controller's own",
      fix: example(set(manager, "kube-controller-manager"), "the controller that is meant"),
    });
  }
}

/**
 * Field managers of manual changes and of delivery tools: kubectl, Argo CD, Helm, other tools, browsers and scripts.
 * Ignoring one hides manual drift. Source: Kubernetes, managedFields.
 */
const byHand =
  /^(\*|kubectl.*|argocd.*|helm.*|pulumi.*|terraform.*|kustomize.*|flux.*|before-first-apply|k9s|lens.*|oc|mozilla|chrome|node-fetch|curl|python.*|openapi-generator|java|go-http-client|dashboard.*|rancher|unknown|)$/i;

/** Steps of a JSON pointer (RFC 6901). A number is a list index. */
function stepsOf(pointer: string): JqPath {
  const parts = pointer
    .trim()
    .split("/")
    .filter((part) => part !== "");
  return parts.map((part): Step => (/^(\d+|-)$/.test(part) ? { index: true } : { key: unescaped(part) }));
}

function unescaped(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

function isWide(path: JqPath, wideOnes: Trunks): boolean {
  const names = path.flatMap((step) => ("key" in step ? [step.key] : []));
  if (names[0] === harmless) return false;
  // A wildcard over the whole object or its spec is wide, whatever keys follow.
  const inside = path.findIndex((step) => "every" in step);
  if (inside === 0 || (inside === 1 && names[0] === "spec")) return true;
  const last = path.at(-1);
  // A list item selected by name, such as an injected sidecar, is owned by its injector.
  if (last !== undefined && "every" in last && last.picked === true) return false;
  return names.length <= 1 || wideOnes.has(names.join("/"));
}

function wide(resource: Resource, field: Field): Finding {
  return violation(resource, {
    at: field.path,
    got: "a path that hides most of the object",
    expected: "one leaf, such as /spec/replicas",
    fix: example(
      set(field, field.path.includes("jqPath") ? ".spec.replicas" : "/spec/replicas"),
      "another field that a controller owns",
    ),
  });
}
