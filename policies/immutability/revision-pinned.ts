/** Rule revision-pinned: Argo CD, Flux and kustomize deploy one immutable revision from Git. */
import { allSources, application, applications, gitGenerators, type Source } from "../kit/argo-cd/applications";
import type { Field } from "../kit/reading/field";
import { type Finding, valueText, violation } from "../kit/finding/finding";
import { example, fix, type Remedy, set } from "../kit/finding/remedy";
import {
  isCommit,
  isDigest,
  isPinnedAddress,
  isRemote,
  normalAddress,
  revisionIn,
} from "../kit/reading/manifest-address";
import type { Resource } from "../kit/reading/resource";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { isTemplated, valuesOf } from "../kit/argo-cd/set-parameters";
import { withoutDefault, texts } from "../kit/rule/settings";
import { types } from "../kit/reading/types";
import { isExactVersion } from "../kit/reading/version";

interface Own {
  readonly ownRepositories: readonly string[];
  readonly branches: readonly string[];
}

/** Every deployed revision is a commit, an exact version or a digest. */
export const revisionPinned = resourceRule({
  id: "revision-pinned",
  group: "immutability",
  level: "mandatory",
  forbids:
    "An application or a kustomization that follows a branch of a repository that is not this environment's own.",
  prevents: "Somebody else's merge is our deployment.",
  source: "Argo CD, best practices, manifests at Git revisions are truly immutable",
  settings: {
    ownRepositories: withoutDefault(
      texts(
        [],
        "The environment's own GitOps repositories: there the merge into the protected branch is the deployment.",
      ),
    ),
    branches: texts(["main"], "Protected branches of those repositories."),
  },
  resourceTypes: [
    ...applications,
    types.kustomization,
    types.kustomizeComponent,
    types.fluxGitRepository,
    types.fluxOciRepository,
  ],
  limits:
    "Sources with a chart, and remote manifests that a program takes in, are checked by chart-pinned. A revision from a template is checked by what the set's generators give it; what comes from files, clusters or services cannot be seen and counts as moving.",
  examples: {
    bad: "{ repoURL: https://github.com/other/manifests, targetRevision: HEAD }",
    good: "{ repoURL: …, targetRevision: <40 hex digits> }",
  },
  check(resource, own) {
    if (resource.is(...applications)) return checkApplications(resource, own);
    if (resource.is(types.fluxGitRepository, types.fluxOciRepository)) return checkFlux(resource, own);
    return checkAddresses(resource, addressesOf(resource), own);
  },
});

function* checkApplications(resource: Resource, own: Own): Iterable<Finding> {
  const all = allSources(resource);
  const sources = all.filter(({ field }) => !field.at("chart").isSet());
  const main = application(resource).at("spec", "source", "repoURL");
  const git = gitGenerators(resource).map((field) => ({ field, partial: false }));
  yield* eachPart(resource, [...sources, ...git], (source) => checkSource(resource, source, main, own));
  const files = all.flatMap(({ field }) => [
    ...field.at("helm", "valueFiles").list(),
    ...field.at("kustomize", "components").list(),
  ]);
  yield* checkAddresses(resource, files, own);
}

function* checkSource(
  resource: Resource,
  { field: source, partial }: Source,
  main: Field,
  own: Own,
): Iterable<Finding> {
  // A source with `ref`, which only provides value files, has a revision too.
  const field = source.at(source.at("targetRevision").isSet() ? "targetRevision" : "revision");
  if (partial && !field.isSet()) return;
  const address = (source.at("repoURL").isSet() ? source.at("repoURL") : main).text() ?? "";
  const text = field.textOrEmpty();
  const values = valuesOf(resource, text);
  const mine = own.ownRepositories.map(normalAddress).includes(normalAddress(address));
  const isSettled = (revision: string): boolean =>
    isFixed(revision, address) || (mine && own.branches.includes(revision));
  const moving = values?.find((value) => !isSettled(value.text.trim()));
  if (values !== undefined && moving === undefined) return;
  yield violation(resource, {
    at: moving?.field?.path ?? source.at("targetRevision").path,
    got: gotOf((moving?.text ?? text).trim()),
    expected: mine ? `the protected branch (${own.branches.join(", ")})` : "a version or a commit of 40 hex digits",
    fix: pin(moving === undefined ? field : moving.field, mine ? own.branches[0] : undefined),
    setting: "ownRepositories",
  });
}

