/** The undo of a release: the spec as it was when the image before served, with what leaves its gates out. */
import { createRequire } from "node:module";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as vm from "node:vm";
import { throwProblems } from "@fridayproof/components/core";
import type { AppSpec } from "@fridayproof/components/plan";
import ts from "typescript";
import type { PlannedFile, UndoPlan, UndoRequest } from "../../cli/context/hook-types";
import { specOf } from "../../stacks/environments/application-specs";
import { environments } from "../../stacks/environments/environments";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { renderedFiles, staleFiles } from "./applications";
import { filesAt, git, type Release, releasesOf, workloadFiles, workloadIn } from "./releases";
import { withMember } from "./source-edits";

/** Digest of an image by digest. */
const digestOf = (image: string): string => image.slice(image.indexOf("@") + 1);

/** `registry.example.com/shop:1.4.2`, and the first digits of its digest. */
function shown(image: string): string {
  const DIGITS = 12;
  const [name = image, digest = ""] = image.split("@");
  return `${name} (${digest.slice(0, "sha256:".length + DIGITS)})`;
}

/** Whoever undoes needs both folders as they are committed: everything else would be part of the undo. */
function requireClean(root: string): void {
  git(root, ["rev-parse", "--show-toplevel"]);
  const changed = git(root, ["status", "--porcelain", "--", "apps", "gitops"]).split("\n");
  const lines = changed.filter((line) => line !== "").map((line) => `  ${line}`);
  if (lines.length === 0) return;
  throw new Error(`apps/ and gitops/ are not as they were committed: commit or stash this first.\n${lines.join("\n")}`);
}

/** What serves has to be known: with a file that Argo CD cannot apply, the release before it does. */
function requireWorkload(root: string, folder: string): void {
  const blobs = workloadFiles.map((name) => ({ commit: "HEAD", file: `${folder}/${name}` }));
  const broken = filesAt(root, blobs).findIndex((text) => text !== undefined && workloadIn(text) === undefined);
  if (broken < 0) return;
  throw new Error(`${blobs[broken]?.file} is committed and no workload: run \`make render\` and commit it first.`);
}

/** The first environment that runs the application: all of them are rendered from one spec. */
function environmentOf(application: string, of: readonly EnvironmentInput[]): string {
  const found = of.find(({ gitOps }) => gitOps.applications.includes(application));
  if (found !== undefined) return found.name;
  throw new Error(`no environment runs ${application}: none of ${of.map(({ name }) => name).join(", ")} names it.`);
}

/** Without what an undo took back: it is no release to go back to, and the one that it went back to stands before it. */
function served(releases: readonly Release[]): readonly Release[] {
  const [newest, before] = releases;
  if (newest === undefined) return [];
  // An undo whose field was taken out later is the same undo.
  if (newest.undoOf === undefined) return before?.image === newest.image ? served(releases.slice(1)) : releases;
  const own = releases.findIndex(({ image, undoOf }) => image === newest.image && undoOf === undefined);
  return own < 0 ? [newest] : served(releases.slice(own));
}

/** @throws Error where there is nothing to go back to. */
function target(application: string, releases: readonly Release[], to: string | undefined): Release {
  const [newest] = releases;
  if (newest === undefined) throw new Error(`${application} was never released: gitops/ has no workload of it.`);
  if (to === undefined) {
    const [, before] = served(releases);
    if (before !== undefined) return before;
    const way = "A first release is fixed forward: docs/runbooks/rollout-degraded.md.";
    throw new Error(
      `${application} has had no image before ${shown(newest.image)}: there is nothing to go back to. ${way}`,
    );
  }
  const target = releases.find(({ image }) => digestOf(image) === to);
  if (target !== undefined && target.image !== newest.image) return target;
  if (target !== undefined) throw new Error(`${application} has ${shown(newest.image)} already.`);
  const known = [...new Set(releases.slice(1).map(({ image }) => `  ${image}`))];
  const list = known.length === 0 ? "there was no other" : `there were:\n${known.join("\n")}`;
  throw new Error(`no release of ${application} had ${to}; ${list}`);
}

/** The spec that a module's text exports. @throws Error where it exports none. */
function specIn(text: string, file: string): AppSpec {
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  const { outputText } = ts.transpileModule(text, { compilerOptions: options });
  const module: { exports: { readonly spec?: AppSpec } } = { exports: {} };
  const wrapped = `(function (exports, require, module) {${outputText}\n})`;
  type Body = (exports: object, require: NodeJS.Require, module: object) => void;
  (vm.runInThisContext(wrapped, { filename: file }) as Body)(module.exports, createRequire(file), module);
  if (module.exports.spec === undefined) throw new Error(`${file} as it was exports no \`spec\`.`);
  return module.exports.spec;
}

