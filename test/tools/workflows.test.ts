/** The pipeline's workflows: least rights, pinned actions, and steps that are commands of this repository. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const FOLDER = path.resolve(__dirname, "../../.github/workflows");
const MAKEFILE = readFileSync(path.resolve(__dirname, "../../Makefile"), "utf8");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, { readonly "timeout-minutes"?: number; readonly steps: readonly Step[] }>>;
}

const files = readdirSync(FOLDER);
const textOf = (file: string): string => readFileSync(path.join(FOLDER, file), "utf8");
const read = (file: string): Workflow => parse(textOf(file)) as Workflow;
const stepsOf = (workflow: Workflow): readonly Step[] => Object.values(workflow.jobs).flatMap(({ steps }) => steps);

describe.each(files)("%s", (file) => {
  const workflow = read(file);

  test("names its rights, and none that writes for the whole workflow", () => {
    expect(Object.values(workflow.permissions ?? { none: "write" })).not.toContain("write");
  });

  test("runs once at a time for a branch, and no job without an end", () => {
    expect(workflow.concurrency).toBeDefined();
    for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
  });

  test("pins each action by its commit, with its version beside it", () => {
    const used = textOf(file).match(/uses:.*/g) ?? [];
    for (const line of used) expect(line).toMatch(/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("leaves no credentials in a checkout", () => {
    for (const step of stepsOf(workflow).filter(({ uses }) => uses?.startsWith("actions/checkout@") === true))
      expect(step.with?.["persist-credentials"]).toBe(false);
  });

  test("puts no expression into a shell: a branch's name could be a command", () => {
    for (const { run } of stepsOf(workflow)) expect(run ?? "").not.toContain("${{");
  });

  test("runs targets and programs of this repository", () => {
    for (const { run } of stepsOf(workflow)) {
      if (run === undefined) continue;
      const [program = "", target = ""] = run.split(" ");
      expect(["make", "node", "cat", "gh", ".ci/run"]).toContain(program);
      if (program === "make") expect(MAKEFILE).toMatch(new RegExp(`^${target}:`, "m"));
    }
  });
});

test("what runs beside a token checks out the default branch and nothing of a pull request", () => {
  const beside = files.map(read).filter(({ on }) => "workflow_run" in on || "pull_request_target" in on);
  expect(beside).toHaveLength(1);
  for (const { uses, with: given } of beside.flatMap(stepsOf))
    if (uses?.startsWith("actions/checkout@") === true) expect(given).not.toHaveProperty("ref");
});

test("the comment waits for the workflow that makes the report, and takes the artifact by its name", () => {
  const [preview, comment] = ["preview.yml", "comment.yml"].map(textOf);
  expect(comment).toContain("workflows: [preview]");
  expect(preview).toContain("name: preview\n");
  expect(preview).toContain("          name: report\n");
  expect(comment).toContain("--name report ");
});
