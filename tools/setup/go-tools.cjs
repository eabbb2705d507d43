/** Builds the Go programs that some tests run, once, into the user's cache; without Go those tests are skipped by name. */
"use strict";

const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require("node:fs");
const { homedir } = require("node:os");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");
const lockFile = path.join(root, "stacks", "env.lock.json");

/** A cold build of both took 6 minutes of processor time (2026-11-29): on two idle cores half of that. */
const LIMIT_MS = 10 * 60 * 1000;
/** An API server and its dependencies are two thousand packages: 25 minutes of processor time, cold (2026-11-30). */
const WORKSPACE_LIMIT_MS = 60 * 60 * 1000;
/** Without a network this is what a run of the tests waits for, once a day. */
const DOWNLOAD_LIMIT_MS = 60 * 1000;
/** A build that failed is not tried again by every run of the tests. */
const RETRY_MS = 24 * 60 * 60 * 1000;
const POLL_MS = 500;

/** The programs by name: module, version and package, from the lock file. */
const tools = () => JSON.parse(readFileSync(lockFile, "utf8")).tools;

function cacheFolder() {
  const { FRIDAYPROOF_TOOLS: own, XDG_CACHE_HOME: cache } = process.env;
  return own || path.join(cache || path.join(homedir(), ".cache"), "fridayproof", "tools");
}

/** Files below a folder, from it. */
function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name))).sort();
}

/** Eight digits of our own files that are built into a program: another text is another program. */
function sourcesHash(folder) {
  const hash = createHash("sha256");
  for (const file of filesBelow(folder)) hash.update(file).update(readFileSync(path.join(folder, file)));
  return `-${hash.digest("hex").slice(0, 8)}`;
}

/** Where the program is once it is built. */
function toolPath(name) {
  const { version, sources, workspace } = tools()[name];
  const ours = sources ?? workspace;
  const own = ours === undefined ? "" : sourcesHash(path.join(root, ours));
  return path.join(cacheFolder(), `${name}-${version}${own}-${process.platform}-${process.arch}`);
}

const pause = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Runs `work` while no other process does; a lock whose process is gone is nobody's. */
function alone(file, work) {
  const until = Date.now() + LIMIT_MS;
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owner = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
    if (owner > 0 && !alive(owner)) rmSync(file, { force: true });
    else if (Date.now() > until) throw new Error(`process ${owner} has been building it for too long`);
    else pause(POLL_MS);
  }
  try {
    return work();
  } finally {
    rmSync(file, { force: true });
  }
}

function go(args, options) {
  const env = { ...process.env, GOWORK: "off", GOFLAGS: "-mod=readonly", ...options?.variables };
  const result = spawnSync("go", args, { encoding: "utf8", timeout: LIMIT_MS, ...options, env });
  if (result.error?.code === "ENOENT") throw new Error("Go is not on PATH");
  if (result.error?.code === "ETIMEDOUT") throw new Error(`go ${args[0]} ${args[1]} took too long`);
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error((result.stderr || result.stdout).trim().split("\n").slice(-3).join("; "));
  return result.stdout;
}

/** Builds a program into a file that takes its place once it is whole. */
function compiled(target, main, flags, options) {
  const built = `${target}.${process.pid}.new`;
  try {
    go(["build", ...flags, "-o", built, main], options);
    renameSync(built, target);
  } finally {
    rmSync(built, { force: true });
  }
}

/** Kubernetes' release build stamps its version: without one, `/version` names no minor. */
function versionFlags(version) {
  const [major, minor] = version.slice(1).split(".");
  const stamps = { gitVersion: version, gitMajor: major, gitMinor: minor };
  return Object.entries(stamps)
    .map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
    .join(" ");
}

/**
 * In the module's own folder, because `go install` refuses a module with replace directives, as Prometheus' is. Service
 * discovery is left out: no test discovers anything, and it is most of the code.
 */
function build({ module, package: main, version, sources, workspace }, target) {
  if (workspace !== undefined)
    return void compiled(target, main, ["-ldflags", versionFlags(version)], {
      ...{ cwd: path.join(root, workspace), timeout: WORKSPACE_LIMIT_MS },
      // No C library: the program runs wherever the cache is mounted.
      variables: { CGO_ENABLED: "0" },
    });
  const { Dir } = JSON.parse(go(["mod", "download", "-json", `${module}@${version}`], { timeout: DOWNLOAD_LIMIT_MS }));
  const copy = `${target}.${process.pid}.source`;
  try {
    if (sources !== undefined) for (const from of [Dir, path.join(root, sources)]) copyWritable(from, copy);
    const cwd = sources === undefined ? Dir : copy;
    compiled(target, main, ["-trimpath", "-ldflags", "-s -w", "-tags", "remove_all_sd"], { cwd });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Copies a folder over another; the module cache is read-only, and Go refuses overlays of it. */
function copyWritable(from, to) {
  for (const file of filesBelow(from)) {
    const target = path.join(to, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(path.join(from, file)));
  }
}

/** Why the last build failed, if that was not long ago. */
function recentFailure(file) {
  if (!existsSync(file) || Date.now() - statSync(file).mtimeMs > RETRY_MS) return undefined;
  return readFileSync(file, "utf8");
}

/**
 * Makes sure that the program is there. Returns undefined, or one sentence that says why it is not.
 * @param again build even if the last build failed a short while ago.
 */
function ensureTool(name, again) {
  const target = toolPath(name);
  const failure = `${target}.failed`;
  try {
    if (existsSync(target)) return undefined;
    const before = again ? undefined : recentFailure(failure);
    if (before !== undefined) return `${before} (not tried again for a day: make go-tools does)`;
    mkdirSync(path.dirname(target), { recursive: true });
    go(["version"]);
    return alone(`${target}.lock`, () => {
      if (existsSync(target)) return undefined;
      console.error(`fridayproof: building ${name} ${tools()[name].version} with Go, once; some minutes...`);
      try {
        build(tools()[name], target);
        rmSync(failure, { force: true });
        return undefined;
      } catch (error) {
        writeFileSync(failure, error.message);
        throw error;
      }
    });
  } catch (error) {
    return error.message;
  }
}

exports.toolPath = toolPath;

if (require.main === module) {
  const names = process.argv.slice(2).filter((word) => word !== "--again");
  const again = process.argv.includes("--again");
  // What takes minutes of a processor's time is built only where somebody names it.
  const usual = Object.entries(tools()).filter(([, { onRequest }]) => onRequest !== true);
  for (const name of names.length > 0 ? names : usual.map(([own]) => own)) {
    const missing = ensureTool(name, again);
    if (missing === undefined) continue;
    console.error(`fridayproof: no ${name}: ${missing}. The tests that run it are skipped.`);
    if (again) process.exitCode = 1;
  }
}
