/** Cases of the immutability rules about Argo CD's applications. */
import {
  appSelfHeals,
  ignoreDifferencesNarrow,
  noCascadeDelete,
  noForceReplace,
  revisionPinned,
} from "../../../policies/immutability/applications";
import { application, applicationSet, but, deployment } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, under, type Spec } from "../support/spec";

const chart = { repoURL: "https://charts.example.com", chart: "argo-cd", targetRevision: "10.1.1" };
const own = { ownRepositories: ["https://github.com/acme/gitops"], branches: ["main"] };
const ownSource = { repoURL: "https://github.com/Acme/gitops.git", path: "gitops/dev", targetRevision: "main" };
const ignoring = (key: string, path: string): Given =>
  but(application, { "spec.ignoreDifferences": [{ kind: "Deployment", [key]: [path] }] });

/** Cases of the immutability rules about Argo CD's applications. */
export const applicationSpecs: readonly Spec[] = [
  {
    rule: revisionPinned,
    good: {
      "a commit": given(application, applicationSet),
      "its own repository on main": under(own, but(application, { "spec.source": ownSource })),
      "a version": given(but(application, { "spec.source.targetRevision": "v1.2.3" })),
      "a chart is chart-pinned's": given(but(application, { "spec.source": { ...chart, targetRevision: "1.x" } })),
      "a commit between blanks": given(but(application, { "spec.source.targetRevision": ` ${"b".repeat(40)} ` })),
      "its own repository, spelled otherwise": under(
        { ...own, ownRepositories: [" https://www.github.com/acme/gitops// "] },
        but(application, { "spec.source": { ...ownSource, repoURL: "https://www.github.com/Acme/gitops.git" } }),
      ),
    },
    bad: {
      HEAD: given(but(application, { "spec.source.targetRevision": "HEAD" })),
      unset: given(but(application, { "spec.source.targetRevision": undefined })),
      "the second of several sources": given(
        but(application, {
          "spec.sources": [chart, { repoURL: "https://github.com/other/x", targetRevision: "HEAD" }],
        }),
      ),
      "its own repository on another branch": under(
        own,
        but(application, { "spec.source": { ...ownSource, targetRevision: "wip" } }),
      ),
      "a generator": given(
        but(applicationSet, {
          "spec.generators": [
            { matrix: { generators: [{ git: { repoURL: "https://github.com/o/x", revision: "main" } }] } },
          ],
        }),
      ),
      blank: given(but(application, { "spec.source.targetRevision": " " })),
      "a commit with more in front": given(but(application, { "spec.source.targetRevision": "c".repeat(41) })),
      "a commit with more behind": given(but(application, { "spec.source.targetRevision": `${"c".repeat(40)}-x` })),
      "somebody else's repository on a protected branch": under(
        own,
        but(application, { "spec.source": { ...ownSource, repoURL: "https://github.com/other/gitops.git" } }),
      ),
      "its own repository on none of two branches": under(
        { ...own, branches: ["main", "stable"] },
        but(application, { "spec.source": { ...ownSource, targetRevision: "wip" } }),
      ),
    },
  },
  {
    rule: appSelfHeals,
    good: { heals: given(application, applicationSet) },
    bad: {
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
  {
    rule: ignoreDifferencesNarrow,
    good: {
      "one field": given(application, applicationSet),
      "weights of a route": given(ignoring("jqPathExpressions", ".spec.http[].route[].weight")),
      "none at all": given(but(application, { "spec.ignoreDifferences": undefined })),
      "one annotation by its name": given(ignoring("jqPathExpressions", '.metadata.annotations["example.com/seen"]')),
      "one field of every container": given(ignoring("jqPathExpressions", ".spec.template.spec.containers[0].image")),
      "one field behind a pipe": given(ignoring("jqPathExpressions", ".spec.http[].route | .[].weight")),
      "one annotation, all in brackets": given(
        ignoring("jqPathExpressions", '.["metadata"]["annotations"]["example.com/seen"]'),
      ),
    },
    bad: {
      "the whole object": given(ignoring("jsonPointers", "")),
      "the whole spec": given(ignoring("jsonPointers", "/spec/")),
      "the pod template": given(ignoring("jsonPointers", "/spec/template")),
      "jq: the spec": given(ignoring("jqPathExpressions", ".spec")),
      "jq: every member": given(ignoring("jqPathExpressions", ".spec[]")),
      "jq: any depth": given(ignoring("jqPathExpressions", ".spec | .. | .image?")),
      "jq: an open end": given(ignoring("jqPathExpressions", ".spec.template.spec.containers[]")),
      "the pod template between blanks and doubled slashes": given(ignoring("jsonPointers", " /spec//template// ")),
      "the pod's spec": given(ignoring("jsonPointers", "/spec/template/spec")),
      "every container": given(ignoring("jsonPointers", "/spec/template/spec/containers")),
      "jq: any depth below a leaf": given(ignoring("jqPathExpressions", ".spec.a.b | .. | .image?")),
      "jq: recursion": given(ignoring("jqPathExpressions", ".spec.a.b | recurse")),
      "jq: every path": given(ignoring("jqPathExpressions", ".spec.a.b | del(paths)")),
      "jq: everything behind a pipe": given(ignoring("jqPathExpressions", ". | .spec.replicas")),
      "jq: the template before a pipe": given(ignoring("jqPathExpressions", ".spec.template | .spec.x")),
      "jq: the template before a pipe and another line": given(
        ignoring("jqPathExpressions", ".spec.template |\n.spec.x.y"),
      ),
      "jq: the template in question": given(ignoring("jqPathExpressions", ".spec?.template?")),
      "jq: the template in brackets": given(ignoring("jqPathExpressions", '.["spec"]["template"]')),
      "jq: a field of every member": given(ignoring("jqPathExpressions", ".[].replicas")),
      "jq: a field of every member of the spec": given(ignoring("jqPathExpressions", ".spec[]?.replicas")),
      "jq: one container": given(ignoring("jqPathExpressions", ".spec.template.spec.containers[0]")),
    },
  },
  {
    rule: noCascadeDelete,
    good: {
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
    },
  },
  {
    rule: noForceReplace,
    good: { "server-side apply": given(application, deployment) },
    bad: {
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
