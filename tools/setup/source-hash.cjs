/** One hash over the contents of files: detects changes, for which times of files are no evidence after a checkout. */
"use strict";

const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const path = require("node:path");

/** Hash of the named files under `root`. */
exports.hashOf = function hashOf(root, files) {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  return hash.digest("hex");
};
