/**
 * `make report BASE=…`: what the checked-out commit changes of each environment. The base commit is brought up on a sandbox
 * of its own, then this commit is planned on top of it; without that, a fresh machine would plan everything as new.
 * Writes reports/plans/, reports/comment.md, reports/report.sarif and reports/report.json; ends with the report's exit code.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { command } from "../command";
import { environments } from "../../stacks/environments/environments";

const ROOT = path.resolve(__dirname, "../..");
const REPORTS = path.join(ROOT, "reports");
const CLI = path.join("cli", "bin.cjs");
/** A plan of a large stack is some MB. */
const OUTPUT_BYTES = 256 * 1024 * 1024;

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(cwd: string, program: string, args: readonly string[]): Ended {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: OUTPUT_BYTES,
    env: { ...process.env, NO_COLOR: "1" },
  });
  if (error !== undefined) throw error;
  return { code: status ?? 1, stdout, stderr };
}

/** Runs what must succeed. @throws Error with what it printed. */
function must(what: string, cwd: string, program: string, args: readonly string[]): Ended {
  const ended = run(cwd, program, args);
  if (ended.code !== 0) throw new Error(`${what} failed (exit code ${ended.code}):\n${ended.stderr}${ended.stdout}`);
  return ended;
}

const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** Whether the base commit has the environment: a new one has nothing to be planned on top of. */
function has(base: string, environment: string): boolean {
  return run(base, "git", ["cat-file", "-e", `HEAD:stacks/environments/${environment}.ts`]).code === 0;
}

/** Brings the environments of the base commit up, in a checkout that is gone afterwards. */
function bringUpBase(commit: string, work: string): void {
  const base = mkdtempSync(path.join(tmpdir(), "fridayproof-base-"));
  must("git worktree", ROOT, "git", ["worktree", "add", "--force", "--detach", base, commit]);
  try {
    must("the base's set-up", base, process.execPath, [path.join("tools", "setup", "setup.cjs")]);
    for (const { name } of environments.filter((each) => has(base, each.name))) {
      log(`base: ${name}`);
      // A base whose own policies refuse it is still what runs.
      const args = [CLI, "up", "--yes", "--no-policies", "--stack", name, "--work", work];
      must(`up of ${name} at the base`, base, process.execPath, args);
    }
  } finally {
    run(ROOT, "git", ["worktree", "remove", "--force", base]);
    rmSync(base, { recursive: true, force: true });
  }
}

/** Plans an environment. A plan that is refused is one too; one that failed is for the report to say. */
function planned(name: string, work: string): string {
  log(`change: ${name}`);
  const { stdout, stderr } = run(ROOT, process.execPath, [CLI, "preview", "--json", "--stack", name, "--work", work]);
  const file = path.join(REPORTS, "plans", `${name}.json`);
  writeFileSync(file, stdout);
  writeFileSync(path.join(REPORTS, "plans", `${name}.log`), stderr);
  return `${name}=${file}`;
}

function main(commit: string | undefined): number {
  if (commit === undefined || commit.startsWith("-"))
    throw new Error("make report needs the commit to compare with: make report BASE=origin/main.");
  if (run(ROOT, "git", ["rev-parse", "--verify", "--quiet", `${commit}^{commit}`]).code !== 0)
    throw new Error(`git has no commit ${commit}: fetch it first (\`git fetch origin main\`).`);
  mkdirSync(path.join(REPORTS, "plans"), { recursive: true });
  const work = mkdtempSync(path.join(tmpdir(), "fridayproof-work-"));
  try {
    bringUpBase(commit, work);
    const plans = environments.map(({ name }) => planned(name, work));
    const at = (file: string): string => path.join(REPORTS, file);
    const replicas = environments.flatMap(({ name, follows }) =>
      follows === undefined ? [] : ["--replica", `${name}=${follows}`],
    );
    const outputs = ["--markdown", at("comment.md"), "--sarif", at("report.sarif"), "--json"];
    const ended = run(ROOT, process.execPath, [CLI, "report", ...plans, ...replicas, ...outputs]);
    writeFileSync(at("report.json"), ended.stdout);
    log(ended.stderr);
    return ended.code;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

void command("fridayproof", () => {
  process.exitCode = main(process.argv[2]);
});
