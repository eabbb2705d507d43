/** Rule app-self-heals: Argo CD syncs, prunes and self-heals every object of an application. */
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

/** The expected `syncPolicy.automated`. */
const heals = { prune: true, selfHeal: true };

/** The cluster's objects match Git. */
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

/** Applying a manifest with `operation` starts that sync, and its source or revision may differ from the application's spec. */
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

/** Checks one layer of an ApplicationSet: its template, a generator's template or the templatePatch. */
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
  // Argo CD parses the value with Go's strconv.ParseBool and ignores an invalid one.
  if (!/^(1|t|T|TRUE|true|True)$/.test(skip.textOrEmpty())) return;
  yield violation(resource, {
    at: skip.path,
    got: "skip-reconcile, with which Argo CD ignores the application",
    expected: "none",
    fix: remove(skip),
  });
}

/** A generator's template or the templatePatch must not switch off what the template switches on. */
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

/** Whether a patch sets the member to null, which removes it. */
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

/** `preservedFields` that keep the annotation skip-reconcile: a paused application then stays paused. */
function* checkHolding(set: Resource): Iterable<Finding> {
  for (const field of set.at("spec", "preservedFields", "annotations").list()) {
    if (field.text() !== "argocd.argoproj.io/skip-reconcile") continue;
    const got = "an annotation that pauses an application";
    yield violation(set, { at: field.path, got, expected: "others", fix: remove(field) });
  }
}

/** Kinds that hold data, or that other objects may still read: pruning one loses data or breaks its readers. */
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
/** API groups whose objects affect workloads, their traffic or their access. */
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
      expected: "an object that Argo CD syncs and prunes",
      fix: withoutOptions(field, [word]),
    });
  }
}

/**
 * Pods without a health check in Argo CD: the application counts as Healthy, and the next sync wave starts, while
 * they are down.
 */
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
