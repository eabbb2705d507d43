/** Cases of the rule about what applications follow. */
import { revisionPinned } from "../../../../policies/immutability/revision-pinned";
import { application, applicationSet, but } from "../../support/fixtures";
import { everyGenerator, everySource } from "../../support/delivery";
import type { Given } from "../../support/rule";
import { given, object, under, type Spec } from "../../support/spec";

const chart = { repoURL: "https://charts.example.com", chart: "argo-cd", targetRevision: "10.1.1" };
const own = { ownRepositories: ["https://github.com/acme/gitops"], branches: ["main"] };
const ownSource = { repoURL: "https://github.com/Acme/gitops.git", path: "gitops/dev", targetRevision: "main" };
const setOf = (generators: readonly object[], source: object, more: object = {}): Given =>
  but(applicationSet, { "spec.generators": generators, "spec.template.spec.source": source, ...more });
const git = { repoURL: "https://github.com/other/manifests", path: "shop" };
const elements = (...all: readonly object[]): object => ({ list: { elements: all } });
const patched = (templatePatch: string): Given => but(applicationSet, { "spec.templatePatch": templatePatch });
const commit = "c".repeat(40);
const kustomization = (props: object): Given => ({
  type: "kubernetes:kustomize.config.k8s.io/v1beta1:Kustomization",
  name: "shop",
  props,
});
const repository = (ref: object, url = "https://github.com/other/x"): Given =>
  object("source.toolkit.fluxcd.io/v1:GitRepository", "shop", { spec: { url, ref } });
const remote = "https://github.com/other/x//deploy";

