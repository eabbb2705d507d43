#!/usr/bin/env node
/** Entry point of the command line: checks Node and the installation in ES5, then loads the TypeScript. */
"use strict";

// ES5 up to the checks: with newer syntax an old Node would end with a SyntaxError instead of the message about its version.
var installation = require("./require-node.cjs");
var root = installation.projectOf(__dirname);
var problem = installation.problem(__dirname);

if (problem !== undefined) {
  console.error("fridayproof: " + problem);
  process.exit(1);
}

// Caches the compiled code of @pulumi in Node's own folder. Node 22.1 and newer only.
var nodeModule = require("module");
if (nodeModule.enableCompileCache) nodeModule.enableCompileCache();

/** Reports a module that is missing although its package is installed: `npm ci` was interrupted. */
function fail(error) {
  // A relative path would be a file of this project, which `npm ci` cannot restore.
  if (error.code !== "MODULE_NOT_FOUND" || !/^Cannot find module '[^./]/.test(error.message)) throw error;
  console.error(
    "fridayproof: the installation is broken: " + error.message.split("\n")[0] + ". Run `npm ci` in " + root + ".",
  );
  process.exit(1);
}

/** Whether the flags select the real CLI: it runs with the SDK unpatched. */
function usesRealEngine(args) {
  return args.some(function (arg, index) {
    return arg === "--engine=pulumi" || (arg === "--engine" && args[index + 1] === "pulumi");
  });
}

// Every user of this machine can list the arguments of a process: secrets must not stay there.
if (/ --secret-config/.test(" " + process.argv.slice(2).join(" "))) process.title = "fridayproof";

try {
  if (!usesRealEngine(process.argv) && process.env.FRIDAYPROOF_PLAIN_SDK !== "1")
    require("@fridayproof/sandbox/runtime/lighter-sdk.cjs");
  require("@fridayproof/sandbox/runtime/typescript.cjs");
  require("./main")
    .main(process.argv.slice(2))
    .then(function (exitCode) {
      // `process.exit`, because a program may leave timers and sockets open; standard output is flushed first.
      process.stdout.write("", function () {
        process.exit(exitCode);
      });
    })
    .catch(fail);
} catch (error) {
  fail(error);
}
