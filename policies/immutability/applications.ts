/** Rules about deletions: neither deleting an Application nor syncing a change deletes the running service. */
import { applications, layers } from "../kit/argo-cd/applications";
import { type Finding, violation } from "../kit/finding/finding";
import { fix, remove, set, together } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { resourceRule } from "../kit/rule/rule";
import { choice } from "../kit/rule/settings";
import { optionsIn, withoutOptions } from "../kit/argo-cd/sync-options";
import { optionsOf } from "../kit/argo-cd/sync-phase";
import { types } from "../kit/reading/types";

const finalizer = "resources-finalizer.argocd.argoproj.io";

/** Deleting an Application leaves its objects in the cluster. */
export const noCascadeDelete = resourceRule({
  id: "no-cascade-delete",
  group: "immutability",
  level: "advisory",
  forbids: "An application whose deletion deletes what it deployed.",
  prevents: "A renamed application, or a broken generator, takes the service down.",
  source: "Argo CD, app deletion; ApplicationSet, preserveResourcesOnDeletion",
  settings: { cascades: choice(false, "Whether this environment wants deletions to cascade (dev).", "any") },
  resourceTypes: applications,
  examples: {
    bad: `finalizers: [${finalizer}]`,
    good: "ApplicationSet: syncPolicy: { preserveResourcesOnDeletion: true }",
  },
  *check(resource, { cascades }, { teardown }) {
    if (cascades || teardown) return;
    for (const layer of layers(resource)) {
      const finalizers = layer.at("metadata", "finalizers");
      const cascading = finalizers.list().filter((one) => one.text()?.startsWith(finalizer) === true);
      if (cascading.length === 0) continue;
      yield violation(resource, {
        at: finalizers.path,
        got: "a finalizer that cascades",
        expected: "none",
        fix: together(cascading.map((one) => remove(one))),
      });
    }
    if (!resource.is(types.applicationSet)) return;
    const field = resource.at("spec", "syncPolicy", "preserveResourcesOnDeletion");
    if (field.flag() === true) return;
    const got = field.isSet() ? "false" : "nothing, which means false";
    yield violation(resource, {
      at: field.path,
      got,
      expected: "true",
      fix: set(field, true),
    });
  },
});

/** A sync updates objects in place instead of replacing them. */
export const noForceReplace = resourceRule({
  id: "no-force-replace",
  group: "immutability",
  level: "mandatory",
  forbids:
    "A sync or a release that replaces or forces objects instead of changing them, or that makes what serves a hook.",
  prevents: "Delete and recreate: an outage for every change.",
  source: "Argo CD, sync options, replace and force; Argo CD, resource hooks (deleted before each creation by default)",
  settings: {},
  resourceTypes: "any",
  limits:
    "A Job can only be made anew. What a hook needs besides (ConfigMaps, Secrets, accounts and roles) may be one.",
  examples: { bad: "syncOptions: [Replace=true]", good: "syncOptions: [ServerSideApply=true]" },
  *check(resource) {
    if (resource.is(types.helmRelease)) yield* checkRelease(resource);
    if (!resource.type.startsWith("kubernetes:") || resource.is(types.helmRelease, types.helmChart)) return;
    if (!resource.is(types.job)) yield* checkOptions(resource);
    yield* checkHook(resource);
    yield* checkForce(resource);
  },
});

function* checkOptions(resource: Resource): Iterable<Finding> {
  const options = resource.is(...applications)
    ? [
        ...layers(resource).flatMap((layer) => layer.at("spec", "syncPolicy", "syncOptions").list()),
        ...(resource.is(types.application) ? resource.at("operation", "sync", "syncOptions").list() : []),
      ]
    : [];
  for (const field of [optionsOf(resource), ...options]) {
    const words = optionsIn(field).map((word) => word.toLowerCase());
    const found = ["force=true", "replace=true"].filter((word) => words.includes(word));
    if (found.length === 0) continue;
    yield violation(resource, {
      at: field.path,
      got: found.join(" and "),
      expected: "neither",
      fix: fix`${withoutOptions(field, found)}; use ServerSideApply=true`,
    });
  }
}

/** Kinds that run to completion, or that such hooks use. */
const ends =
  /:(Job|Pod|Workflow|CronWorkflow|WorkflowTemplate|AnalysisRun|Experiment|ConfigMap|Secret|ExternalSecret|ServiceAccount|Role|RoleBinding|ClusterRole|ClusterRoleBinding|TaskRun|PipelineRun)$/;
const hookKeys = ["argocd.argoproj.io/hook", "helm.sh/hook"] as const;
/** Annotation values that make an object a hook. `Skip` is none: the sync leaves the object out. */
const hookWord = /^(PreSync|Sync|PostSync|SyncFail|(pre|post)-(install|upgrade))$/;

/** Argo CD deletes a hook before it creates it again, unless a hook-delete-policy states another time. */
function* checkHook(resource: Resource): Iterable<Finding> {
  if (ends.test(resource.type)) return;
  for (const key of hookKeys) {
    const field = resource.at("metadata", "annotations", key);
    if (!optionsIn(field).some((word) => hookWord.test(word))) continue;
    yield violation(resource, {
      at: field.path,
      got: "a hook, which is deleted and made again at every sync",
      expected: "an object that is changed in place",
      fix: fix`${remove(field)}; a sync wave gives an order`,
    });
    return;
  }
}

/** `force` in an Application's `operation`, and force, replace or recreate in Flux: they delete and recreate objects. */
function* checkForce(resource: Resource): Iterable<Finding> {
  const fields = [
    ...(resource.is(types.application)
      ? ["apply", "hook"].map((strategy) => resource.at("operation", "sync", "syncStrategy", strategy, "force"))
      : []),
    ...(resource.is(types.fluxKustomization) ? [resource.at("spec", "force")] : []),
    ...(resource.is(types.fluxHelmRelease)
      ? [
          resource.at("spec", "upgrade", "force"),
          resource.at("spec", "install", "replace"),
          resource.at("spec", "rollback", "force"),
          resource.at("spec", "rollback", "recreate"),
        ]
      : []),
  ];
  for (const field of fields) {
    if (field.flag() !== true) continue;
    yield violation(resource, { at: field.path, got: "true", expected: "false", fix: remove(field) });
  }
  const force = resource.at("metadata", "annotations", "kustomize.toolkit.fluxcd.io/force");
  if (!/^(enabled|true)$/i.test(force.textOrEmpty())) return;
  yield violation(resource, { at: force.path, got: "force", expected: "none", fix: remove(force) });
}

/** Inputs of a Release that delete and recreate objects instead of updating them. Source: Pulumi Kubernetes, Release inputs. */
function* checkRelease(release: Resource): Iterable<Finding> {
  for (const field of ["forceUpdate", "recreatePods", "replace"].map((key) => release.at(key))) {
    if (field.flag() !== true) continue;
    yield violation(release, { at: field.path, got: "true", expected: "false", fix: remove(field) });
  }
}
