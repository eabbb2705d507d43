/**
 * Makes Node require TypeScript: each file compiled once by esbuild and kept, everything else left as fast as it is.
 * The real engine loads the program with tsx, which is esbuild too; tsx parses every JavaScript file and maps every
 * frame, which costs the sandbox 1.3 s of 3.2 s CPU for a preview (measured with Node 20.20).
 */
"use strict";

const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const options = {
  loader: "ts",
  format: "cjs",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  // `import()` of our own files becomes require: Node's own has no TypeScript.
  supported: { "dynamic-import": false },
};
/** What another esbuild or other options make is another file. */
const generation = `${require("esbuild/package.json").version} ${JSON.stringify(options)}`;
const keeps = new Map();

/** Where compiled files of a folder are kept: in the work folder of the project that it belongs to, else nowhere. */
function keepOf(folder) {
  if (!keeps.has(folder)) keeps.set(folder, findKeep(folder));
  return keeps.get(folder);
}

function findKeep(folder) {
  if (existsSync(path.join(folder, "Pulumi.yaml"))) return path.join(folder, ".fridayproof", "compiled");
  const parent = path.dirname(folder);
  return parent === folder ? undefined : keepOf(parent);
}

function keptFile(source, filename) {
  const keep = keepOf(path.dirname(filename));
  const key = createHash("sha256").update(`${generation}\0${filename}\0${source}`).digest("hex");
  return keep === undefined ? undefined : path.join(keep, `${key}.js`);
}

/** Keeping is only for speed: where it fails, as in a read-only folder, the next run compiles again. */
function keep(file, code) {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}.tmp`, code);
    renameSync(`${file}.${process.pid}.tmp`, file);
  } catch {
    return;
  }
}

function readKept(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function compileOnce(source, filename) {
  const kept = keptFile(source, filename);
  const before = kept === undefined ? undefined : readKept(kept);
  if (before !== undefined) return before;
  const { code } = require("esbuild").transformSync(source, { ...options, sourcefile: filename });
  if (kept !== undefined) keep(kept, code);
  return code;
}

// Node tries extensions in this object's order: `./schema` must find schema.ts before a schema.json beside it.
const { ".json": loadJson, ".node": loadNative } = Module._extensions;
delete Module._extensions[".json"];
delete Module._extensions[".node"];

Module._extensions[".ts"] = function loadTypeScript(module, filename) {
  module._compile(compileOnce(readFileSync(filename, "utf8"), filename), filename);
};
Object.assign(Module._extensions, { ".json": loadJson, ".node": loadNative });

// Only our own files are mapped back to their sources: reading the maps of a thousand files of the SDK costs a third
// of a second, and Node 20 hangs for half a minute where it colours a frame of the SDK that was mapped.
const loadJavaScript = Module._extensions[".js"];

Module._extensions[".js"] = function loadUnmapped(module, filename) {
  process.setSourceMapsEnabled(false);
  try {
    loadJavaScript(module, filename);
  } finally {
    process.setSourceMapsEnabled(true);
  }
};
process.setSourceMapsEnabled(true);
