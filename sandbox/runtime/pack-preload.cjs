/**
 * Loaded before the policy pack on the sandbox. Pulumi's runner for packs always installs ts-node, and with it the
 * TypeScript compiler, for a compiled pack too (PulumiPolicy.yaml, typescript: false): half of its start.
 */
"use strict";

if (process.env.FRIDAYPROOF_PLAIN_SDK !== "1") require("./lighter-sdk.cjs");
const { readFileSync } = require("node:fs");
const Module = require("node:module");

/** Whether the pack in this folder says that it is compiled: any other may need what is left out here. */
function isCompiled() {
  try {
    return /^\s*typescript:\s*false\s*(#.*)?$/m.test(readFileSync("PulumiPolicy.yaml", "utf8"));
  } catch {
    return false;
  }
}

const loadNow = Module._load;
/** What the runner asks of either: a version to log, the options of a tsconfig.json, and `register`, which changes nothing. */
const absent = {
  version: "none",
  VERSION: "none",
  parseConfigFileTextToJson: () => ({ config: {} }),
  register: () => undefined,
};
/** The files of Pulumi's SDK that ask. */
const asking = /[\\/]@pulumi[\\/]pulumi[\\/](tsutils|typescript-shim|cmd[\\/]run-policy-pack[\\/]run)\.js$/;

if (isCompiled() && process.env.FRIDAYPROOF_PLAIN_SDK !== "1")
  Module._load = function load(request, parent, isMain) {
    const compiler = /(^|[\\/])(typescript|ts-node)(@[\d.]+)?$/.test(request);
    return compiler && asking.test(parent?.filename ?? "") ? absent : loadNow.call(Module, request, parent, isMain);
  };
