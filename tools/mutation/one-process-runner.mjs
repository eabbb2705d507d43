/**
 * A test runner of Stryker's that loads the tests once in its process and calls their functions anew for each mutant.
 * Stryker's own for vitest starts the test files again for each mutant, which takes about a second where a case takes a
 * millisecond. Stryker still instruments, plans, counts, and restarts the process when a mutant does not come to an end.
 */
import { INSTRUMENTER_CONSTANTS } from "@stryker-mutator/api/core";
import { commonTokens } from "@stryker-mutator/api/plugin";
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { LastKillers } from "./last-killers.mjs";
import { loadTests } from "./loaded-tests.mjs";

/** Runs the tests of the project in the working directory, as vitest's configuration lists them. */
export class OneProcessRunner {
  static inject = [commonTokens.options];
  #options;
  #mutated = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
  #killers = new LastKillers();
  #tests;

  constructor(options) {
    this.#options = options;
  }

  /**
   * A mutant is switched on after loading and off before the next one, so what was loaded serves for all.
   * Static mutants would need a process each: `init` refuses the settings that ask for them.
   */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const { coverageAnalysis, ignoreStatic, vitest } = this.#options;
    if (coverageAnalysis !== "perTest" || !ignoreStatic) {
      throw new Error(
        `coverageAnalysis and ignoreStatic: got ${coverageAnalysis} and ${ignoreStatic}; expected perTest and true, ` +
          "because this runner loads the tests once and switches each mutant on afterwards. " +
          "Fix: set them so in stryker.config.json, or take the runner vitest.",
      );
    }
    this.#tests = await loadTests(vitest?.configFile);
  }

  /** Every test once. Coverage is listed cheapest test first, because Stryker hands tests back in that order. */
  async dryRun() {
    const results = [];
    for (const test of this.#tests.all) {
      this.#mutated.currentTestId = test.id;
      results.push(await timed(test));
      this.#mutated.currentTestId = undefined;
    }
    await this.#tests.finish();
    const { static: loading = {}, perTest = {} } = this.#mutated.mutantCoverage ?? {};
    const byCost = results.toSorted((left, right) => left.timeSpentMs - right.timeSpentMs);
    const listed = byCost.flatMap(({ id }) => (perTest[id] === undefined ? [] : [[id, perTest[id]]]));
    return {
      status: DryRunStatus.Complete,
      tests: results,
      mutantCoverage: { static: loading, perTest: Object.fromEntries(listed) },
    };
  }

  /** The tests that reach the mutant until one fails, those that killed its neighbours first. */
  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail }) {
    Object.assign(this.#mutated, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const results = [];
    try {
      for (const id of this.#killers.first(testFilter)) {
        const result = await timed(this.#tests.byId(id));
        results.push(result);
        if (result.status !== TestStatus.Failed) continue;
        this.#killers.add(id);
        if (!disableBail) break;
      }
    } finally {
      this.#mutated.activeMutant = undefined;
      await this.#tests.finish();
    }
    const endless = determineHitLimitReached(this.#mutated.hitCount, hitLimit);
    return toMutantRunResult(endless ?? { status: DryRunStatus.Complete, tests: results });
  }
}

async function timed({ id, name, fileName, run }) {
  const started = performance.now();
  const failure = await run();
  const result = { id, name, fileName, timeSpentMs: performance.now() - started };
  if (failure === undefined) return { ...result, status: TestStatus.Success };
  return { ...result, status: TestStatus.Failed, failureMessage: String(failure?.message ?? failure) };
}
