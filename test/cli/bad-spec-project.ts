/** Projects with one bad spec, and the command line run on them in this process. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
// The verbs and the specs are TypeScript, and read by `require`, as the command line does.
import "tsx/cjs";
import { expect, vi } from "vitest";
import type { main as Main } from "../../cli/main";
import { ROOT, temporaryFolder } from "./support";

// `main` listens at both streams once for each run, of which a process has one.
process.stdout.setMaxListeners(0);
process.stderr.setMaxListeners(0);

const { main } = createRequire(__filename)("../../cli/main.ts") as { readonly main: typeof Main };

/** This project's hooks, for an environment that has one application. */
const HOOKS = `
const house = (file) => require(${JSON.stringify(`${ROOT}/`)} + file);
const applications = JSON.parse(require("node:fs").readFileSync(__dirname + "/applications.json", "utf8"));
const { dev } = house("stacks/environments/dev.ts");
const of = [{ ...dev, gitOps: { ...dev.gitOps, applications } }];
exports.render = ({ root }) => house("tools/generate/render.ts").renderedApplications(root, of);
exports.releasePlan = (name, { root }) => house("tools/generate/release-plan.ts").releasePlan(root, name);
exports.newApplication = (request, { root }) => house("tools/generate/new-application.ts").newApplication(request, root);
`;

/** A digest of one letter. */
export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;
/** The digest of each image. */
export const DIGEST = digest("a");
/** The application's image. */
export const IMAGE = `registry.example.com/shop:1.4.2@${DIGEST}`;
/** The image of smoke tests. */
export const CURL = `registry.example.com/curl:8.10.1@${DIGEST}`;
/** The smallest spec. */
export const SPEC = { name: "shop", image: IMAGE, port: 8080, readinessPath: "/ready", livenessPath: "/live" };
/** Text of the module that exports a spec. */
export const moduleOf = (spec: object): string => `export const spec = ${JSON.stringify(spec)};\n`;

/** What of a project may be another way; undefined leaves the file out. */
export interface Parts {
  readonly name?: string;
  /** Text of the spec's module. */
  readonly module?: string | undefined;
  readonly images?: string | undefined;
  readonly environment?: string;
}

/** Writes such a project into a temporary folder. */
export function project(parts: Parts): string {
  const {
    name = "shop",
    module,
    images,
    environment,
  } = {
    images: JSON.stringify({ curl: CURL }),
    environment: "export const dev = { applications: [] };\n",
    ...parts,
  };
  const root = temporaryFolder();
  const files: Readonly<Record<string, string | undefined>> = {
    "Pulumi.yaml": "name: small\nruntime: nodejs\n",
    "package.json": JSON.stringify({ fridayproof: { hooks: "hooks.cjs" } }),
    "hooks.cjs": HOOKS,
    "applications.json": JSON.stringify([name]),
    "stacks/environments/dev.ts": environment,
    "apps/images.json": images,
    [`apps/${name}.ts`]: module,
    [`gitops/dev/${name}/rollout.yaml`]: "kind: Rollout\n",
    "gitops/dev/old/rollout.yaml": "kind: Rollout\n",
  };
  for (const [file, text] of Object.entries(files)) {
    if (text === undefined) continue;
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

/** Every file below a folder, with its text. */
function contents(root: string): Readonly<Record<string, string>> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = files.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(named.map((file) => [path.relative(root, file), readFileSync(file, "base64")]));
}

/** Runs it; returns what it says on standard error. Nothing may be written, and nothing printed besides. */
export async function refused(root: string, code: number, ...args: readonly string[]): Promise<string> {
  const before = contents(root);
  const error = vi.spyOn(console, "error").mockReturnValue();
  const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const ended = await main([...args, "-C", root]);
  const said = error.mock.calls.map(([line]) => String(line)).join("\n");
  const printed = out.mock.calls.map(([chunk]) => String(chunk)).join("");
  vi.restoreAllMocks();
  expect({ code: ended, printed }).toEqual({ code, printed: "" });
  expect(contents(root)).toEqual(before);
  return said;
}

/** What is printed of problems. */
export function problems(subject: string, lines: readonly string[]): string {
  const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
  return [`fridayproof: ${count} in ${subject}:`, ...lines.map((line) => `  ${line}`)].join("\n");
}
