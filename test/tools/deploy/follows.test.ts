/** The replica follows production: by what GitHub says of the newest deployment, and only where its plan changes something. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { StandIns } from "./stand-ins";

const TOOLS = path.resolve(__dirname, "../../../tools/deploy");
const SHA = "0123456789abcdef0123456789abcdef01234567";
const OTHER = "fedcba9876543210fedcba9876543210fedcba98";
const CALL =
  "run list --repo my-org/my-platform --workflow deploy.yml --event push --branch main --limit 1 --json conclusion,headSha,status,url";
const url = "https://github.com/my-org/my-platform/actions/runs/7";

let programs: StandIns;
beforeEach(() => {
  programs = new StandIns();
});

function job(file: string, env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(TOOLS, file)], {
    cwd: programs.folder,
    encoding: "utf8",
    env: { ...programs.env, ...env },
  });
  return { status, stdout, stderr };
}

describe("the newest deployment of production", () => {
  const follows = (...runs: readonly object[]) => {
    programs.add("gh", { [CALL]: JSON.stringify(runs) });
    const env = { GITHUB_REF_NAME: "main", GITHUB_REPOSITORY: "my-org/my-platform", GITHUB_SHA: SHA };
    return job("follows.mjs", env);
  };
  const run = (more: object) => ({ conclusion: "success", headSha: SHA, status: "completed", url, ...more });

  it("of this commit that ended well lets the replica follow", () => {
    expect(follows(run({}))).toEqual({ status: 0, stdout: `production has 0123456789ab: ${url}\n`, stderr: "" });
    expect(programs.calls).toEqual([`gh ${CALL}`]);
  });

  it.each<[string, readonly object[], string]>([
    [
      "of another commit",
      [run({ headSha: OTHER })],
      `${url} deploys fedcba987654, and this run is of 0123456789ab: start a new one.`,
    ],
    [
      "that failed",
      [run({ conclusion: "failure" })],
      `${url} is failure: the replica follows when production has 0123456789ab.`,
    ],
    [
      "that waits for its reviewer",
      [run({ conclusion: "", status: "waiting" })],
      `${url} is waiting: the replica follows when production has 0123456789ab.`,
    ],
    ["that there is none of", [], "nothing of main was ever deployed: production comes first."],
  ])("%s holds it back", (_title, runs, message) => {
    const stderr = `fridayproof: ${message} Nothing was changed.\n`;
    expect(follows(...runs)).toEqual({ status: 1, stdout: "", stderr });
  });

  it("that cannot be read holds it back", () => {
    programs.add("gh", {});
    const { status, stderr } = job("follows.mjs", {});
    expect([status, stderr]).toEqual([
      1,
      "unknown call\nfridayproof: the deployments of production cannot be read. Nothing was changed.\n",
    ]);
  });
});

describe("the plan of a stack", () => {
  it.each<[string, readonly string[], boolean]>([
    ["that updates something", ["same", "update"], true],
    ["that only deletes", ["delete"], true],
    ["that keeps, reads and refreshes", ["same", "read", "refresh"], false],
    ["of nothing", [], false],
  ])("%s has changes or none, as the next job reads", (_title, ops, changes) => {
    const output = path.join(programs.folder, "output");
    writeFileSync(output, "");
    mkdirSync(path.join(programs.folder, "reports"));
    const plan = JSON.stringify({ steps: ops.map((op) => ({ op })) });
    writeFileSync(path.join(programs.folder, "reports", "plan-replica.json"), plan);
    const { status, stdout } = job("changes.mjs", { STACK: "replica", GITHUB_OUTPUT: output });
    expect([status, stdout]).toEqual([0, `replica: the plan has ${changes ? "" : "no "}changes\n`]);
    expect(readFileSync(output, "utf8")).toBe(`changes=${String(changes)}\n`);
  });
});
