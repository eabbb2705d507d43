/** Puts off loading what Pulumi's SDK requires at its start and a deployment never uses: 0.5 of 0.8 s. */
"use strict";

const Module = require("node:module");

/**
 * For closures that become Lambda functions: a compiler to read them and a package manager to bundle what they import.
 * And the automation API, which starts the Pulumi command line from a program.
 */
const rarelyUsed = new Set(["typescript", "@npmcli/arborist", "./automation"]);

/** Looks like the module; loads it when a member is read. `__esModule` keeps importers from copying all members at once. */
function lazily(load) {
  return new Proxy(
    {},
    {
      get: (_, key) => (key === "__esModule" ? true : key === "default" ? load() : load()[key]),
      has: (_, key) => key in load(),
    },
  );
}

const loadNow = Module._load;

Module._load = function load(request, parent, isMain) {
  const ours = rarelyUsed.has(request) && /[\\/]@pulumi[\\/]pulumi[\\/]/.test(parent?.filename ?? "");
  return ours
    ? lazily(() => loadNow.call(Module, request, parent, isMain))
    : loadNow.call(Module, request, parent, isMain);
};

module.exports = { rarelyUsed };
