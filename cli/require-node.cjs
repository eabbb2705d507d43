/** Says in one sentence what is wrong with this Node or this installation. Written for any Node: nothing newer than ES5. */
"use strict";

var fs = require("fs");
var path = require("path");

/** Whether `version` is at least `minimum`, both as `20.9.0`. */
function atLeast(version, minimum) {
  var have = version.split(".").map(Number);
  var want = minimum.split(".").map(Number);
  for (var index = 0; index < want.length; index += 1) {
    if (have[index] !== want[index]) return have[index] > want[index];
  }
  return true;
}

function readPackage(root) {
  return JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
}

/** What is wrong with the running Node, or undefined. */
function nodeProblem(root) {
  var minimum = readPackage(root).engines.node.replace(">=", "");
  if (atLeast(process.versions.node, minimum)) return undefined;
  return (
    "Node.js " +
    minimum +
    " or newer is needed, this is " +
    process.versions.node +
    " (" +
    process.execPath +
    "). Install a newer one from https://nodejs.org and try again."
  );
}

/** Packages that package.json names and node_modules lacks. */
function missingPackages(root) {
  var wanted = readPackage(root);
  var names = Object.keys(wanted.dependencies || {});
  return names.filter(function (name) {
    return !fs.existsSync(path.join(root, "node_modules", name, "package.json"));
  });
}

/** What is wrong with Node or node_modules, or undefined. */
exports.problem = function problem(root) {
  var node = nodeProblem(root);
  if (node !== undefined) return node;
  var missing = missingPackages(root);
  if (missing.length === 0) return undefined;
  return "not installed yet or only in part (missing: " + missing.join(", ") + "). Run `npm ci` in " + root + ".";
};

exports.nodeProblem = nodeProblem;
exports.missingPackages = missingPackages;