/** The spec's module as it was, with the field of an undo. @throws Error where its text does not hold the image. */
function undoneText(text: string, file: string, from: Release, to: Release): string {
  const undo = `{ of: ${JSON.stringify(digestOf(from.image))}, to: ${JSON.stringify(digestOf(to.image))} }`;
  try {
    return withMember(text, "spec", "undo", undo);
  } catch (error) {
    const by = `write \`undo: ${undo}\` into it yourself, run \`make render\`, and commit both`;
    throw new Error(`${file} as of ${to.commit}: ${(error as Error).message}; check it out of that commit, ${by}.`);
  }
}

const keptNote =
  "It was autoscaled then, and its number of pods is fixed today: that number stays, because taken out of Git it would leave one pod.";

/**
 * The spec's text with the number of pods that is fixed today, where it was autoscaled then: taken out of Git the number
 * would leave one pod. Undefined where there is nothing to keep.
 */
function keptReplicas(text: string, file: string, { workload }: Release): string | undefined {
  const { replicas } = workload.spec;
  if (replicas === undefined || typeof specIn(text, file).replicas === "number") return undefined;
  return withMember(text, "spec", "replicas", String(replicas));
}

function notesOf(folder: string, files: readonly PlannedFile[], to: Release): readonly string[] {
  const text = files.find(({ file }) => /^(rollout|deployment)\.yaml$/.test(path.relative(folder, file)))?.text;
  const now = text === undefined ? undefined : workloadIn(text);
  if (isDeepStrictEqual(now?.spec.template, to.workload.spec.template)) return [];
  return ["Its pods are rendered differently today than then: new ones start, even where the old ones still stand."];
}

/** Files whose text is another one now. @throws Error where those of another application are not what their specs give. */
function changedFiles(root: string, application: string, files: readonly PlannedFile[], stale: readonly string[]) {
  const committed = filesAt(
    root,
    files.map(({ file }) => ({ commit: "HEAD", file })),
  );
  const changed = files.filter(({ text }, index) => committed[index] !== text);
  const foreign = [...changed.map(({ file }) => file), ...stale].filter((file) => file.split("/")[2] !== application);
  if (foreign.length === 0) return changed;
  const list = foreign.map((file) => `  ${file}`).join("\n");
  throw new Error(`gitops/ is not what the specs give: run \`make render\` and commit it first.\n${list}`);
}

/**
 * Plans an undo, from what is committed.
 * @throws Error where there is no Git repository, something is not committed, or there is nothing to go back to.
 */
export function undo(root: string, request: UndoRequest, of: readonly EnvironmentInput[] = environments): UndoPlan {
  const { application } = request;
  requireClean(root);
  const environment = environmentOf(application, of);
  const folder = `gitops/${environment}/${application}`;
  requireWorkload(root, folder);
  const releases = releasesOf(root, environment, application);
  const to = target(application, releases, request.to);
  const from = releases[0] as Release;
  const file = `apps/${application}.ts`;
  const [before] = filesAt(root, [{ commit: to.commit, file }]);
  if (before === undefined) throw new Error(`${file} is not in ${to.commit}, the last commit with ${shown(to.image)}.`);
  const undone = undoneText(before, file, from, to);
  const full = path.join(root, file);
  const kept = keptReplicas(undone, full, from);
  const text = kept ?? undone;
  const spec = specIn(text, full);
  const rendered = renderedFiles(root, of, (name) => (name === application ? spec : specOf(root, name)));
  const stale = staleFiles(root, rendered);
  const files = changedFiles(root, application, rendered, stale);
  const summary = `${application}: back from ${shown(from.image)} to ${shown(to.image)}`;
  return {
    summary,
    message: `Undo ${summary}\n\nTakes back ${from.image}.\nServed until ${to.commit}: ${to.image}\n`,
    files: [{ file, text }, ...files],
    stale,
    notes: [...(kept === undefined ? [] : [keptNote]), ...notesOf(folder, rendered, to)],
  };
}

/**
 * Refuses specs whose `undo` goes to an image that was never released: an undo leaves the gates out.
 * @throws ProblemsError with each of them.
 */
export function checkUndos(root: string, of: readonly EnvironmentInput[] = environments): void {
  const problems = of.flatMap(({ name, gitOps }) =>
    gitOps.applications.flatMap((application) => {
      const { undo: request } = specOf(root, application);
      if (request === undefined) return [];
      const own = releasesOf(root, name, application).filter(({ undoOf }) => undoOf === undefined);
      if (own.some(({ image }) => digestOf(image) === request.to)) return [];
      const allowed = `a digest that ${application} was released with in ${name}, by its gates`;
      const fix = "Take `undo` out. In a shallow clone the release may only be missing: git fetch --unshallow.";
      return [{ path: `apps/${application}.ts: undo.to`, got: request.to, allowed, fix }];
    }),
  );
  throwProblems("the applications", problems);
}
