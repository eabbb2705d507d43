/** The SDK's patches: loaded for the embedded engine alone, and without effect on what a run says and writes. */
import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { inOwnFolder, recorded, run, temporary, up } from "./real-engine";
import { fridayproof, ROOT, temporaryFolder } from "./support";

const MINUTES_3 = 180_000;
const PATCH = "lighter-sdk.cjs";

/** Loaded first by every Node process of a run: writes down the process's script, and each of {@link PATCH} that it loads. */
const PROBE = `
const { appendFileSync } = require("node:fs");
const Module = require("node:module");
const { isMainThread } = require("node:worker_threads");
const script = (process.argv[1] ?? "eval").split("/").slice(-2).join("/");
// A thread of a process is none.
const write = (patched) => isMainThread && appendFileSync(__dirname + "/seen", JSON.stringify([script, patched]) + "\\n");
const load = Module._load;
write(false);
Module._load = (request, ...rest) => {
  if (request.endsWith(${JSON.stringify(PATCH)})) write(true);
  return load(request, ...rest);
};`;

/** Environment in which the probe runs in every process, and what it saw: scripts with whether they were patched. */
function probed(folder: string): { env: Record<string, string>; seen: () => Record<string, boolean> } {
  const probe = path.join(folder, "probe.cjs");
  fs.writeFileSync(probe, PROBE);
  const seen = () =>
    Object.fromEntries(
      fs
        .readFileSync(path.join(folder, "seen"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as [string, boolean]),
    );
  return { env: { NODE_OPTIONS: `--require ${JSON.stringify(probe)}` }, seen };
}

const foundation = (folder: string) => ["preview", "--stack", "foundation", "--work", path.join(folder, "work")];

describe("the patches of the SDK", () => {
  it.each([
    [{}, true],
    [{ FRIDAYPROOF_PLAIN_SDK: "1" }, false],
  ])(
    "are in the program's and the policies' process of the embedded engine, unless they are refused: %o",
    async (more, patched) => {
      const folder = temporaryFolder();
      const { env, seen } = probed(folder);
      expect(await fridayproof(foundation(folder), { env: { ...env, ...more } })).toMatchObject({ code: 0 });
      expect(seen()).toMatchObject({ "cli/bin.cjs": patched, "run-policy-pack/index.js": patched });
    },
  );
});

describe("with the real CLI", () => {
  inOwnFolder();

  it("neither the providers' process nor anything that the CLI starts has them", async () => {
    const { env, seen } = probed(temporary());
    expect(await run(up(), { env })).toMatchObject({ code: 0, errors: "" });
    expect(seen()).toEqual({ "cli/bin.cjs": false, "bin/pulumi": false });
    expect(new Set(recorded().map(({ nodeOptions }) => nodeOptions))).toEqual(new Set([env.NODE_OPTIONS]));
  });

  it("the program has what Pulumi.yaml loads, which changes nothing of the SDK", () => {
    const { env, seen } = probed(temporary());
    const { nodeargs } =
      /nodeargs: (?<nodeargs>.*)/.exec(fs.readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8"))?.groups ?? {};
    const args = [...(nodeargs ?? "").split(" "), "--eval", 'require("@pulumi/pulumi")'];
    execFileSync(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env } });
    expect(seen()).toEqual({ eval: false });
  });

  it("the policies are started by their own project file, as the CLI starts them", async () => {
    const { env, seen } = probed(temporary());
    const pack = path.join(ROOT, "policies");
    const runner = path.join(ROOT, "node_modules/@pulumi/pulumi/cmd/run-policy-pack/index.js");
    const child = spawn(process.execPath, [runner, "127.0.0.1:1", pack], {
      cwd: pack,
      env: { ...process.env, ...env },
    });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGKILL");
    expect(seen()).toEqual({ "run-policy-pack/index.js": false });
  });
});

/** What differs between two runs of the same: moments, durations, drawn ids, and what encryption draws. */
const DRAWN = new Set(["time", "created", "modified", "duration", "salt", "ciphertext"]);
const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

function comparable(text: string): unknown {
  const value = JSON.parse(text, (key, member: unknown) =>
    DRAWN.has(key) ? key : typeof member === "string" ? member.replace(ID, "id") : member,
  ) as { deployment?: { resources: unknown[] }; objects?: unknown[] };
  // What does not wait for one another is written in the order in which it was done.
  for (const rows of [value.deployment?.resources, value.objects])
    rows?.sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other), "en"));
  return value;
}

/** Everything that a plan and an update of dev say and write. */
async function lifeOfDev(env: Record<string, string>) {
  const work = temporaryFolder();
  const dev = (verb: string, ...more: string[]) =>
    fridayproof([verb, "--stack", "dev", "--work", work, ...more], { env });
  const preview = await dev("preview", "--json");
  const update = await dev("up");
  expect([preview.code, update.code]).toEqual([0, 0]);
  const written = (file: string) => comparable(fs.readFileSync(path.join(work, file), "utf8"));
  const findings = update.stdout.slice(update.stdout.search(/^Policies/m), update.stdout.search(/^\+ /m));
  return {
    plan: comparable(preview.stdout),
    state: written("stacks/dev.json"),
    account: written("account.json"),
    findings,
  };
}

it(
  "a run with the patches says and writes what a run without them does",
  async () => {
    const [patched, plain] = [await lifeOfDev({}), await lifeOfDev({ FRIDAYPROOF_PLAIN_SDK: "1" })];
    expect(patched).toEqual(plain);
    expect(patched.findings).toContain("nat-per-az");
  },
  MINUTES_3,
);
