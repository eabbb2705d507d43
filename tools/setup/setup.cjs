/** Makes a fresh clone ready; what every target of the Makefile runs first. Checks Node in ES5, then loads the rest. */
"use strict";

var path = require("path");
var root = path.resolve(__dirname, "../..");
var oldNode = require("../../cli/require-node.cjs").nodeProblem(root);

if (oldNode !== undefined) {
  console.error("fridayproof: " + oldNode);
  process.exit(1);
}
require("./install.cjs").setUp(root);
