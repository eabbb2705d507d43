/** Cases of the rules about what a sync deletes. */
import { noCascadeDelete, noForceReplace } from "../../../../policies/immutability/applications";
import { application, applicationSet, but, deployment } from "../../support/fixtures";
import { everyGenerator, everySource } from "../../support/delivery";
import type { Given } from "../../support/rule";
import { given, object, under, type Spec } from "../../support/spec";

const annotated = (one: Given, annotations: object): Given => but(one, { "metadata.annotations": annotations });
const job = object("batch/v1:Job", "migrate", { spec: {} });
const flux = (spec: object): Given => object("kustomize.toolkit.fluxcd.io/v1:Kustomization", "shop", { spec });
const release = (spec: object): Given => object("helm.toolkit.fluxcd.io/v2:HelmRelease", "shop", { spec });

const installed = (props: Readonly<Record<string, unknown>>): Given => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: "argo-cd",
  props,
});

/** Cases of the rules about what a sync deletes. */
export const syncSpecs: readonly Spec[] = [
  {
    rule: noCascadeDelete,
    good: {
      "every generator": given(...everySource, everyGenerator),

      "keeps what it deployed": given(application, applicationSet),
      "wanted here": under(
        { cascades: true },
        but(application, { "metadata.finalizers": ["resources-finalizer.argocd.argoproj.io"] }),
      ),
      "being taken down": {
        ...given(but(applicationSet, { "spec.syncPolicy": undefined })),
        context: { teardown: true },
      },
    },
    bad: {
      finalizer: given(
        but(application, { "metadata.finalizers": ["resources-finalizer.argocd.argoproj.io/background"] }),
      ),
      "a set": given(but(applicationSet, { "spec.syncPolicy": undefined })),
      "a set's template": given(
        but(applicationSet, { "spec.template.metadata.finalizers": ["resources-finalizer.argocd.argoproj.io"] }),
      ),
      "a set that says no": given(but(applicationSet, { "spec.syncPolicy.preserveResourcesOnDeletion": false })),
      "a set's patch": given(
        but(applicationSet, {
          "spec.templatePatch": "metadata:\n  finalizers:\n  - resources-finalizer.argocd.argoproj.io\n",
        }),
      ),
    },
  },
  {
    rule: noForceReplace,
    good: {
      "everything that a source may say": given(...everySource),

      "server-side apply": given(application, deployment),
      "a release that changes what is there": given(installed({ forceUpdate: false })),
      "a Job, which can only be made anew": given(
        annotated(job, { "argocd.argoproj.io/hook": "PreSync", "argocd.argoproj.io/sync-options": "Replace=true" }),
      ),
      "what a hook needs": given(
        annotated(object("core/v1:ServiceAccount", "migrate", {}), { "argocd.argoproj.io/hook": "PreSync" }),
      ),
      "left out of the sync": given(annotated(deployment, { "argocd.argoproj.io/hook": "Skip" })),
      "a test of Helm's": given(annotated(deployment, { "helm.sh/hook": "test" })),
      "Flux without force": given(flux({ force: false }), release({ upgrade: { force: false } })),
      "an operation that applies": given(
        but(application, { operation: { sync: { syncStrategy: { apply: { force: false } } } } }),
      ),
    },
    bad: {
      "a release that deletes first": given(
        installed({ forceUpdate: true }),
        installed({ recreatePods: true }),
        installed({ replace: true }),
      ),
      "a workload that is a hook": given(
        annotated(deployment, {
          "argocd.argoproj.io/hook": "Sync",
          "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
        }),
      ),
      "a Service that is a hook": given(
        annotated(object("core/v1:Service", "shop", {}), { "argocd.argoproj.io/hook": "Skip, PostSync" }),
      ),
      "a workload that is a hook of Helm's": given(annotated(deployment, { "helm.sh/hook": "pre-upgrade" })),
      "an operation that replaces": given(but(application, { operation: { sync: { syncOptions: ["Replace=true"] } } })),
      "an operation by force": given(
        but(application, { operation: { sync: { syncStrategy: { hook: { force: true } } } } }),
      ),
      "a set's patch": given(
        but(applicationSet, { "spec.templatePatch": "spec:\n  syncPolicy:\n    syncOptions: [Replace=true]\n" }),
      ),
      "Flux by force": given(
        flux({ force: true }),
        release({ upgrade: { force: true }, install: { replace: true }, rollback: { recreate: true, force: true } }),
        annotated(deployment, { "kustomize.toolkit.fluxcd.io/force": "Enabled" }),
      ),
      application: given(but(application, { "spec.syncPolicy.syncOptions": ["CreateNamespace=true", "Replace=true"] })),
      set: given(but(applicationSet, { "spec.template.spec.syncPolicy.syncOptions": ["Force=true"] })),
      annotation: given(
        but(deployment, {
          "metadata.annotations": { "argocd.argoproj.io/sync-options": "Prune=false, Force=true,Replace=true" },
        }),
      ),
    },
  },
];
