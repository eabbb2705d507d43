/** The score of each file is shown, kept, and judged: a good total hides no file. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EachFileReporter, type Tree } from "../../../tools/mutation/each-file-reporter.mjs";

const file = (name: string, totalDetected: number, totalValid: number): Tree => ({
  name,
  file: { name },
  childResults: [],
  metrics: { totalDetected, totalValid, mutationScore: (100 * totalDetected) / totalValid },
});
const tree = (...childResults: readonly Tree[]): Tree => ({ ...file("", 0, 0), file: undefined, childResults });

let folder = "";
const home = process.cwd();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scores-"));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** What a run with these files prints, says to be below, and ends with. */
function run(threshold: number | null, systemUnderTestMetrics: Tree): readonly unknown[] {
  const [log, error] = [vi.spyOn(console, "log"), vi.spyOn(console, "error")].map((spy) =>
    spy.mockImplementation(() => undefined),
  );
  new EachFileReporter({ thresholds: { break: threshold } }).onMutationTestReportReady(undefined, {
    systemUnderTestMetrics,
  });
  return [log?.mock.calls, error?.mock.calls, process.exitCode];
}

describe("the score of each file", () => {
  const good = tree(tree(file("policies/kit/good.ts", 9, 10), file("policies/kit/table.ts", 0, 0)));

  it("is printed, and where each is good enough, the run is", () => {
    expect(run(90, good)).toEqual([[[" 90.0 %  9 of 10  policies/kit/good.ts"]], [], undefined]);
  });

  it("is kept as data, the worst first", () => {
    run(null, tree(file("b.ts", 1, 1), file("c.ts", 1, 2), file("a.ts", 1, 1)));
    expect(JSON.parse(readFileSync("reports/mutation/files.json", "utf8"))).toEqual([
      { file: "c.ts", killed: 1, of: 2, score: 50 },
      { file: "a.ts", killed: 1, of: 1, score: 100 },
      { file: "b.ts", killed: 1, of: 1, score: 100 },
    ]);
  });

  it("fails the run where one file is below, however good the others are, and names it", () => {
    const [, error, exitCode] = run(90, tree(good, file("policies/bad.ts", 89, 100)));
    expect(error).toEqual([["1 files have a score below 90 %:\n 89.0 %  89 of 100  policies/bad.ts"]]);
    expect(exitCode).toBe(1);
  });

  it("demands nothing without a threshold", () => {
    expect(run(null, tree(file("policies/bad.ts", 0, 100))).slice(1)).toEqual([[], undefined]);
  });
});
