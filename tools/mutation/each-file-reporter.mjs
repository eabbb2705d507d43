/** A reporter of Stryker's that fails the run where one file stays below the threshold, however good the others are. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { commonTokens } from "@stryker-mutator/api/plugin";

/** Where the score of each file is kept, beside what Stryker writes itself. */
const scoreFile = path.join("reports", "mutation", "files.json");

/** How many digits of a score are shown. */
const DIGITS = 1;

/** Prints each file's score, worst first, keeps them in `reports/mutation/files.json`, and names those below `break`. */
export class EachFileReporter {
  static inject = [commonTokens.options];
  #options;

  constructor(options) {
    this.#options = options;
  }

  onMutationTestReportReady(_report, metrics) {
    const rows = scores(metrics.systemUnderTestMetrics);
    mkdirSync(path.dirname(scoreFile), { recursive: true });
    writeFileSync(scoreFile, `${JSON.stringify(rows, null, 2)}\n`);
    console.log(rows.map(line).join("\n"));
    const threshold = this.#options.thresholds.break;
    const below = rows.filter(({ score }) => threshold !== null && score < threshold);
    if (below.length === 0) return;
    console.error(`${below.length} files have a score below ${threshold} %:\n${below.map(line).join("\n")}`);
    process.exitCode = 1;
  }
}

/** One row for each file that has mutants, the worst first. Without a valid mutant a file has no score. */
function scores(result) {
  const files = leaves(result).filter(({ metrics }) => metrics.totalValid > 0);
  return files
    .map(({ file, metrics }) => ({
      file: file.name,
      killed: metrics.totalDetected,
      of: metrics.totalValid,
      score: metrics.mutationScore,
    }))
    .toSorted((left, right) => left.score - right.score || left.file.localeCompare(right.file));
}

function leaves(result) {
  return result.file === undefined ? result.childResults.flatMap(leaves) : [result];
}

function line({ file, killed, of, score }) {
  return `${score.toFixed(DIGITS).padStart("100.0".length)} %  ${killed} of ${of}  ${file}`;
}