/** Cases of the rule about what applications follow. */
export const applicationSpecs: readonly Spec[] = [
  {
    rule: revisionPinned,
    good: {
      "everything that a source may say, and every generator": given(...everySource, everyGenerator),

      "a commit": given(application, applicationSet),
      "its own repository on main": under(own, but(application, { "spec.source": ownSource })),
      "a version": given(but(application, { "spec.source.targetRevision": "v1.2.3" })),
      "a chart is chart-pinned's": given(but(application, { "spec.source": { ...chart, targetRevision: "1.x" } })),
      "a commit between blanks": given(but(application, { "spec.source.targetRevision": ` ${"b".repeat(40)} ` })),
      "its own repository, spelled otherwise": under(
        { ...own, ownRepositories: [" https://www.github.com/acme/gitops// "] },
        but(application, { "spec.source": { ...ownSource, repoURL: "https://www.github.com/Acme/gitops.git" } }),
      ),
      "a commit that a pull request generator finds": given(
        setOf([{ pullRequest: {} }], { ...git, targetRevision: "{{head_sha}}" }),
        setOf([{ pullRequest: {} }], { ...git, targetRevision: "{{ .head_sha }}" }),
      ),
      "a commit that an SCM generator finds": given(
        setOf([{ scmProvider: {} }], { ...git, targetRevision: "{{- .sha -}}" }),
      ),
      "commits of a list": given(
        setOf([elements({ at: { rev: commit } }, { at: { rev: "1.2.3" } })], { ...git, targetRevision: "{{.at.rev}}" }),
        setOf([{ matrix: { generators: [{ clusters: {} }, elements({ "at.rev": commit })] } }], {
          ...git,
          targetRevision: "{{at.rev}}",
        }),
        setOf([{ list: { elementsYaml: `- rev: ${commit}` } }], { ...git, targetRevision: '{{ index . "rev" }}' }),
      ),
      "a value that a generator states": given(
        setOf([{ clusters: { values: { rev: commit } } }], { ...git, targetRevision: "{{values.rev}}" }),
      ),
      "a digest of an image of a registry": given(
        but(application, {
          "spec.source": { repoURL: "oci://example.com/shop", targetRevision: `sha256:${"d".repeat(64)}` },
        }),
      ),
      "a hydrator that renders a commit": given(
        but(application, {
          "spec.source": undefined,
          "spec.sourceHydrator": { drySource: { ...git, targetRevision: commit }, syncSource: { targetBranch: "env" } },
        }),
      ),
      "a patch that leaves the revision alone": given(patched("spec:\n  source:\n    path: other\n")),
      "remote bases at a commit or a version": given(
        kustomization({
          resources: ["../base", `${remote}?ref=${commit}`, "github.com/other/x?ref=v1.2.3"],
          bases: ["https://example.com/releases/download/v1.2.3/install.yaml"],
          components: [`git::https://github.com/other/x?version=${commit}`],
          patchesStrategicMerge: ["kind: Deployment\nmetadata: { name: https://x.example/y }\n"],
        }),
      ),
      "its own repository as a base": under(
        own,
        kustomization({ resources: ["https://github.com/acme/gitops//base?ref=main"] }),
        repository({ branch: "main" }, "https://github.com/acme/gitops"),
      ),
      "its own repository, whose branch a list states beside a commit": under(
        own,
        setOf([elements({ rev: " main " }, { rev: commit })], { ...ownSource, targetRevision: "{{.rev}}" }),
      ),
      "its own repository, in a generator's template that says only the branch": under(
        own,
        setOf([{ list: { elements: [], template: { spec: { source: { targetRevision: "main" } } } } }], ownSource),
      ),
      "commits between blanks": given(
        setOf([elements({ rev: ` ${commit} ` })], { ...git, targetRevision: " {{.rev}} " }),
        kustomization({ resources: [` ${remote}?ref=${commit} `] }),
      ),
      "Flux at a commit, a tag or a digest": given(
        repository({ commit, branch: "main" }),
        repository({ tag: "v1.2.3" }),
        repository({ name: "refs/tags/v1.2.3" }),
        object("source.toolkit.fluxcd.io/v1:OCIRepository", "shop", {
          spec: { url: "oci://example.com/x", ref: { digest: `sha256:${"d".repeat(64)}` } },
        }),
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
      "a generator without a revision": given(setOf([{ git }], { ...git, targetRevision: commit })),
      "its own repository on a branch of a list": under(
        { ...own, branches: ["main", "release"] },
        setOf([elements({ rev: "main" }, { rev: " wip " })], { ...ownSource, targetRevision: "{{.rev}}" }),
      ),
      "somebody else's repository, in a generator's template that says only the branch": under(
        own,
        setOf([{ list: { elements: [], template: { spec: { source: { targetRevision: "main" } } } } }], {
          ...git,
          targetRevision: commit,
        }),
      ),
      "a branch that a generator finds": given(
        setOf([{ scmProvider: {} }], { ...git, targetRevision: "{{.branch}}" }),
        setOf([{ pullRequest: {} }], { ...git, targetRevision: "{{.head_short_sha}}" }),
      ),
      "a branch of a list": given(
        setOf([elements({ rev: commit }, { rev: "main" })], { ...git, targetRevision: "{{.rev}}" }),
      ),
      "a revision from files": given(
        setOf([{ git: { ...git, revision: commit } }], { ...git, targetRevision: "{{.rev}}" }),
      ),
      "a revision that is put together": given(
        setOf([elements({ rev: commit })], { ...git, targetRevision: "release-{{.rev}}" }),
      ),
      "a value that a generator takes from a template": given(
        setOf([{ clusters: { values: { rev: "{{metadata.labels.rev}}" } } }], {
          ...git,
          targetRevision: "{{values.rev}}",
        }),
      ),
      "a hydrator that follows HEAD": given(
        but(application, {
          "spec.source": undefined,
          "spec.sourceHydrator": { drySource: { ...git, targetRevision: "HEAD" } },
        }),
      ),
      "a patch": given(patched("spec:\n  source:\n    targetRevision: HEAD\n")),
      "a patch with templates": given(
        patched(
          "{{- if .prod }}\nspec:\n  source:\n    path: {{.path}}\n    targetRevision: {{.branch}}\n{{- end }}\n",
        ),
      ),
      "a patch with sources": given(patched("spec:\n  sources:\n  - repoURL: https://github.com/other/x\n")),
      "a generator's template": given(
        setOf([{ list: { elements: [], template: { spec: { source: { targetRevision: "dev" } } } } }], {
          ...git,
          targetRevision: commit,
        }),
      ),
      "a tag of a registry": given(
        but(application, { "spec.source": { repoURL: "oci://example.com/shop", targetRevision: "latest" } }),
      ),
      "a digest of Git": given(but(application, { "spec.source.targetRevision": `sha256:${"d".repeat(64)}` })),
      "values of another repository's branch": given(
        but(application, { "spec.source.helm": { valueFiles: ["https://example.com/main/values.yaml", "a.yaml"] } }),
      ),
      "remote bases that move": given(
        kustomization({
          resources: [`${remote}?ref=main`],
          bases: ["github.com/other/x"],
          patches: [{ path: "https://raw.githubusercontent.com/other/x/main/patch.yaml" }],
        }),
      ),
      "remote patches, schemas and components that move": given(
        kustomization({
          patchesJson6902: [{ path: "https://example.com/main/patch.json" }],
          patchesStrategicMerge: [" https://example.com/main/patch.yaml "],
          openapi: { path: "https://example.com/main/schema.json" },
        }),
        but(application, { "spec.source.kustomize": { components: ["github.com/other/x"] } }),
      ),
      "Flux on a tag that is no version, and on a part of a commit": given(
        repository({ tag: "stable" }),
        repository({ commit: "abc123" }),
      ),
      "Flux on its own repository's other branch, of two that are protected": under(
        { ...own, branches: ["main", "release"] },
        repository({ branch: "x" }, "https://github.com/acme/gitops"),
      ),
      "its own repository as a base, without a revision": under(
        own,
        kustomization({ resources: ["https://github.com/acme/gitops//base"] }),
      ),
      "its own repository as a base, on another branch": under(
        own,
        kustomization({ resources: ["https://github.com/acme/gitops//base?ref=wip"] }),
      ),
      "Flux on a branch": given(repository({ branch: "main" })),
      "Flux on a range": given(repository({ semver: ">=1.0.0", tag: "1.2.3" })),
      "Flux on nothing": given(repository({})),
      "Flux on its own repository's other branch": under(
        own,
        repository({ branch: "x" }, "https://github.com/acme/gitops"),
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
];
