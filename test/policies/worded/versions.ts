/** Versions, revisions and settings of Argo CD: somebody has to look them up. */
import { deployment, digest } from "../support/fixtures";
import { object } from "../support/spec";
import { around, both, edit, less, more, type Worded } from "./worded";

const commit = "c".repeat(40);

const versions: readonly Worded[] = [
  {
    rule: "apis-served",
    words: "write it as *, whose fields may differ",
    reason: "design",
    in: "a definition of 1.21",
    ways: [
      both(
        less("CustomResourceDefinition"),
        more(
          object("apiextensions.k8s.io/v1:CustomResourceDefinition", "widgets.example.com", {
            metadata: {
              name: "widgets.example.com",
              annotations: { "argocd.argoproj.io/sync-options": "Prune=false" },
            },
            spec: {
              group: "example.com",
              names: { kind: "Widget", plural: "widgets" },
              scope: "Namespaced",
              versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }],
            },
          }),
        ),
      ),
    ],
  },
  {
    rule: "apis-served",
    words: "take the kind's group and version from the API reference",
    reason: "pin",
    in: "a version of a group that is gone",
    ways: [both(less("Deployment"), more(deployment, ...around))],
  },
  {
    rule: "chart-pinned",
    words: "name the commit (?ref=<commit>), or keep a copy of the manifests in this repository",
    reason: "pin",
    in: "manifests of a branch",
    ways: [
      both(
        ...["https://github.com/acme/a//ha", "github.com/acme/a//ha"].map((directory) =>
          edit("Directory", { directory: `${directory}?ref=${commit}` }),
        ),
        edit("ConfigFile", { file: `https://raw.githubusercontent.com/acme/a/${commit}/install.yaml` }),
        edit("ConfigGroup", { files: ["./a.yaml", `https://raw.githubusercontent.com/acme/a/${commit}/install.yaml`] }),
      ),
      both(
        edit("Directory", { directory: "./ha" }),
        edit("ConfigFile", { file: "./install.yaml" }),
        edit("ConfigGroup", { files: ["./a.yaml", "./install.yaml"] }),
      ),
    ],
  },
  {
    rule: "node-versions-pinned",
    words: "name the image's id",
    reason: "pin",
    in: "Karpenter's nodes of the newest image",
    ways: [edit("EC2NodeClass", { "spec.amiSelectorTerms": [{ id: "ami-0a1b2c3d4e5f60718" }] })],
  },
  {
    rule: "chart-pinned",
    words: "name the release, such as 1.2.3",
    reason: "pin",
    in: "the second source of a set",
    ways: [edit("ApplicationSet", { "spec.template.spec.sources.1.targetRevision": "1.2.3" })],
  },
  {
    rule: "revision-pinned",
    words: "name the commit",
    reason: "pin",
    in: "HEAD",
    ways: [edit("Application", { "spec.source.targetRevision": commit })],
  },
  {
    rule: "revision-pinned",
    words: "append ?ref= and the commit of 40 hex digits, or copy the files in",
    reason: "pin",
    in: "values of another repository's branch",
    ways: [`https://example.com/main/values.yaml?ref=${commit}`, "values.yaml"].map((file) =>
      edit("Application", { "spec.source.helm.valueFiles": [file, "a.yaml"] }),
    ),
  },
  {
    rule: "revision-pinned",
    words: "name the commit in spec.ref.commit, or the digest in spec.ref.digest",
    reason: "pin",
    in: "Flux on a branch",
    ways: [edit("GitRepository", { "spec.ref": { commit } }), edit("GitRepository", { "spec.ref": { digest } })],
  },
];

const settings: readonly Worded[] = [
  {
    rule: "project-scoped",
    words: "give role:admin to the people who need it",
    reason: "hidden",
    in: "a role of Argo CD's that may do everything",
    ways: [edit("ConfigMap", { data: { "policy.team.csv": "g, platform, role:admin\n" } })],
  },
  {
    rule: "project-scoped",
    words: "name the project before the slash of the object, as in shop/*",
    reason: "hidden",
    in: "a shell in every pod",
    ways: [edit("ConfigMap", { data: { "policy.csv": "p, role:dev, exec, create, shop/*, allow\n" } })],
  },
  {
    rule: "app-self-heals",
    words: "name the groups and kinds that a controller makes by the thousand",
    reason: "fact",
    in: "an exclusion of everything",
    ways: [
      edit("ConfigMap", {
        data: { "resource.exclusions": "- apiGroups: [cilium.io]\n  kinds: [CiliumIdentity]\n  clusters: ['*']\n" },
      }),
    ],
  },
];

/** Sentences of rules about versions and Argo CD. */
export const versionWords: readonly Worded[] = [...versions, ...settings];
