#!/usr/bin/env node
/** Starts the command line: checks Node and the installation in plain old JavaScript, then loads the TypeScript. */
"use strict";

// Nothing newer than ES5 up to the checks: an old Node must reach the sentence that says it is old.
var installation = require("./require-node.cjs");
var root = installation.projectOf(__dirname);
var problem = installation.problem(__dirname);

if (problem !== undefined) {
  console.error("fridayproof: " + problem);
  process.exit(1);
}

// Compiled code of @pulumi is worth keeping: Node 22.1 and newer can, where Node itself keeps it; 20 cannot.
var nodeModule = require("module");
if (nodeModule.enableCompileCache) nodeModule.enableCompileCache();

/** A module that is missing although its package is there: an install that was cut off. */
function fail(error) {
  // A path in place of a package's name would be a file of this project.
  if (error.code !== "MODULE_NOT_FOUND" || !/^Cannot find module '[^./]/.test(error.message)) throw error;
  console.error(
    "fridayproof: the installation is broken: " + error.message.split("\n")[0] + ". Run `npm ci` in " + root + ".",
  );
  process.exit(1);
}

/** Whether the flags name the real CLI: it must meet the SDK as it is, not as the embedded engine has it patched. */
function usesRealEngine(args) {
  return args.some(function (arg, index) {
    return arg === "--engine=pulumi" || (arg === "--engine" && args[index + 1] === "pulumi");
  });
}

// Process lists show arguments to everybody on this machine: what was given as a secret must not stay among them.
if (/ --secret-config/.test(" " + process.argv.slice(2).join(" "))) process.title = "fridayproof";

try {
  if (!usesRealEngine(process.argv) && process.env.FRIDAYPROOF_PLAIN_SDK !== "1")
    require("@fridayproof/sandbox/runtime/lighter-sdk.cjs");
  require("@fridayproof/sandbox/runtime/typescript.cjs");
  require("./main")
    .main(process.argv.slice(2))
    .then(function (exitCode) {
      // A program may leave timers and sockets behind; whatever was printed goes out first.
      process.stdout.write("", function () {
        process.exit(exitCode);
      });
    })
    .catch(fail);
} catch (error) {
  fail(error);
}
