/** Cases of the rule that Git is what runs. */
import { appSelfHeals } from "../../../../policies/immutability/app-self-heals";
import { application, applicationSet, but, deployment, namespace, rollout } from "../../support/fixtures";
import { everyGenerator, everySource } from "../../support/delivery";
import type { Given } from "../../support/rule";
import { given, object, type Spec } from "../../support/spec";
import { renderedCases } from "./rendering";

const patched = (templatePatch: string): Given => but(applicationSet, { "spec.templatePatch": templatePatch });
const annotated = (one: Given, annotations: object): Given => but(one, { "metadata.annotations": annotations });
const settings = (name: string, data: object): Given => object("core/v1:ConfigMap", name, { data });

/** Cases of the rule that Git is what runs. */
export const healSpecs: readonly Spec[] = [
  {
    rule: appSelfHeals,
    good: {
      "everything that a source may say, and every generator": given(...everySource, everyGenerator),

      heals: given(application, applicationSet),
      ...renderedCases.good,
      "a set that applies what it says": given(but(applicationSet, { "spec.syncPolicy.applicationsSync": "sync" })),
      "an annotation that Argo CD cannot read": given(
        annotated(application, { "argocd.argoproj.io/skip-reconcile": "yes" }),
      ),
      "what may stay behind": given(
        annotated(namespace, { "argocd.argoproj.io/sync-options": "Prune=false" }),
        annotated(settings("shop", {}), { "argocd.argoproj.io/compare-options": "IgnoreExtraneous" }),
      ),
      "health that is looked at, and an object without any": given(
        annotated(deployment, { "argocd.argoproj.io/ignore-healthcheck": "false" }),
        annotated(settings("shop", {}), { "argocd.argoproj.io/ignore-healthcheck": "true" }),
      ),
      "objects of nobody's": given(
        annotated(object("example.com/v1:Widget", "w", { spec: {} }), {
          "argocd.argoproj.io/sync-options": "Prune=false",
        }),
      ),
      "a patch that says the same": given(patched("spec:\n  syncPolicy:\n    automated:\n      selfHeal: true\n")),
      "exclusions of what controllers make": given(
        settings("argocd-cm", { "resource.exclusions": "- apiGroups: [coordination.k8s.io]\n  kinds: [Lease]\n" }),
        settings("other", { "resource.exclusions": "- kinds: ['*']\n" }),
        settings("argocd-cm", { "resource.exclusions": "- apiGroups: [coordination.k8s.io]\n  kinds: ['*']\n" }),
        settings("argocd-cm", { "resource.exclusions": "- apiGroups: ['*']\n  kinds: [Lease]\n" }),
        settings("argocd-cm", { "resource.exclusions": "kinds: ['*']\n" }),
        settings("argocd-cmd-params-cm", { "applicationsetcontroller.policy": " sync " }),
        settings("argocd-cmd-params-cm", { "applicationsetcontroller.policy": "" }),
      ),
    },
    bad: {
      ...renderedCases.bad,
      "not looked at": given(annotated(application, { "argocd.argoproj.io/skip-reconcile": "true" })),
      "a set's applications, not looked at": given(
        but(applicationSet, { "spec.template.metadata.annotations": { "argocd.argoproj.io/skip-reconcile": "1" } }),
      ),
      "an operation of its own": given(
        but(application, { operation: { sync: { revision: "main" } } }),
        but(application, { operation: { sync: { manifests: ["kind: Deployment"] } } }),
      ),
      "nothing is pruned": given(but(application, { "spec.syncPolicy.syncOptions": ["Prune=false"] })),
      "a set that only creates": given(but(applicationSet, { "spec.syncPolicy.applicationsSync": "create-only" })),
      "a set that keeps a pause": given(
        but(applicationSet, { "spec.preservedFields.annotations": ["argocd.argoproj.io/skip-reconcile"] }),
      ),
      "a set that never deletes": given(but(applicationSet, { "spec.syncPolicy.applicationsSync": "create-update" })),
      "a patch that switches healing off": given(
        patched("spec:\n  syncPolicy:\n    automated:\n      selfHeal: false\n      allowEmpty: true\n"),
      ),
      "a patch that removes the policy": given(patched("spec:\n  syncPolicy: null\n")),
      "a patch that removes automation": given(patched("spec:\n  syncPolicy:\n    automated:\n")),
      "objects that opt out": given(
        annotated(deployment, {
          "argocd.argoproj.io/compare-options": "ServerSideDiff=true, IgnoreExtraneous",
          "argocd.argoproj.io/sync-options": "Prune=false",
        }),
        annotated(rollout, { "kustomize.toolkit.fluxcd.io/reconcile": "disabled" }),
        annotated(namespace, { "kustomize.toolkit.fluxcd.io/ssa": "Ignore" }),
      ),
      "pods whose health is not watched": given(
        annotated(deployment, { "argocd.argoproj.io/ignore-healthcheck": "true" }),
      ),
      "an exclusion of everything": given(settings("argocd-cm", { "resource.exclusions": "- clusters: ['*']\n" })),
      "an exclusion of workloads": given(
        settings("argocd-cm", { "resource.exclusions": "- apiGroups: ['argoproj*']\n  kinds: [Rollout]\n" }),
      ),
      "an exclusion of workloads among others": given(
        settings("argocd-cm", { "resource.exclusions": "- apiGroups: [a.io, apps]\n  kinds: [Lease, Deployment]\n" }),
      ),
      "sets that only create, everywhere": given(
        settings("argocd-cmd-params-cm", {
          "applicationsetcontroller.policy": "create-only",
          "applicationsetcontroller.dryrun": "true",
        }),
      ),
      "switched off": given(
        but(application, { "spec.syncPolicy.automated": { enabled: false, selfHeal: true, prune: true } }),
      ),
      manual: given(but(application, { "spec.syncPolicy": undefined })),
      "keeps edits": given(but(application, { "spec.syncPolicy.automated.selfHeal": undefined })),
      "leaves objects behind": given(but(application, { "spec.syncPolicy.automated.prune": false })),
      "may delete everything": given(but(application, { "spec.syncPolicy.automated.allowEmpty": true })),
      "a set's template": given(but(applicationSet, { "spec.template.spec.syncPolicy": {} })),
    },
  },
];
