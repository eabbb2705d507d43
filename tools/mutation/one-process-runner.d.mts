/** Types of one-process-runner.mjs, for its test. */

/** A test runner of Stryker's that loads the tests once. */
export class OneProcessRunner {
  constructor(options: { readonly coverageAnalysis: string; readonly ignoreStatic: boolean });
  init(): Promise<void>;
}
