/**
 * Runs tests under several versions of Node, each brought by the npm package `node`, and prints a row of
 * docs/node-versions.md for each. Arguments: test folders (default: test/sandbox); VERSIONS="20 22" for some.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const DEFAULT_VERSIONS = "20 22 24 26";
const MILLISECONDS = 1000;

/** The path of the newest Node of that major, after npm has brought it; kept in .fridayproof/. */
export function nodeOf(version) {
  const folder = path.join(root, ".fridayproof", "node", version);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), "{}\n");
  const words = ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", `node@${version}`];
  execFileSync("npm", words, { cwd: folder, stdio: ["ignore", 2, 2] });
  const node = path.join(folder, "node_modules", "node", "bin", "node");
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  if (stdout?.startsWith(`v${version}.`)) return node;
  throw new Error(`the npm package node@${version} brought no such Node: does npm run its install script?`);
}

/** Runs vitest of the project in `folder` under that Node; the counts come from its report. */
export function testUnder(node, folder, tests) {
  const temporary = mkdtempSync(path.join(tmpdir(), "matrix-"));
  const report = path.join(temporary, "report.json");
  const vitest = path.join(folder, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const started = Date.now();
  try {
    const { status } = spawnSync(node, [vitest, "run", ...tests, ...reporters], {
      cwd: folder,
      stdio: ["ignore", 2, 2],
    });
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
    const seconds = Math.round((Date.now() - started) / MILLISECONDS);
    return { status, passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, seconds };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** A row of the table, marked as what it is: seen on that day. */
export function row(name, tests, { passed, failed, skipped }) {
  const day = new Date().toISOString().slice(0, "YYYY-MM-DD".length);
  return `| ${name} | ${tests.join(" ")} | ${passed} | ${failed} | ${skipped} | MEASURED ${day} |`;
}

function main(tests) {
  const versions = (process.env.VERSIONS ?? DEFAULT_VERSIONS).split(/\s+/).filter((version) => version !== "");
  let failed = false;
  for (const version of versions) {
    const node = nodeOf(version);
    const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
    const result = testUnder(node, root, tests);
    console.log(row(`Node ${stdout.trim().slice(1)}`, tests, result));
    failed ||= result.status !== 0;
  }
  process.exitCode = failed ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tests = process.argv.slice(2);
  main(tests.length > 0 ? tests : ["test/sandbox"]);
}
