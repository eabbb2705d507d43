/** Applications and sets that use every field of a source and every generator. */
import { application, applicationSet, digest } from "./fixtures";
import { but } from "./change";
import type { Given } from "./rule";

const commit = "c".repeat(40);

/** What a source may say about rendering, with nothing that moves. */
const rendering = {
  helm: {
    parameters: [{ name: "image", value: `shop@${digest}` }],
    values: "replicas: 3\n",
    valuesObject: { image: { repository: "shop", digest } },
    valueFiles: ["prod.yaml"],
  },
  kustomize: { components: ["../common"], images: [`shop@${digest}`], replicas: [{ name: "shop", count: 3 }] },
  plugin: {
    env: [{ name: "IMAGE", value: `shop@${digest}` }],
    parameters: [{ name: "image", string: `shop@${digest}` }],
  },
};
const git = { repoURL: "https://github.com/acme/manifests.git", path: "shop", targetRevision: commit, ...rendering };
const chart = { repoURL: "https://charts.example.com", chart: "argo-cd", targetRevision: "10.1.1" };
const ignored = {
  kind: "Deployment",
  jsonPointers: ["/spec/replicas"],
  jqPathExpressions: [".spec.paused"],
  managedFieldsManagers: ["kube-controller-manager"],
};

const spec = {
  source: { ...git, ...chart, targetRevision: "1.2.3" },
  sources: [git, chart],
  "sourceHydrator.drySource": git,
  ignoreDifferences: [ignored],
  "syncPolicy.syncOptions": ["ServerSideApply=true"],
  "syncPolicy.managedNamespaceMetadata": { labels: { team: "shop" }, annotations: { team: "shop" } },
};
const below = (path: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(spec).map(([key, value]) => [`${path}.${key}`, value]));

/** An application and a set that use every field of a source. */
export const everySource: readonly Given[] = [
  but(application, { ...below("spec"), "operation.sync": { syncOptions: ["ServerSideApply=true"] } }),
  but(applicationSet, {
    ...below("spec.template.spec"),
    "spec.template.metadata.finalizers": ["example.com/x"],
    "spec.ignoreApplicationDifferences": [{ jsonPointers: ["/spec/info"], jqPathExpressions: [".spec.info"] }],
    "spec.preservedFields.annotations": ["example.com/x"],
    "spec.strategy.rollingSync.steps": [{ maxUpdate: "25%" }],
  }),
];

const values = { rev: commit };
const finding = {
  clusterDecisionResource: { values },
  clusters: { values },
  git: { repoURL: git.repoURL, revision: commit, values },
  list: { elements: [{ commit }], elementsYaml: `- commit: ${commit}\n` },
  plugin: { values },
  pullRequest: { values },
  scmProvider: { values },
};
const each = Object.entries(finding).map(([type, generator]) => ({ [type]: generator }));
const git2 = { repoURL: git.repoURL, path: "x" };

/** A set with every generator, alone and inside of the two that join others. */
export const everyGenerator: Given = but(applicationSet, {
  "spec.generators": [...each, { matrix: { generators: each } }, { merge: { generators: each, mergeKeys: ["a"] } }],
  "spec.template.spec.source": undefined,
  "spec.template.spec.sources": [
    { ...git2, targetRevision: "{{.commit}}" },
    { ...git2, targetRevision: "{{.values.rev}}" },
  ],
});
