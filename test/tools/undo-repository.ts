/** Git repositories with one application, for the tests of its undo. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
// Specs are TypeScript, and read by `require`, as the command line does.
import "tsx/cjs";
import { onTestFinished } from "vitest";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { renderedFiles, staleFiles } from "../../tools/generate/applications";
import type { UndoPlan } from "../../cli/context/hook-types";

/** One environment, which runs it. */
export const APPLICATIONS = [{ ...dev, gitOps: { ...dev.gitOps, applications: ["shop"] } }];
/** The rendered workload. */
export const ROLLOUT = "gitops/dev/shop/rollout.yaml";
/** Digest of a version. */
export const digest = (version: number): string => `sha256:${String(version).repeat(64)}`;
/** Image of a version. */
export const image = (version: number): string => `registry.example.com/shop:1.${version}.0@${digest(version)}`;

/** A repository. */
export interface Repository {
  readonly root: string;
  readonly git: (...args: readonly string[]) => string;
  /** Writes the files, and what the specs give, and commits all. */
  readonly commit: (files: Readonly<Record<string, string>>) => void;
  /** A release by a change of the spec's image, and of other members. */
  readonly release: (version: number, members?: string) => void;
}

/** The module of its spec. @param members further ones. @param name of another application. */
export const specText = (version: number, members = "", name = "shop"): string => `export const spec = {
  name: "${name}",
  image: "${image(version)}",
  port: 8080,
  readinessPath: "/ready",
  livenessPath: "/live",${members}
};
`;

/** Writes files below a root. */
export function write(root: string, files: readonly { readonly file: string; readonly text: string }[]): void {
  for (const { file, text } of files) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

/** What the specs give, on disk: modules are read anew each time. */
function rerender(root: string, of: readonly EnvironmentInput[]): void {
  for (const file of Object.keys(require.cache)) if (file.startsWith(root)) delete require.cache[file];
  const rendered = renderedFiles(root, of);
  for (const file of staleFiles(root, rendered)) rmSync(path.join(root, file));
  write(root, rendered);
}

/** A new repository, without a release. @param of its environments. */
export function repository(of: readonly EnvironmentInput[] = APPLICATIONS): Repository {
  const root = mkdtempSync(path.join(tmpdir(), "undo-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], {
      cwd: root,
      encoding: "utf8",
    });
  git("init", "--quiet", "--initial-branch", "main");
  write(root, [{ file: "apps/images.json", text: JSON.stringify({ curl: image(9) }) }]);
  const commit: Repository["commit"] = (files) => {
    write(
      root,
      Object.entries(files).map(([file, text]) => ({ file, text })),
    );
    rerender(root, of);
    git("add", "--all");
    git("commit", "--quiet", "--message", "A change");
  };
  return { root, git, commit, release: (version, members) => commit({ "apps/shop.ts": specText(version, members) }) };
}

/** Does what a plan says, as the command line does. */
export function apply({ root, git }: Repository, plan: UndoPlan): void {
  for (const file of plan.stale) rmSync(path.join(root, file));
  write(root, plan.files);
  git("add", "--all");
  git("commit", "--quiet", "--message", plan.message);
}
