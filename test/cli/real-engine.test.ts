/** ENGINE=pulumi: the CLI finds every simulated provider listening, is told all that it needs, and leaves nothing behind. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

const root = path.resolve(__dirname, "../..");
let folder: string;

interface Recorded {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly backend: string;
  readonly passphrase: string;
  readonly attached: Readonly<Record<string, { readonly port: number; readonly version: string }>>;
}

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "real engine-"));
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs a verb with only the given `pulumi` on PATH. */
function run(
  verb: readonly string[],
  { withPulumi = true, exit = 0 } = {},
): Promise<{ code: number | null; errors: string }> {
  const bin = path.join(folder, "bin");
  fs.mkdirSync(bin, { recursive: true });
  if (withPulumi) fs.symlinkSync(path.join(root, "test", "support", "fake-pulumi.cjs"), path.join(bin, "pulumi"));
  fs.symlinkSync(process.execPath, path.join(bin, "node"));
  const args = [
    path.join(root, "cli", "bin.cjs"),
    ...verb,
    "--engine",
    "pulumi",
    "--no-policies",
    "--work",
    path.join(folder, "work"),
  ];
  const env = {
    PATH: bin,
    HOME: folder,
    FAKE_PULUMI_ROOT: root,
    FAKE_PULUMI_RECORD: path.join(folder, "record"),
    FAKE_PULUMI_EXIT: String(exit),
  };
  const child = spawn(process.execPath, args, { cwd: folder, env });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  return new Promise((resolve) => child.once("exit", (code) => resolve({ code, errors })));
}

function recorded(): Recorded[] {
  const lines = fs.readFileSync(path.join(folder, "record"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Recorded);
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(socket.destroy() !== undefined));
    socket.once("error", () => resolve(false));
  });
}

const work = (): string => path.join(folder, "work");

it("attaches every provider at the version of its SDK, in a backend inside the work folder", async () => {
  expect((await run(["up", "--stack", "foundation"])).code).toBe(0);
  const [select, up] = recorded();
  const config = path.join(work(), "pulumi", "Pulumi.foundation.yaml");
  expect(select?.args).toEqual(["stack", "select", "--create", "foundation", "--config-file", config]);
  expect(up?.args).toEqual([
    "up",
    "--yes",
    "--skip-preview",
    "--stack",
    "foundation",
    "--config-file",
    config,
    "--non-interactive",
  ]);
  expect(up).toMatchObject({
    cwd: root,
    passphrase: "sandbox",
    backend: `file://${work().replaceAll(" ", "%20")}/pulumi`,
  });
  const versionOf = (name: string): string =>
    (
      JSON.parse(fs.readFileSync(path.join(root, "node_modules", "@pulumi", name, "package.json"), "utf8")) as {
        version: string;
      }
    ).version;
  const versions = Object.entries(up?.attached ?? {}).map(([name, { version }]) => [name, version]);
  expect(Object.fromEntries(versions)).toEqual(
    Object.fromEntries(["aws", "eks", "kubernetes", "random"].map((name) => [name, versionOf(name)])),
  );
});

it("stops the providers and gives the account back when the CLI fails, and keeps its exit code", async () => {
  expect((await run(["up", "--stack", "foundation"], { exit: 3 })).code).toBe(3);
  const ports = Object.values(recorded()[1]?.attached ?? {}).map(({ port }) => port);
  expect(ports).toHaveLength(4);
  expect(await Promise.all(ports.map(isListening))).toEqual([false, false, false, false]);
  expect(fs.existsSync(path.join(work(), "account.lock"))).toBe(false);
});

it("passes replacements on, and sets secret configuration before the run", async () => {
  await run(["up", "--stack", "foundation", "--replace", "urn:a", "--secret-config", "lab:token=t"]);
  const config = path.join(work(), "pulumi", "Pulumi.foundation.yaml");
  const place = ["--stack", "foundation", "--config-file", config];
  const [, set, up] = recorded();
  expect(set?.args).toEqual(["config", "set", "--secret", "lab:token", "t", ...place]);
  expect(up?.args.slice(-2)).toEqual(["--replace", "urn:a"]);
});

it("keeps the salt that the CLI wrote into its copy of the configuration", async () => {
  await run(["up", "--stack", "foundation"]);
  const config = path.join(work(), "pulumi", "Pulumi.foundation.yaml");
  fs.appendFileSync(config, "encryptionsalt: v1:abc:v1:def\n");
  fs.rmSync(path.join(folder, "bin"), { recursive: true });
  await run(["preview", "--stack", "foundation"]);
  expect(fs.readFileSync(config, "utf8")).toContain("encryptionsalt: v1:abc:v1:def\n");
  expect(fs.readFileSync(path.join(root, "sandbox", "config", "Pulumi.foundation.yaml"), "utf8")).not.toContain(
    "encryptionsalt",
  );
});

it("says where the CLI is to be had when there is none", async () => {
  const { code, errors } = await run(["up", "--stack", "foundation"], { withPulumi: false });
  expect(code).toBe(1);
  expect(errors).toContain(
    "ENGINE=pulumi needs the real Pulumi CLI, and there is no `pulumi` on PATH.\n" +
      "Install it as https://www.pulumi.com/docs/install/ says, or leave ENGINE out: the embedded engine needs nothing.",
  );
});
