/**
 * Runs tests with the newest Pulumi SDK, in a copy of the project that is thrown away: what the next update would break is
 * known before it. Arguments: test folders (default: test/sandbox). The copy runs under the newest Node that its SDK asks
 * for, which the npm package `node` brings where this one is too old.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { nodeOf, row, testUnder } from "./node-matrix.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The SDK itself; the providers' packages are generated, and bring nothing that an engine must know. */
const SDK = ["@pulumi/pulumi", "@pulumi/policy"];

/** What git knows of the project, as it stands in the folder. */
function copyProject(folder) {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  for (const file of listed
    .toString()
    .split("\0")
    .filter((name) => name !== "")) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    cpSync(path.join(root, file), path.join(folder, file));
  }
}

const manifestOf = (folder, name) =>
  JSON.parse(readFileSync(path.join(folder, "node_modules", name, "package.json"), "utf8"));

/** The running Node, or the oldest newer one that the SDK takes. */
function nodeFor({ engines }) {
  const expected = Number(/\d+/.exec(engines?.node ?? "")?.[0] ?? 0);
  return expected <= Number(process.versions.node.split(".")[0]) ? process.execPath : nodeOf(String(expected));
}

const tests = process.argv.length > 2 ? process.argv.slice(2) : ["test/sandbox"];
const folder = mkdtempSync(path.join(tmpdir(), "next-sdk-"));
try {
  copyProject(folder);
  const npm = (...words) => execFileSync("npm", words, { cwd: folder, stdio: ["ignore", 2, 2] });
  npm("install", "--no-audit", "--no-fund", "--loglevel=error", "--force", ...SDK.map((name) => `${name}@latest`));
  const node = nodeFor(manifestOf(folder, SDK[0]));
  const versions = SDK.map((name) => `${name} ${manifestOf(folder, name).version}`).join(", ");
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim().slice(1);
  const result = testUnder(node, folder, tests);
  console.log(row(`${versions}, Node ${version}`, tests, result));
  process.exitCode = result.status;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
