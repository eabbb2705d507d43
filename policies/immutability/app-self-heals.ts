/** Rule app-self-heals: Git is what runs, and nothing of it is left out, paused or kept behind. */
import { application, applications, layers } from "../kit/argo-cd/applications";
import type { Field } from "../kit/reading/field";
import { type Finding, valueText, violation } from "../kit/finding/finding";
import { podsOf } from "../kit/kubernetes/pods";
import { fix, remove, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { optionsIn, withoutOptions } from "../kit/argo-cd/sync-options";
import { types } from "../kit/reading/types";
import { isRecord, open } from "../kit/reading/value";
import { checkSettings } from "./argo-settings";
import { checkRendering } from "./rendering";

/** Automated, as every application is. */
const heals = { prune: true, selfHeal: true };

/** Git is what runs. */
export const appSelfHeals = resourceRule({
  id: "app-self-heals",
  group: "immutability",
  level: "mandatory",
  forbids:
    "An application that keeps manual edits, leaves removed objects behind, has the annotation skip-reconcile, may delete everything, or silently deploys something else than it states.",
  prevents: "Production that differs from Git, until the day someone needs Git to be right.",
  source:
    "Argo CD, automated sync policy; Application controller, canProcessApp (skip-reconcile); ApplicationSet, policies",
  settings: {},
  resourceTypes: "kubernetes",
  limits:
    "An object may opt out of pruning where its loss would be worse than its rest: prune-guard requires that. A ConfigMap or a Secret may stay behind for the pods that still read it.",
  examples: {
    bad: "syncPolicy: { automated: { prune: true } }   # selfHeal is off",
    good: "syncPolicy: { automated: { prune: true, selfHeal: true } }",
  },
  *check(resource) {
    if (resource.is(...applications)) {
      if (resource.is(types.application)) yield* checkOperation(resource);
      yield* checkAutomated(resource);
      yield* eachPart(resource, layers(resource), (layer) => checkLayer(resource, layer));
      yield* checkRendering(resource);
      if (resource.is(types.applicationSet)) {
        yield* checkSet(resource);
        yield* checkHolding(resource);
      }
    }
    yield* checkOptOut(resource);
    yield* checkHealth(resource);
    yield* checkSettings(resource);
  },
});

function* checkAutomated(resource: Resource): Iterable<Finding> {
  const automated = application(resource).at("spec", "syncPolicy", "automated");
  if (!automated.isSet() || automated.at("enabled").flag() === false) {
    const got = automated.isSet() ? "enabled: false" : "nothing";
    yield violation(resource, { at: automated.path, got, expected: "automated sync", fix: set(automated, heals) });
  }
  for (const key of ["selfHeal", "prune"]) {
    const field = automated.at(key);
    if (!automated.isSet() || field.flag() === true) continue;
    const got = field.isSet() ? "false" : "nothing, which means false";
    yield violation(resource, { at: field.path, got, expected: "true", fix: set(field, true) });
  }
}

/** An operation that a manifest carries is started by whoever applies it, and may sync what the application does not state. */
function* checkOperation(resource: Resource): Iterable<Finding> {
  const sync = resource.at("operation", "sync");
  for (const key of ["manifests", "source", "sources", "revision", "revisions"]) {
    const field = sync.at(key);
    if (!field.isSet()) continue;
    yield violation(resource, {
      at: field.path,
      got: "an operation that syncs something else than the application states",
      expected: "none in a manifest",
      fix: remove("operation"),
    });
    return;
  }
}

/** What a template, a template merged over it or a patch states by itself. */
function* checkLayer(resource: Resource, layer: Field): Iterable<Finding> {
  const policy = layer.at("spec", "syncPolicy");
  const automated = policy.at("automated");
  const empty = automated.at("allowEmpty");
  if (empty.flag() === true)
    yield violation(resource, { at: empty.path, got: "true", expected: "false", fix: remove(empty) });
  if (layer !== layers(resource)[0]) yield* checkOverride(resource, layer, automated);
  for (const option of policy.at("syncOptions").list()) {
    if (option.text()?.trim() !== "Prune=false") continue;
    yield violation(resource, {
      at: option.path,
      got: "Prune=false for everything",
      expected: "pruning",
      fix: fix`${remove(option)}; an object that must stay is annotated itself`,
    });
  }
  const skip = layer.at("metadata", "annotations", "argocd.argoproj.io/skip-reconcile");
  // Go's strconv.ParseBool decides; what it cannot read is ignored.
  if (!/^(1|t|T|TRUE|true|True)$/.test(skip.textOrEmpty())) return;
  yield violation(resource, {
    at: skip.path,
    got: "skip-reconcile, with which Argo CD ignores the application",
    expected: "none",
    fix: remove(skip),
  });
}

/** A later layer may only take away what the template states. */
function* checkOverride(resource: Resource, layer: Field, automated: Field): Iterable<Finding> {
  for (const key of ["enabled", "selfHeal", "prune"]) {
    if (automated.at(key).flag() !== false) continue;
    yield violation(resource, {
      at: automated.at(key).path,
      got: "false, over the template",
      expected: "true",
      fix: set(automated.at(key), true),
    });
  }
  const removed = [["spec"], ["spec", "syncPolicy"], ["spec", "syncPolicy", "automated"]].find((path) =>
    isNull(layer, path),
  );
  if (removed === undefined) return;
  yield violation(resource, {
    at: layer.at(...removed).path,
    got: "null, which removes the template's",
    expected: "automated sync",
    fix: set(
      layer.at(...removed),
      ["spec", "syncPolicy", "automated"]
        .slice(removed.length)
        .reduceRight<object>((inner, key) => ({ [key]: inner }), heals),
    ),
  });
}

/** Whether a patch names the member and gives it no value. */
function isNull(layer: Field, path: readonly string[]): boolean {
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((value, key) => (isRecord(value) ? open(value[key]) : undefined), layer.value());
  return isRecord(holder) && holder[path.at(-1) ?? ""] === null;
}

function* checkSet(set: Resource): Iterable<Finding> {
  const field = set.at("spec", "syncPolicy", "applicationsSync");
  const value = field.text();
  if (value === undefined || value === "sync") return;
  yield violation(set, {
    at: field.path,
    got: /^create-(only|update|delete)$/.test(value) ? value : valueText(value),
    expected: '"sync", so that the template reaches every application',
    fix: fix`${remove(field)}; preserveResourcesOnDeletion keeps what runs`,
  });
}

/** An annotation that pauses an application and that the set leaves in place. */
function* checkHolding(set: Resource): Iterable<Finding> {
  for (const field of set.at("spec", "preservedFields", "annotations").list()) {
    if (field.text() !== "argocd.argoproj.io/skip-reconcile") continue;
    const got = "an annotation that pauses an application";
    yield violation(set, { at: field.path, got, expected: "others", fix: remove(field) });
  }
}

/** Kinds that hold what nobody can make again, or that something may still read: to stay behind is safer there. */
const mayStay: readonly string[] = [
  types.namespace,
  types.customResourceDefinition,
  types.persistentVolumeClaim,
  types.persistentVolume,
  types.storageClass,
  types.statefulSet,
  types.configMap,
  types.opaqueSecret,
  ...applications,
  types.appProject,
];
/** Groups whose objects decide what is served, and to whom. */
const serving =
  /^kubernetes:(apps|core|batch|autoscaling|policy|networking\.[a-z.]+|gateway\.networking\.k8s\.io|rbac\.authorization\.k8s\.io|argoproj\.io|keda\.sh|cilium\.io):/;
const optOuts = [
  ["argocd.argoproj.io/compare-options", "IgnoreExtraneous"],
  ["argocd.argoproj.io/sync-options", "Prune=false"],
  ["kustomize.toolkit.fluxcd.io/prune", "disabled"],
  ["kustomize.toolkit.fluxcd.io/reconcile", "disabled"],
  ["kustomize.toolkit.fluxcd.io/ssa", "IfNotPresent"],
  ["kustomize.toolkit.fluxcd.io/ssa", "Ignore"],
] as const;

function* checkOptOut(object: Resource): Iterable<Finding> {
  if (!serving.test(object.type) && podsOf(object).length === 0) return;
  for (const [key, word] of optOuts) {
    if (mayStay.includes(object.type) && word !== "Ignore" && !key.endsWith("/reconcile")) continue;
    const field = object.at("metadata", "annotations", key);
    if (!optionsIn(field).includes(word)) continue;
    yield violation(object, {
      at: field.path,
      got: word,
      expected: "an object that Git decides about",
      fix: withoutOptions(field, [word]),
    });
  }
}

/** Pods whose health Argo CD leaves out: the application is healthy, and the next wave begins, while they are down. */
function* checkHealth(object: Resource): Iterable<Finding> {
  const field = object.at("metadata", "annotations", "argocd.argoproj.io/ignore-healthcheck");
  if (field.text() !== "true" || podsOf(object).length === 0) return;
  yield violation(object, {
    at: field.path,
    got: "pods whose health is not watched",
    expected: "an application that is healthy when its pods are",
    fix: remove(field),
  });
}
