/** One hash over the contents of files and folders: tells what changed, where times of files lie after a checkout. */
"use strict";

const { createHash } = require("node:crypto");
const { readdirSync, readFileSync, statSync } = require("node:fs");
const path = require("node:path");

/** Written by builds and installs, so never part of what decides whether to build. */
const generated = new Set(["node_modules", "dist"]);

function filesIn(file) {
  if (!statSync(file).isDirectory()) return [file];
  const names = readdirSync(file).filter((name) => !generated.has(name));
  return names.sort().flatMap((name) => filesIn(path.join(file, name)));
}

/** Hash of the named files and folders under `root`. */
exports.hashOf = function hashOf(root, names) {
  const hash = createHash("sha256");
  for (const file of names.flatMap((name) => filesIn(path.join(root, name)))) {
    hash.update(path.relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
};
