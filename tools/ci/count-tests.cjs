/** Prints how many tests passed and failed, from vitest's JSON report; a report that is missing counts as one failure. */
"use strict";

const { readFileSync } = require("node:fs");

function count(file) {
  try {
    const report = JSON.parse(readFileSync(file, "utf8"));
    // A file that does not load has no test that could fail.
    const broken = report.testResults.filter(
      (suite) => suite.status === "failed" && suite.assertionResults.length === 0,
    );
    return [report.numPassedTests, report.numFailedTests + broken.length];
  } catch {
    return [0, 1];
  }
}

console.log(count(process.argv[2]).join(" "));
