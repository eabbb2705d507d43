/** The pipeline's workflows: least rights, pinned actions, and steps that are commands of this repository. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { deployedStacksJson } from "../support/deployed-stacks";
import { expectOwnCommand } from "../support/own-command";

const FOLDER = path.resolve(__dirname, "../../.github/workflows");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly "timeout-minutes"?: number;
        readonly strategy?: Readonly<Record<string, unknown>>;
        readonly steps: readonly Step[];
      }
    >
  >;
}

/** A new control plane and its nodes take most of an hour. */
const MOST_MINUTES: Readonly<Record<string, number>> = { "deploy.yml": 120 };

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
    for (const job of Object.values(workflow.jobs))
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(MOST_MINUTES[file] ?? 30);
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
    for (const { run } of stepsOf(workflow)) if (run !== undefined) expectOwnCommand(run);
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

describe("a deployment", () => {
  const perEvent = (merge: string, schedule: string): string =>
    `\${{ fromJSON(github.event_name == 'push' && '${merge}' || '${schedule}') }}`;
  const { concurrency, jobs, on } = read("deploy.yml") as unknown as {
    readonly concurrency: unknown;
    readonly on: unknown;
    readonly jobs: Readonly<
      Record<
        string,
        {
          readonly if?: string;
          readonly environment?: string;
          readonly needs?: string;
          readonly strategy?: { readonly matrix: unknown };
        }
      >
    >;
  };

  test("goes from foundation over staging to prod, and each was planned before somebody approves", () => {
    const matrix = { stack: perEvent(deployedStacksJson, '["replica"]') };
    expect(jobs["plan"]?.strategy?.matrix).toEqual(matrix);
    expect(jobs["deploy"]).toMatchObject({ needs: "plan", environment: "production", strategy: { matrix } });
  });

  test("of the replica is another run, by the same verbs, in its own region: the window between two legs is over", () => {
    expect(on).toMatchObject({ push: { branches: ["main"] }, schedule: [{ cron: "17 5 * * *" }] });
    expect(concurrency).toEqual({
      group: "deploy-${{ github.event_name == 'push' && 'main' || 'replica' }}",
      "cancel-in-progress": false,
    });
    const text = textOf("deploy.yml");
    for (const name of ["PULUMI_BACKEND_URL", "REGION"]) {
      const [own, all] = name === "REGION" ? ["REPLICA_REGION", "AWS_REGION"] : [`REPLICA_BACKEND_URL`, name];
      const choice = `${name}: \${{ matrix.stack == 'replica' && vars.${own} || vars.${all} }}\n`;
      expect(text.split(choice)).toHaveLength(3);
    }
  });

  test("of the replica is offered to reviewers only with changes, where production has the same commit", () => {
    expect(jobs["plan"]?.if).toBe(
      "vars.DEPLOY_ROLE != '' && (github.event_name == 'push' || vars.REPLICA_BACKEND_URL != '')",
    );
    expect(jobs["deploy"]?.if).toBe("github.event_name == 'push' || needs.plan.outputs.changes == 'true'");
    for (const job of ["plan", "deploy"]) {
      const steps = (read("deploy.yml").jobs[job]?.steps ?? []) as readonly (Step & { readonly if?: string })[];
      const runs = steps.map(({ run }) => run ?? "");
      const follows = runs.indexOf("node tools/deploy/follows.mjs");
      expect(steps[follows]?.if).toBe("matrix.stack == 'replica'");
      expect(follows).toBeLessThan(runs.indexOf("node tools/deploy/log-in.mjs"));
    }
  });

  test("takes the role that changes things in one job of one environment, and in no other workflow", () => {
    const users = files.filter((file) => textOf(file).includes("vars.DEPLOY_ROLE }}"));
    expect(users).toEqual(["deploy.yml"]);
    expect(jobs["plan"]?.environment).toBe("preview");
  });

  test("carries out the digest of the plan that the job before has put aside", () => {
    expect(textOf("deploy.yml")).toContain('make deploy APPROVED="approved/plan-$STACK.digest"');
  });
});

test("an environment that is not healthy after its update keeps the next one as it is", () => {
  const { strategy, steps } = read("deploy.yml").jobs["deploy"] ?? { steps: [] };
  expect(strategy).toMatchObject({ "fail-fast": true, "max-parallel": 1 });
  const [update, checks] = steps.slice(-2).map(({ run }) => run?.split(" ").slice(0, 2).join(" "));
  expect([update, checks]).toEqual(["make deploy", "make checks"]);
});

test("the roles of an account trust the names that these workflows have", () => {
  const roles = readFileSync(path.resolve(FOLDER, "../../stacks/account/foundation.ts"), "utf8");
  expect(roles).toContain('deployEnvironment: "production"');
  expect(files).toEqual(expect.arrayContaining(["deploy.yml", "mirror.yml"]));
});

describe("linters of workflows, where they are installed", () => {
  const root = path.resolve(FOLDER, "../..");
  const has = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;
  const clean = (program: string, args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
    return { status, said: status === 0 ? "" : `${stdout}${stderr}` };
  };

  test.skipIf(!has("actionlint"))("actionlint finds nothing", () => {
    expect(clean("actionlint", [])).toEqual({ status: 0, said: "" });
  });

  test.skipIf(!has("zizmor"))("zizmor finds nothing", () => {
    expect(clean("zizmor", ["--offline", ".github/workflows", "action.yml"])).toEqual({ status: 0, said: "" });
  });
});
