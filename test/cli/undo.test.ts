/** `undo` as a person runs it: one commit of exactly what is planned, or nothing. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { fridayproof, temporaryFolder } from "./support";

const PLAN = `exports.undo = ({ application, to }) => {
  if (application !== "shop") throw new Error("no environment runs " + application + ".");
  return {
    summary: "shop: back from b to " + (to ?? "a"),
    message: "Undo shop: back from b to a",
    files: [{ file: "apps/shop.ts", text: "a" }, { file: "gitops/new.yaml", text: "new" }],
    stale: ["gitops/old.yaml"],
    notes: ["New pods start."],
  };
};`;

const IDENTITY = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@example.com" };
const ENVIRONMENT = { ...IDENTITY, GIT_COMMITTER_NAME: "Ada", GIT_COMMITTER_EMAIL: "ada@example.com" };

function git(root: string, ...args: readonly string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", env: { ...process.env, ...ENVIRONMENT } });
}

/** A project in a repository of its own, with one release. */
function project(hooks = PLAN): string {
  const root = temporaryFolder();
  const files = {
    "Pulumi.yaml": "name: small\nruntime: nodejs\n",
    "package.json": JSON.stringify({ fridayproof: { hooks: "hooks.cjs" } }),
    "hooks.cjs": hooks,
    "apps/shop.ts": "b",
    "gitops/old.yaml": "old",
    "README.md": "read",
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  git(root, "init", "--quiet", "--initial-branch", "main");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "Release b");
  return root;
}

const run = (root: string, ...args: readonly string[]) =>
  fridayproof(["undo", ...args, "-C", root], { env: ENVIRONMENT });

it("commits what is planned, and nothing else that lies about", async () => {
  const root = project();
  writeFileSync(path.join(root, "README.md"), "changed");
  git(root, "add", "README.md");
  const { code, stdout } = await run(root, "shop");
  expect(code).toBe(0);
  const name = git(root, "rev-parse", "--short", "HEAD").trim();
  expect(stdout).toBe(
    [
      "shop: back from b to a",
      "  ~ apps/shop.ts",
      "  + gitops/new.yaml",
      "  - gitops/old.yaml",
      "note: New pods start.",
      `committed as ${name}`,
      "Next   git push   Argo CD applies what is pushed: docs/how-to/roll-back.md",
      "",
    ].join("\n"),
  );
  expect(git(root, "show", "--name-status", "--format=%s")).toBe(
    "Undo shop: back from b to a\n\nM\tapps/shop.ts\nA\tgitops/new.yaml\nD\tgitops/old.yaml\n",
  );
  expect(git(root, "status", "--porcelain")).toBe("M  README.md\n");
});

it("--no-commit prints, and --to is passed on", async () => {
  const root = project();
  const { code, stdout } = await run(root, "shop", "--to", "c", "--no-commit");
  expect(code).toBe(0);
  expect(stdout).toContain("shop: back from b to c\n  ~ apps/shop.ts\n");
  expect(stdout).toContain("Nothing was written: without --no-commit this is one commit.\n");
  expect(git(root, "status", "--porcelain")).toBe("");
  expect(git(root, "log", "--format=%s")).toBe("Release b\n");
});

it("a commit that a hook of the repository refuses leaves everything as it was", async () => {
  const root = project();
  const hook = path.join(root, ".git/hooks/pre-commit");
  mkdirSync(path.dirname(hook), { recursive: true });
  writeFileSync(hook, "#!/bin/sh\necho 'no commits on Fridays' >&2\nexit 1\n");
  chmodSync(hook, 0o755);
  const { code, stderr } = await run(root, "shop");
  expect(code).toBe(1);
  expect(stderr).toContain(`git commit failed in ${root}:\nno commits on Fridays\nNothing was changed.`);
  expect(git(root, "status", "--porcelain")).toBe("");
  expect(readFileSync(path.join(root, "apps/shop.ts"), "utf8")).toBe("b");
  expect(existsSync(path.join(root, "gitops/new.yaml"))).toBe(false);
});

it.each([
  ["what the project refuses", PLAN, ["cart"], "no environment runs cart.\nNothing was changed."],
  ["a project without applications", "", ["shop"], "has no applications: its hooks export no undo."],
  ["no application", PLAN, [], "missing required argument 'application'"],
])("%s is an error, and nothing is written", async (_title, hooks, args, sentence) => {
  const root = project(hooks);
  const { code, stderr } = await run(root, ...args);
  expect(code).not.toBe(0);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain("this is a bug");
  expect(git(root, "status", "--porcelain")).toBe("");
});
