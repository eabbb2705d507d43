/** action.yml: its steps, run as they stand, give the verdict on anybody's plan file. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { terraform } from "../guard/verdict/support";

const ROOT = path.resolve(__dirname, "../..");

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly id?: string;
      readonly uses?: string;
      readonly run?: string;
      readonly env?: Readonly<Record<string, string>>;
    }[];
  };
}

const action = parse(readFileSync(path.join(ROOT, "action.yml"), "utf8")) as Action;
const step = action.runs.steps.find(({ id }) => id === "verdict");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "somebody's repository "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the step as GitHub does: expressions filled in, in the caller's folder. */
function run(given: Readonly<Record<string, string>>): { code: number | null; outputs: string; errors: string } {
  const value = (text: string): string =>
    text
      .replace("${{ github.action_path }}", ROOT)
      .replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, name: string) => given[name] ?? action.inputs[name]?.default ?? "");
  const env = Object.fromEntries(Object.entries(step?.env ?? {}).map(([name, text]) => [name, value(text)]));
  const files = { GITHUB_OUTPUT: path.join(folder, "outputs"), GITHUB_STEP_SUMMARY: path.join(folder, "summary") };
  for (const file of Object.values(files)) writeFileSync(file, "");
  const { status, stderr } = spawnSync("bash", ["-e", "-c", step?.run ?? ""], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...env, ...files },
  });
  return { code: status, outputs: readFileSync(files.GITHUB_OUTPUT, "utf8"), errors: stderr };
}

const plan = (text: string): string => {
  writeFileSync(path.join(folder, "tf plan.json"), text);
  return "tf plan.json";
};
const database = {
  type: "aws_db_instance",
  actions: ["delete"],
  before: { identifier: "orders", password: "hunter-2" },
};
const outage = terraform([{ ...database, sensitive: { password: true } }]);

describe("the action", () => {
  it.each([
    ["SAFE", 0, 0, terraform([{ type: "aws_vpc", before: { tags: { a: "b" } }, after: { tags: { a: "c" } } }])],
    ["DEGRADES", 2, 0, terraform([{ type: "aws_lb", before: { idle_timeout: 60 }, after: { idle_timeout: 30 } }])],
    ["DOWNTIME", 3, 3, outage],
    ["ERROR", 1, 1, "{}"],
  ])("says %s, with exit code %d of the verdict, and ends with %d", (verdict, exit, code, text) => {
    expect(run({ plan: plan(text) })).toMatchObject({
      code,
      outputs: `verdict=${verdict}\nexit-code=${exit}\nreport=fridayproof-report\n`,
    });
  });

  it("leaves the report in the caller's folder and in the summary, without a secret", () => {
    run({ plan: plan(outage), name: "prod" });
    for (const name of ["comment.md", "report.html", "report.sarif"]) {
      const file = path.join(folder, "fridayproof-report", name);
      expect(existsSync(file)).toBe(true);
      expect(readFileSync(file, "utf8")).not.toContain("hunter-2");
    }
    expect(readFileSync(path.join(folder, "summary"), "utf8")).toContain("## DOWNTIME in prod\n");
  });

  it.each([
    ["downtime", 3],
    ["degrades", 3],
    ["never", 0],
  ])("fails on an outage with fail-on %s: %d", (failOn, code) => {
    expect(run({ plan: plan(outage), "fail-on": failOn }).code).toBe(code);
  });

  it.each([
    [{ plan: "" }, "fridayproof: plan: got nothing; allowed: a file of"],
    [{ plan: "x.json", name: "a b\nverdict=SAFE" }, "fridayproof: name: got"],
    [
      { plan: "x.json", "fail-on": "always" },
      'fridayproof: fail-on: got "always"; allowed: downtime, degrades, never.',
    ],
  ])("refuses %j in a sentence", (given, message) => {
    const { code, outputs, errors } = run(given);
    expect([code, outputs]).toEqual([1, ""]);
    expect(errors).toContain(message);
  });

  it("pins what it uses, puts no expression into a shell, and gives out what its step writes", () => {
    for (const { uses, run: shell } of action.runs.steps) {
      if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
      expect(shell ?? "").not.toContain("${{");
    }
    for (const [name, { value }] of Object.entries(action.outputs))
      expect(value).toBe(`\${{ steps.verdict.outputs.${name} }}`);
  });
});
