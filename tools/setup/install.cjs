/** Installs what package-lock.json says and compiles the policies, each only when its sources changed since. */
"use strict";

const { spawnSync } = require("node:child_process");
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const { missingPackages } = require("../../cli/require-node.cjs");
const { hashOf } = require("./source-hash.cjs");

/** Ends with one sentence: what a person reads must not be a stack trace. */
function fail(sentence) {
  console.error(`fridayproof: ${sentence}`);
  process.exit(1);
}

function writeStamp(file, content) {
  try {
    writeFileSync(file, content);
  } catch (error) {
    fail(`cannot write ${file} (${error.code}): the project's folder must be writable.`);
  }
}

const readStamp = (file) => (existsSync(file) ? readFileSync(file, "utf8") : undefined);

/** Runs npm; its own words are shown, ours come last so that they are what is read. */
function npm(root, args, failure) {
  // Windows finds npm.cmd only through a shell; the arguments are ours, never a user's.
  const result = spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (result.error?.code === "ENOENT") fail("npm is not on PATH. It comes with Node.js: https://nodejs.org.");
  if (result.status !== 0) fail(failure);
}

function installPackages(root) {
  const stamp = path.join(root, "node_modules", ".fridayproof-install");
  const expected = hashOf(root, ["package-lock.json"]);
  if (readStamp(stamp) === expected && missingPackages(root).length === 0) return;
  console.error("fridayproof: installing packages (npm ci), once...");
  npm(root, ["ci", "--loglevel=error"], "`npm ci` failed, the reason stands above; nothing was started.");
  const missing = missingPackages(root);
  if (missing.length > 0) fail(`npm ci left out ${missing.join(", ")}: remove node_modules and try again.`);
  writeStamp(stamp, expected);
}

/** Hash over all that the compiled pack was made from; undefined where it was never compiled, or one of its sources is gone. */
function packHash(root) {
  const inputs = readStamp(path.join(root, "policies", "dist", ".inputs"));
  const files = inputs?.split("\n").filter((file) => file !== "") ?? [];
  return files.length > 0 && files.every((file) => existsSync(path.join(root, file))) ? hashOf(root, files) : undefined;
}

/** Compiles the policy project when anything that went into it changed. */
function buildPolicies(root) {
  if (!existsSync(path.join(root, "policies", "tsconfig.json"))) return;
  const stamp = path.join(root, "policies", "dist", ".source-hash");
  const compiled = packHash(root);
  if (compiled !== undefined && readStamp(stamp) === compiled) return;
  console.error("fridayproof: compiling the policies...");
  npm(root, ["run", "--silent", "build:policies"], "the policies do not compile, the reason stands above.");
  // Without a hash the next run compiles again: a source went away while the compiler read it.
  writeStamp(stamp, packHash(root) ?? "");
}

exports.buildPolicies = buildPolicies;

/** Everything a target of the Makefile needs. */
exports.setUp = function setUp(root) {
  installPackages(root);
  buildPolicies(root);
};
