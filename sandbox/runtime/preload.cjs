/**
 * Loaded before the program (Pulumi.yaml, nodeargs): keeps a failing `apply` from hanging for half a minute.
 *
 * Pulumi prints errors through `util.inspect(error, { colors: true })`. Node 20 colours stack lines that lie in
 * node_modules with a loop that never advances on paths such as `node_modules/@pulumi/output.ts`, where the SDK's
 * source maps put its frames: 20 to 45 s and 3.9 GB later it gives up. Without colours for Errors the message is the
 * same and comes at once.
 */
"use strict";

const util = require("node:util");

const inspect = util.inspect;
const plainErrors = (value, options, ...rest) =>
  value instanceof Error && options !== null && typeof options === "object"
    ? inspect(value, { ...options, colors: false }, ...rest)
    : inspect(value, options, ...rest);

// The properties (`inspect.custom`, `inspect.defaultOptions`) come along: libraries read them off the function.
util.inspect = Object.defineProperties(plainErrors, Object.getOwnPropertyDescriptors(inspect));
