/** Finds nginx, Redis and PostgreSQL for the tests that run them; as root on Debian it installs them, else those tests are skipped by name. */
"use strict";

const { spawnSync } = require("node:child_process");
const { accessSync, constants, existsSync, readdirSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");

/** Each program, and Debian's package of it. */
const PACKAGES = { nginx: "nginx", "redis-server": "redis-server", postgres: "postgresql" };
/** Debian keeps PostgreSQL's programs here, by major, and off PATH. */
const POSTGRES = "/usr/lib/postgresql";
/** Where no network answers this is what a run of the tests waits for. */
const LIMIT_MS = 120 * 1000;
/** Debian's own way to say: start no service that is installed (policy-rc.d; 101 is "not allowed"). */
const POLICY = "/usr/sbin/policy-rc.d";

function executable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function folders(name) {
  const onPath = (process.env.PATH || "").split(path.delimiter).filter((folder) => folder !== "");
  const majors = name === "postgres" && existsSync(POSTGRES) ? readdirSync(POSTGRES) : [];
  const newest = majors.sort((a, b) => Number(b) - Number(a)).map((major) => path.join(POSTGRES, major, "bin"));
  return [...onPath, "/usr/sbin", "/usr/local/sbin", ...newest];
}

const find = (name) =>
  folders(name)
    .map((folder) => path.join(folder, name))
    .find(executable);

/** Where the program is. @throws Error when it is not there. */
function programPath(name) {
  const file = find(name);
  if (file === undefined)
    throw new Error(`${name} is not there: install ${PACKAGES[name]} (apt-get install ${PACKAGES[name]})`);
  return file;
}

const missingPrograms = () => Object.keys(PACKAGES).filter((name) => find(name) === undefined);

/** Runs apt-get; returns its last words when it fails. */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const result = spawnSync("apt-get", args, { encoding: "utf8", timeout: LIMIT_MS, env });
  if (result.error) return result.error.message;
  return result.status === 0 ? undefined : (result.stderr || result.stdout).trim().split("\n").at(-1);
}

/** Installs without starting a service: what the tests need they start themselves. */
function install(names) {
  const own = !existsSync(POLICY);
  if (own) writeFileSync(POLICY, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    const packages = names.map((name) => PACKAGES[name]);
    const ask = ["install", "-y", "--no-install-recommends", ...packages];
    if (apt(ask) === undefined) return undefined;
    return apt(["update"]) || apt(ask);
  } finally {
    if (own) rmSync(POLICY);
  }
}

/** Makes sure that they are there. Returns undefined, or one sentence that says why not. */
function ensurePrograms() {
  const missing = missingPrograms();
  if (missing.length === 0) return undefined;
  const names = missing.join(", ");
  if (process.getuid?.() !== 0 || find("apt-get") === undefined)
    return `${names} not found, and only root installs Debian's packages`;
  console.error(`fridayproof: installing Debian's packages of ${names}, once...`);
  const failed = install(missing);
  return failed === undefined ? undefined : `${names} not found, and apt-get failed: ${failed}`;
}

exports.programPath = programPath;
exports.missingPrograms = missingPrograms;

if (require.main === module) {
  const problem = ensurePrograms();
  if (problem !== undefined) {
    console.error(`fridayproof: ${problem}. The tests that run them are skipped.`);
    if (process.argv.includes("--needed")) process.exitCode = 1;
  }
}