function gotOf(revision: string): string {
  if (revision === "") return "nothing, which means HEAD";
  if (isTemplated(revision)) return "a revision from a template whose values are not stated here";
  return `a moving revision (${valueText(revision)})`;
}

function isFixed(revision: string, address: string): boolean {
  if (address.startsWith("oci://") && isDigest(revision)) return true;
  return isCommit(revision) || isExactVersion(revision);
}

/** Fields of a kustomization that list files or URLs to include. */
const takenIn = ["resources", "bases", "components", "crds", "generators", "transformers", "validators"];

/** URLs and paths that a kustomization includes. */
function addressesOf(resource: Resource): readonly Field[] {
  const patches = ["patches", "patchesJson6902"].flatMap((key) => resource.at(key).list());
  return [
    ...takenIn.flatMap((key) => resource.at(key).list()),
    ...resource.at("patchesStrategicMerge").list(),
    ...patches.map((patch) => patch.at("path")),
    resource.at("openapi", "path"),
  ];
}

function checkAddresses(resource: Resource, addresses: readonly Field[], own: Own): Iterable<Finding> {
  return eachPart(resource, addresses, function* (field) {
    const address = field.textOrEmpty().trim();
    // A patch may be inline instead of a file name.
    if (address.includes("\n") || !isRemote(address) || isPinnedAddress(address)) return;
    const revision = revisionIn(address);
    const mine = own.ownRepositories.map(normalAddress).includes(normalAddress(address));
    if (mine && own.branches.some((branch) => branch === revision)) return;
    yield violation(resource, {
      at: field.path,
      got: `an address of another repository ${revision === undefined ? "without a revision" : `at a moving one (${valueText(revision)})`}`,
      expected: "one that names a version or a commit",
      fix: "append ?ref= and the commit of 40 hex digits, or copy the files in",
      setting: "ownRepositories",
    });
  });
}

/**
 * In Flux a commit or a digest takes precedence over a tag, a range and a branch. Source: source-controller,
 * GitRepositoryRef, OCIRepositoryRef.
 */
function* checkFlux(resource: Resource, own: Own): Iterable<Finding> {
  const ref = resource.at("spec", "ref");
  const commit = ref.at("commit").text() ?? ref.at("digest").textOrEmpty();
  if (isCommit(commit) || isDigest(commit)) return;
  const range = ref.at("semver");
  const tag = ref.at("tag").text() ?? ref.at("name").text()?.replace("refs/tags/", "") ?? "";
  if (!range.isSet() && isExactVersion(tag)) return;
  const mine = own.ownRepositories.map(normalAddress).includes(normalAddress(resource.at("spec", "url").textOrEmpty()));
  const branch = ref.at("branch").textOrEmpty();
  if (mine && !range.isSet() && own.branches.includes(branch)) return;
  yield violation(resource, {
    at: ref.path,
    got: range.isSet() ? `a range of versions (${valueText(range.text())})` : gotOf(branch === "" ? tag : branch),
    expected: mine ? `the protected branch (${own.branches.join(", ")})` : "a version, a commit or a digest",
    fix: "name the commit in spec.ref.commit, or the digest in spec.ref.digest",
    setting: "ownRepositories",
  });
}

/** The fix: an example commit, or the protected branch of an own repository. */
function pin(field: Field | undefined, branch: string | undefined): Remedy | string {
  // A templatePatch is text with templates: no path in it can be set.
  if (field === undefined || field.path.includes("templatePatch")) return "name the commit";
  if (branch !== undefined) return example(set(field, branch), "the commit");
  return fix`${set(field, "0123456789abcdef0123456789abcdef01234567")}, with the commit that is meant`;
}
