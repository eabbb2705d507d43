/** Finds nginx, Redis and PostgreSQL for the tests that run them; as root on Debian it installs them, else those tests are skipped by name. */
"use strict";

const { spawnSync } = require("node:child_process");
const { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");

/** Each program, and Debian's package of it. */
const PACKAGES = { nginx: "nginx", "redis-server": "redis-server", postgres: "postgresql" };
/** Debian keeps PostgreSQL's programs here, by major, and off PATH. */
const POSTGRES = "/usr/lib/postgresql";
/** Where no network answers this is what a run of the tests waits for. */
const LIMIT_MS = 120 * 1000;
/** Debian's own way to say: start no service that is installed (policy-rc.d; 101 is "not allowed"). */
const POLICY = "/usr/sbin/policy-rc.d";
/** Whoever finds the file after a run that was killed sees whose it is; it forbids nothing once that run is gone. */
const OURS = "# Written by fridayproof while it installs packages.";

/** The machine that this runs on. */
const here = () => ({
  path: process.env.PATH || "",
  system: ["/usr/sbin", "/usr/local/sbin"],
  postgres: POSTGRES,
  policy: POLICY,
  isRoot: process.getuid?.() === 0,
  limitMs: LIMIT_MS,
});

function executable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function folders(name, { path: given, system, postgres }) {
  const onPath = given.split(path.delimiter).filter((folder) => folder !== "");
  const majors = name === "postgres" && existsSync(postgres) ? readdirSync(postgres) : [];
  const newest = majors.sort((a, b) => Number(b) - Number(a)).map((major) => path.join(postgres, major, "bin"));
  return [...onPath, ...system, ...newest];
}

const find = (name, machine) =>
  folders(name, machine)
    .map((folder) => path.join(folder, name))
    .find(executable);

/** Where the program is. @throws Error when it is not there. */
function programPath(name, machine = here()) {
  const file = find(name, machine);
  if (file === undefined)
    throw new Error(`${name} is not there: install ${PACKAGES[name]} (apt-get install ${PACKAGES[name]})`);
  return file;
}

const missingPrograms = (machine = here()) => Object.keys(PACKAGES).filter((name) => find(name, machine) === undefined);

/** Runs apt-get; returns its last words when it fails. */
function apt(args, machine) {
  const env = { ...process.env, PATH: machine.path, DEBIAN_FRONTEND: "noninteractive" };
  const result = spawnSync(find("apt-get", machine), args, { encoding: "utf8", timeout: machine.limitMs, env });
  if (result.error?.code === "ETIMEDOUT") return `no end within ${machine.limitMs / 1000} s`;
  if (result.error) return result.error.message;
  return result.status === 0 ? undefined : (result.stderr || result.stdout).trim().split("\n").at(-1);
}

/** Forbids services to start for as long as this process lives; returns how to allow them again. */
function forbidServices({ policy }) {
  const isForeign = existsSync(policy) && !readFileSync(policy, "utf8").includes(OURS);
  if (isForeign) return () => undefined;
  writeFileSync(policy, `#!/bin/sh\n${OURS}\nkill -0 ${process.pid} 2> /dev/null && exit 101\nexit 0\n`, {
    mode: 0o755,
  });
  return () => rmSync(policy);
}

/** Installs without starting a service: what the tests need they start themselves. Returns undefined, or why not. */
function install(names, machine) {
  const ask = ["install", "-y", "--no-install-recommends", ...names.map((name) => PACKAGES[name])];
  let allow = () => undefined;
  try {
    allow = forbidServices(machine);
    if (apt(ask, machine) === undefined) return undefined;
    // Without its lists apt-get knows no package. What an update cannot reach is a warning only: the next attempt says it.
    return apt(["update"], machine) || apt(ask, machine);
  } catch (error) {
    return error.message;
  } finally {
    allow();
  }
}

/** Makes sure that they are there. Returns undefined, or one sentence that says why not. */
function ensurePrograms(machine = here()) {
  const missing = missingPrograms(machine);
  if (missing.length === 0) return undefined;
  const names = missing.join(", ");
  if (find("apt-get", machine) === undefined) return `${names} not found, and there is no apt-get to install them`;
  if (!machine.isRoot) return `${names} not found, and only root installs Debian's packages`;
  console.error(`fridayproof: installing Debian's packages of ${names}, once...`);
  const failed = install(missing, machine);
  if (failed !== undefined) return `${names} not found, and apt-get failed: ${failed}`;
  const left = missingPrograms(machine);
  return left.length === 0 ? undefined : `${left.join(", ")} not found after apt-get had installed them`;
}

exports.programPath = programPath;
exports.missingPrograms = missingPrograms;
exports.ensurePrograms = ensurePrograms;

if (require.main === module) {
  const problem = ensurePrograms();
  if (problem !== undefined) {
    console.error(`fridayproof: ${problem}. The tests that run them are skipped.`);
    if (process.argv.includes("--needed")) process.exitCode = 1;
  }
}
