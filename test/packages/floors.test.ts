/** The components on the oldest packages that their manifest accepts, as far as the registry at hand has them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { Manifest } from "../../tools/pack/manifest";
import { pack } from "../../tools/pack/pack";
import { PACKAGES, ROOT } from "../../tools/pack/sources";
import { recipesOf } from "../docs/recipes";
import { compiledAs, Stranger } from "./stranger";

/** npm unpacks half a gigabyte of providers. */
const PATIENCE_MS = 600_000;
const NAME = "@fridayproof/components";

const out = mkdtempSync(path.join(tmpdir(), "packed-"));
let tarballs: ReadonlyMap<string, string>;

beforeAll(() => {
  tarballs = new Map([[NAME, pack(out)[PACKAGES.indexOf("components")] ?? ""]]);
}, PATIENCE_MS);
afterAll(() => rmSync(out, { recursive: true, force: true }));

const manifest = JSON.parse(readFileSync(path.join(ROOT, "components", "package.json"), "utf8")) as Manifest;

/** The oldest version that a range accepts. */
function floorOf(range: string): string {
  const [, version] = /^\^(\d+\.\d+\.\d+)$/.exec(range) ?? [];
  if (version === undefined) throw new Error(`no range from a version on: ${range}`);
  return version;
}

const isOptional = (name: string): boolean => manifest.peerDependenciesMeta?.[name]?.optional === true;
const peers = Object.entries(manifest.peerDependencies ?? {}).map(([name, range]) => [name, floorOf(range)] as const);

/** Whether the registry has it: mirrors drop old releases. */
function isServed([name, version]: readonly [string, string]): boolean {
  const args = ["view", `${name}@${version}`, "version"];
  try {
    return execFileSync("npm", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() === version;
  } catch {
    return false;
  }
}

/** An empty project with exactly these packages, and the components beside them. */
function projectWith(packages: typeof peers): Stranger {
  const project = new Stranger(tarballs);
  onTestFinished(() => project.remove());
  project.write("package.json", JSON.stringify({ private: true, dependencies: Object.fromEntries(packages) }));
  const args = ["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"];
  execFileSync("npm", args, { cwd: project.root, stdio: "inherit" });
  project.install(NAME);
  // Some of Pulumi's own manifests say `v4.16.0`.
  const installed = packages.map(([name]) => project.manifest(name).version.replace(/^v/, ""));
  expect(installed).toEqual(packages.map(([, version]) => version));
  return project;
}

const COUNTED = `
const pulumi = require("@pulumi/pulumi");
let resources = 0;
void pulumi.runtime.setMocks({
  call: ({ inputs }) => inputs,
  newResource: ({ name, type, inputs }) => { resources += 1; return { id: name, state: { ...inputs, arn: type } }; },
});
require("./program.cjs");
process.on("exit", () => console.log(resources));
`;

describe("on the floor of its peers", () => {
  it(
    "the README's network is declared, with the peers alone that it cannot do without",
    async ({ skip }) => {
      const needed = peers.filter(([name]) => !isOptional(name));
      const missing = needed.filter((peer) => !isServed(peer));
      skip(missing.length > 0, `the registry has no ${missing.map((peer) => peer.join("@")).join(", ")}`);
      const project = projectWith(needed);
      const example = recipesOf(project.readme(NAME)).find(({ heading }) => heading === "Example")?.blocks;
      const program = example?.find(({ title }) => title === "index.ts")?.text ?? "";
      project.write("program.cjs", compiledAs(ts.ModuleKind.CommonJS, program));
      project.write("main.cjs", COUNTED);
      expect(await project.node("main.cjs")).toEqual({ code: 0, output: "33\n" });
    },
    PATIENCE_MS,
  );

  it(
    "every entry loads, with each optional peer of which the registry has the floor",
    async () => {
      const served = peers.filter(isServed);
      const project = projectWith(served);
      const entries = Object.keys(project.manifest(NAME).exports ?? {}).map((entry) => path.posix.join(NAME, entry));
      const absent = peers.filter((peer) => !served.includes(peer)).map(([name]) => name);
      // A folder that needs an absent peer says so by its name; nothing else may be wrong with it.
      const load = entries.map(
        (entry) =>
          `try { require("${entry}"); } catch (error) { if (!${JSON.stringify(absent)}.some((name) => String(error.message).includes("'" + name))) throw error; }`,
      );
      project.write("load.cjs", load.join("\n"));
      expect(await project.node("load.cjs")).toEqual({ code: 0, output: "" });
    },
    PATIENCE_MS,
  );
});

it("a range without a floor is refused", () => {
  expect(() => floorOf(">=4")).toThrow("no range from a version on: >=4");
});
