/** Spares the sandbox work of Pulumi's SDK whose results nobody there sees. The real engine runs the SDK as it is. */
"use strict";

require("./lazy-modules.cjs");
const Module = require("node:module");
const { setFlagsFromString } = require("node:v8");

/**
 * How much bytecode a function runs before V8 optimises it: about nine times its default. A run of seconds ends before
 * optimised code has paid for its making (measured: a sixth of a preview's CPU time); what is truly hot still gets it.
 * Only for the V8 of Node 20, where that was measured: others may not know the flag, and would say so.
 */
const OPTIMISE_AFTER_BYTES = 600_000;

if (process.versions.v8.startsWith("11.")) setFlagsFromString(`--interrupt-budget=${OPTIMISE_AFTER_BYTES}`);

/**
 * The SDK keeps a stack trace with each promise, a dozen a resource, for who hunts a leak with this variable; with
 * source maps on they are a quarter of a preview's work.
 */
function withoutTraces(debuggable) {
  if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
  const { debuggablePromise } = debuggable;
  // Another shape may not make the trace where it is left out here, or may make more than that.
  if (typeof debuggablePromise !== "function" || debuggablePromise.length !== 2) return;
  debuggable.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}

/** What is done to a module before anyone sees it, by how it is asked for and by whom. */
const changes = [
  {
    request: /^google-protobuf\/google\/protobuf\/struct_pb(\.js)?$/,
    asking: /./,
    change(loaded) {
      const { keepPlain } = require("./plain-structs.cjs");
      keepPlain(loaded);
    },
  },
  { request: /^\.\/debuggable$/, asking: /[\\/]@pulumi[\\/]pulumi[\\/]runtime[\\/]/, change: withoutTraces },
];
const changed = new WeakSet();
const loadNow = Module._load;

Module._load = function load(request, parent, isMain) {
  const loaded = loadNow.call(Module, request, parent, isMain);
  const found = changes.find((row) => row.request.test(request) && row.asking.test(parent?.filename ?? ""));
  if (found === undefined || changed.has(loaded)) return loaded;
  changed.add(loaded);
  found.change(loaded);
  return loaded;
};
