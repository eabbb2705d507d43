/** Cases of the immutability rules about images, charts and applications. */
import {
  appSelfHeals,
  ignoreDifferencesNarrow,
  noCascadeDelete,
  noForceReplace,
  revisionPinned,
} from "../../../policies/immutability/applications";
import { chartPinned } from "../../../policies/immutability/chart-pinned";
import { ecrImmutable, imageDigest } from "../../../policies/immutability/images";
import { nodeVersionsPinned } from "../../../policies/immutability/node-versions-pinned";
import {
  analysisTemplate,
  application,
  applicationSet,
  but,
  container,
  deployment,
  digest,
  gateway,
  nodeGroup,
} from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, under, type Spec } from "../support/spec";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const repository: Given = {
  type: "aws:ecr/repository:Repository",
  name: "shop",
  props: { imageTagMutability: "IMMUTABLE" },
};
const addon: Given = {
  type: "aws:eks/addon:Addon",
  name: "dns",
  props: { addonName: "coredns", addonVersion: "v1.12.4-eksbuild.1" },
};
const chart = { repoURL: "https://charts.example.com", chart: "argo-cd", targetRevision: "10.1.1" };
const own = { ownRepositories: ["https://github.com/acme/gitops"], branches: ["main"] };
const ownSource = { repoURL: "https://github.com/Acme/gitops.git", path: "gitops/dev", targetRevision: "main" };
const ignoring = (key: string, path: string): Given =>
  but(application, { "spec.ignoreDifferences": [{ kind: "Deployment", [key]: [path] }] });

/** Cases of the immutability rules about images, charts and applications. */
export const revisionSpecs: readonly Spec[] = [
  {
    rule: imageDigest,
    good: {
      "tag and digest": given(deployment),
      "the gateway's own word": given(but(deployment, { [`${first}.image`]: "auto" })),
      "an analysis without pods": given(analysisTemplate),
    },
    bad: {
      "63 digits": given(but(deployment, { [`${first}.image`]: `shop@${digest.slice(0, -1)}` })),
      "a tagged initContainer": given(
        but(deployment, { [`${pod}.initContainers`]: [{ ...container, name: "init", image: "init:1" }] }),
      ),
      "no image": given(but(deployment, { [`${first}.image`]: undefined })),
      "upper-case digits": given(but(deployment, { [`${first}.image`]: `shop@sha256:${"A".repeat(64)}` })),
      "the job of an analysis": given(
        but(analysisTemplate, {
          "spec.metrics.0.provider": {
            job: { spec: { template: { spec: { containers: [{ name: "smoke", image: "curl:8" }] } } } },
          },
        }),
      ),
    },
  },
  {
    rule: ecrImmutable,
    good: { immutable: given(repository) },
    bad: {
      unset: given(but(repository, { imageTagMutability: undefined })),
      mutable: given(but(repository, { imageTagMutability: "MUTABLE" })),
    },
  },
  {
    rule: chartPinned,
    good: {
      "an exact version": given(gateway, but(application, { "spec.source": chart })),
      "a chart of this repository": given(but(gateway, { chart: "./charts/shop", version: undefined })),
      "a Git source": given(application),
    },
    bad: {
      "a caret": given(but(gateway, { version: "^1.2" })),
      "an x": given(but(gateway, { version: "1.x" })),
      blank: given(but(gateway, { version: " " })),
      unset: given(but(gateway, { version: undefined })),
      "a v4 chart": given({ ...but(gateway, { version: ">=1.2.3" }), type: "kubernetes:helm.sh/v4:Chart" }),
      "an application": given(but(application, { "spec.source": { ...chart, targetRevision: "10.*" } })),
      "the second source of a set": given(
        but(applicationSet, { "spec.template.spec.sources": [chart, { ...chart, targetRevision: undefined }] }),
      ),
    },
  },
  {
    rule: revisionPinned,
    good: {
      "a commit": given(application, applicationSet),
      "its own repository on main": under(own, but(application, { "spec.source": ownSource })),
      "a version": given(but(application, { "spec.source.targetRevision": "v1.2.3" })),
      "a chart is chart-pinned's": given(but(application, { "spec.source": { ...chart, targetRevision: "1.x" } })),
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
    },
  },
  {
    rule: nodeVersionsPinned,
    good: {
      pinned: given(addon, nodeGroup),
      "an AMI of one's own": given(but(nodeGroup, { amiType: "CUSTOM", releaseVersion: undefined })),
    },
    bad: {
      "an add-on": given(but(addon, { addonVersion: undefined })),
      "a node group": given(but(nodeGroup, { releaseVersion: "" })),
      "the latest template": given(but(nodeGroup, { "launchTemplate.version": "$Latest" })),
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
    },
    bad: {
      "the whole object": given(ignoring("jsonPointers", "")),
      "the whole spec": given(ignoring("jsonPointers", "/spec/")),
      "the pod template": given(ignoring("jsonPointers", "/spec/template")),
      "jq: the spec": given(ignoring("jqPathExpressions", ".spec")),
      "jq: every member": given(ignoring("jqPathExpressions", ".spec[]")),
      "jq: any depth": given(ignoring("jqPathExpressions", ".spec | .. | .image?")),
      "jq: an open end": given(ignoring("jqPathExpressions", ".spec.template.spec.containers[]")),
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
