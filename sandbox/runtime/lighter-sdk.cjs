/** Spares the sandbox work of Pulumi's SDK whose results it does not use. The real engine runs the SDK as it is. */
"use strict";

require("./lazy-modules.cjs");
const Module = require("node:module");
const { setFlagsFromString } = require("node:v8");

/**
 * How much bytecode a function runs before V8 optimises it: about nine times its default. A run of seconds ends before
 * optimised code has paid for its making (measured: a sixth of a preview's CPU time); what is truly hot still gets it.
 * Only for the V8 of Node 20, where that was measured: others may lack the flag, and would warn.
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

/**
 * Frames of a resource's stack that are made into text: the SDK's own five, that of the program, and two more. The SDK makes
 * them all, each looked up in a source map, for a trace that only the real engine keeps.
 */
const FRAMES = 8;

/** Where a frame of a stack is, in the SDK's form; empty where it has none. */
function placeOf(frame, pattern) {
  const { file = "", line, column } = pattern.exec(frame)?.groups ?? {};
  return file === "" || file.startsWith("node:") ? {} : { file, line: Number(line), column: Number(column) };
}

/** A resource keeps where it was declared, and not the callers. */
function withShortStacks({ Resource }) {
  const { callsites, framePositionRegExp: pattern } = Resource ?? {};
  if (typeof callsites !== "function" || !(pattern instanceof RegExp)) return;
  const short = () => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = FRAMES;
    try {
      const [, ...frames] = new Error().stack.split("\n");
      return frames.map((frame) => placeOf(frame, pattern));
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
  // Of one place both must say the same, but for their own frames.
  const [theirs, ours] = [callsites, short].map((sites) => JSON.stringify(sites().slice(2, FRAMES)));
  if (theirs === ours) Resource.callsites = short;
}

/** What is done to a module when it is loaded, by the request and the requiring file. */
const changes = [
  {
    request: /^google-protobuf\/google\/protobuf\/struct_pb(\.js)?$/,
    asking: /./,
    change(loaded) {
      const { keepPlain } = require("./plain-structs.cjs");
      keepPlain(loaded);
    },
  },
  // From there it is complete: the SDK's files require each other in circles.
  { request: /^\.\/resource$/, asking: /[\\/]@pulumi[\\/]pulumi[\\/]index\.js$/, change: withShortStacks },
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
