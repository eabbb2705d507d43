/** Types of each-file-reporter.mjs, for its test. */

/** A folder or file of Stryker's metrics: what of them is read. */
export interface Tree {
  readonly name: string;
  readonly file?: { readonly name: string } | undefined;
  readonly childResults: readonly Tree[];
  readonly metrics: { readonly totalDetected: number; readonly totalValid: number; readonly mutationScore: number };
}

/** Prints each file's score and names those below the threshold. */
export class EachFileReporter {
  constructor(options: { readonly thresholds: { readonly break: number | null } });
  onMutationTestReportReady(report: unknown, metrics: { readonly systemUnderTestMetrics: Tree }): void;
}
