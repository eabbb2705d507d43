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

/** Packages that the manifest of a folder names and that neither it nor the project has. */
function missingIn(root, folder) {
  if (!fs.existsSync(path.join(folder, "package.json"))) return [];
  return Object.keys(readPackage(folder).dependencies || {}).filter(function (name) {
    return ![root, folder].some(function (place) {
      return fs.existsSync(path.join(place, "node_modules", name, "package.json"));
    });
  });
}

/** Packages that package.json and those of the workspaces name and node_modules lacks. */
function missingPackages(root) {
  var folders = ["."].concat(readPackage(root).workspaces || []);
  var names = folders.reduce(function (found, folder) {
    return found.concat(missingIn(root, path.join(root, folder)));
  }, []);
  return names.filter(function (name, index) {
    return names.indexOf(name) === index;
  });
}

/** The project that a package's folder belongs to: the one that it is installed in, or else the one that it is a workspace of. */
exports.projectOf = function projectOf(folder) {
  var above = path.dirname(folder);
  return path.basename(above) === "node_modules" ? path.dirname(above) : above;
};

/** What is wrong with Node or with what was installed for the package in a folder, or undefined. */
exports.problem = function problem(folder) {
  var node = nodeProblem(folder);
  if (node !== undefined) return node;
  var root = path.dirname(folder);
  // npm put an installed package's packages wherever it likes: what is missing shows when it is loaded.
  if (path.basename(root) === "node_modules") return undefined;
  var missing = missingPackages(root);
  if (missing.length === 0) return undefined;
  return "not installed yet or only in part (missing: " + missing.join(", ") + "). Run `npm ci` in " + root + ".";
};

exports.nodeProblem = nodeProblem;
exports.missingPackages = missingPackages;
