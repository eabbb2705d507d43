/** ENGINE=pulumi: the CLI finds every simulated provider listening, is told all that it needs, and leaves nothing behind. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import {
  configOf,
  filesIn,
  inOwnFolder,
  isListening,
  recorded,
  root,
  run,
  temporary,
  up,
  work,
  workspace,
} from "./real-engine";

inOwnFolder();

describe("a run on the real CLI", () => {
  it("makes its stack in the workspace, then runs from the project on the stack's configuration", async () => {
    expect(await run(up())).toMatchObject({ code: 0, errors: "" });
    const [select, second] = recorded();
    expect(select).toMatchObject({
      args: ["stack", "select", "--create", "foundation", "--non-interactive"],
      cwd: fs.realpathSync(workspace()),
    });
    expect(second?.args).toEqual([
      "up",
      "--yes",
      "--stack",
      "foundation",
      "--config-file",
      configOf("foundation"),
      "--non-interactive",
    ]);
    expect(second).toMatchObject({
      cwd: root,
      passphrase: "sandbox",
      backend: `file://${work().replaceAll(" ", "%20")}/pulumi`,
    });
    expect(fs.readFileSync(path.join(workspace(), "Pulumi.yaml"), "utf8")).toBe("name: fridayproof\nruntime: nodejs\n");
  });

  it("attaches every provider at the version of its SDK", async () => {
    await run(up());
    const versionOf = (name: string): string =>
      (
        JSON.parse(fs.readFileSync(path.join(root, "node_modules", "@pulumi", name, "package.json"), "utf8")) as {
          version: string;
        }
      ).version;
    const versions = Object.entries(recorded()[1]?.attached ?? {}).map(([name, { version }]) => [name, version]);
    expect(Object.fromEntries(versions)).toEqual(
      Object.fromEntries(["aws", "eks", "kubernetes", "random"].map((name) => [name, versionOf(name)])),
    );
  });

  it("stops the providers and gives the account back when the CLI fails, and keeps its exit code", async () => {
    expect((await run(up(), { exit: 3 })).code).toBe(3);
    const ports = Object.values(recorded()[1]?.attached ?? {}).map(({ port }) => port);
    expect(ports).toHaveLength(4);
    expect(await Promise.all(ports.map(isListening))).toEqual([false, false, false, false]);
    expect(fs.existsSync(path.join(work(), "account.lock"))).toBe(false);
  });

  it("gives the policies with their configuration to what runs the program, and to nothing else", async () => {
    await run(["up", "--yes", "--stack", "foundation"]);
    await run(["refresh", "--stack", "foundation"]);
    const [, upCall, , refresh] = recorded();
    expect(upCall?.args.slice(-4)).toEqual([
      "--policy-pack",
      path.join(root, "policies"),
      "--policy-pack-config",
      path.join(root, "stacks", "policies", "foundation.json"),
    ]);
    expect(refresh?.args.slice(0, 3)).toEqual(["refresh", "--yes", "--skip-preview"]);
    expect(refresh?.args).not.toContain("--policy-pack");
  });

  it("passes targets, replacements, configuration and parallelism on", async () => {
    const more = [
      "--replace",
      "urn:a",
      "--target",
      "urn:b",
      "--config",
      "fridayproof:teardown=true",
      "--parallel",
      "3",
    ];
    await run(up(...more));
    expect(recorded()[1]?.args.slice(7)).toEqual([
      "--config",
      "fridayproof:teardown=true",
      "--target",
      "urn:b",
      "--replace",
      "urn:a",
      "--parallel",
      "3",
    ]);
  });

  it("shows outputs and previews of the stack that the CLI keeps", async () => {
    const outputs = await run(["outputs", "--stack", "dev", "--json"]);
    expect(JSON.parse(outputs.output)).toEqual({ url: "https://dev.example.com", password: "[secret]" });
    await run(["refresh", "--stack", "foundation", "--preview-only", "--expect-no-changes"]);
    expect(recorded().at(-1)?.args.slice(0, 2)).toEqual(["refresh", "--preview-only"]);
    expect(recorded().at(-1)?.args.at(-1)).toBe("--expect-no-changes");
  });
});

describe("configuration for the real CLI", () => {
  it("is a copy that alone receives the salt, and keeps it", async () => {
    const before = fs.readFileSync(path.join(root, "stacks", "sandbox", "Pulumi.foundation.yaml"), "utf8");
    await run(up());
    const salt = "encryptionsalt: v1:c2FsdA==:v1:dGVzdA==\n";
    expect(fs.readFileSync(configOf("foundation"), "utf8")).toBe(`${before.trimEnd()}\n${salt}`);
    await run(["preview", "--stack", "foundation", "--no-policies"]);
    expect(fs.readFileSync(configOf("foundation"), "utf8")).toBe(`${before.trimEnd()}\n${salt}`);
    expect(fs.readFileSync(path.join(root, "stacks", "sandbox", "Pulumi.foundation.yaml"), "utf8")).toBe(before);
    expect(fs.existsSync(path.join(root, "stacks", "config", "Pulumi.foundation.yaml"))).toBe(false);
  });

  it("takes a secret through standard input, so that no argument and no file holds it in the clear", async () => {
    await run(up("--secret-config", "lab:token=tr0ub4dor"));
    const [, set] = recorded();
    expect(set).toMatchObject({
      args: ["config", "set", "--secret", "lab:token", "--stack", "foundation", "--non-interactive"],
      cwd: fs.realpathSync(workspace()),
    });
    expect(fs.readFileSync(configOf("foundation"), "utf8")).toContain(Buffer.from("tr0ub4dor").toString("hex"));
    expect(filesIn(temporary()).filter(([, text]) => text.includes("tr0ub4dor"))).toEqual([]);
    await run(up());
    expect(fs.readFileSync(configOf("foundation"), "utf8")).not.toContain("secure");
  });

  it("of an unknown stack makes no stack and no backend", async () => {
    const { code, errors } = await run(["up", "--yes", "--stack", "nowhere", "--no-policies"]);
    expect(code).toBe(6);
    expect(errors).toContain("no stack named 'nowhere' found");
    expect(fs.existsSync(workspace())).toBe(false);
  });
});

describe("the fake CLI", () => {
  it("refuses what CLI 3.260 does not list, in its words", async () => {
    const fake = spawn(
      process.execPath,
      [
        path.join(root, "test", "support", "fake-pulumi.cjs"),
        "stack",
        "select",
        "--create",
        "dev",
        "--config-file",
        "x",
      ],
      { env: { ...process.env, FAKE_PULUMI_ROOT: root } },
    );
    let errors = "";
    fake.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const code = await new Promise((resolve) => fake.once("close", resolve));
    expect([code, errors]).toEqual([1, "error: unknown flag: --config-file\n"]);
  });
});

it("says where the CLI is to be had when there is none and none can be fetched", async () => {
  const { code, errors } = await run(up(), { withPulumi: false });
  expect(code).toBe(1);
  expect(errors).toContain(
    "fridayproof: ENGINE=pulumi needs the real Pulumi CLI: there is no `pulumi` on PATH, and the npm package `pulumi` could not fetch it (offline).\n" +
      "Install it as in https://www.pulumi.com/docs/install/, or leave ENGINE out: the embedded engine needs nothing.\n",
  );
});

it("takes the CLI that the npm package keeps, where PATH has none", async () => {
  const { version } = JSON.parse(
    fs.readFileSync(path.join(root, "node_modules", "pulumi", "package.json"), "utf8"),
  ) as { version: string };
  const kept = path.join(temporary(), "pulumi-home", "versions", version, "bin");
  fs.mkdirSync(kept, { recursive: true });
  fs.symlinkSync(path.join(root, "test", "support", "fake-pulumi.cjs"), path.join(kept, "pulumi"));
  expect(await run(up(), { withPulumi: false })).toMatchObject({ code: 0, errors: "" });
  expect(recorded().map(({ args }) => args[0])).toEqual(["stack", "up"]);
});

it.each([
  [["graph"], "graph"],
  [["cancel"], "cancel"],
])("refuses %s, which runs on the embedded engine alone", async (verb, name) => {
  expect(await run(verb)).toMatchObject({
    code: 2,
    errors: `error: option '--engine <name>' argument 'pulumi' is invalid. ${name} runs on the embedded engine alone.\n(fridayproof --help lists the verbs)\n`,
  });
});
