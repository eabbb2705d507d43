/** What is known to differ from the recordings, step by step, with the reason: anything else must agree. */

/** Differences of one kind. */
export interface Known {
  /** Labels of the steps where they show, or all of the scenario's. */
  readonly steps?: readonly string[];
  /** A difference counts when its text matches. */
  readonly about: RegExp;
  readonly why: string;
}

/** One scenario's verdict; an empty one says that it agrees in everything. */
export interface Verdict {
  /** Steps that are not run, by label, with the reason. */
  readonly notBuilt?: Readonly<Record<string, string>>;
  /**
   * Steps that end at their first error: what had begun by then is chance, in the real engine too. Compared are exit
   * code, errors, and whatever happened in both.
   */
  readonly chance?: readonly string[];
  readonly differs?: readonly Known[];
  /** What is cut out of each line of the recorded programs, because the engine refuses it by name. */
  readonly without?: RegExp;
}

const SHOW = "a flag of the display: the engine's own plan is what --json shows without it";
const CLI_ONLY = "a command of the CLI, not of the engine";
const IMPORT = "import is not built: the program imports nothing";
const CONTINUE = "--continue-on-error is not built: one failure ends a run";
const TARGET_DEPENDENTS = "--target-dependents is not built: name what must go";
const ASSETS = "assets and archives pass through as the SDK sends them, without hashes: the program uses none";

/** By scenario. */
export const VERDICTS: Readonly<Record<string, Verdict>> = {
  "03-noop": { notBuilt: { "04-preview": SHOW } },
  "08-protect": {
    notBuilt: {
      "08-destroy-exclude-protected": "--exclude-protected is not built: teardown lifts protection, nothing skips it",
    },
    chance: ["06-up-replace", "07-destroy"],
  },
  "14-provider-failure": {
    notBuilt: { "09-up-continue-on-error": CONTINUE },
    chance: ["02-up-fail", "05-replace-init-fail"],
    differs: [
      {
        steps: ["08-destroy-fail"],
        about: /^calls random/,
        why: "the real engine configures every provider in the state; ours those whose resources it comes to",
      },
    ],
  },
  "17-secrets": {
    notBuilt: { "03-preview-json-show-secrets": SHOW, "07-noop": SHOW },
  },
  "19-target": {
    notBuilt: {
      "06-preview-target-dependents": TARGET_DEPENDENTS,
      "08-preview-exclude": "--exclude is not built",
      "11-destroy-target-dependents": TARGET_DEPENDENTS,
    },
    chance: ["01-up-target-first"],
    differs: [
      {
        steps: ["07-preview-bad-target"],
        about: /^exit/,
        why: "a name that nothing has is wrong use, and ends as every wrong use does: with 2",
      },
      {
        steps: ["10-destroy-target"],
        about: /^calls /,
        why: "the real engine compares each dependent before it refuses; ours reads the dependencies from the state",
      },
    ],
  },
  "20-check-failure": { chance: ["01-preview", "02-preview", "03-up", "04-check-error", "06-diff-error"] },
  "21-duplicate-urn": { chance: ["01-preview", "02-preview", "03-up"] },
  "25-config": { notBuilt: { "07-wrong-stack": CLI_ONLY } },
  "22-exception": {
    notBuilt: {
      "09-process-exit":
        "process.exit would end this process: test/sandbox/host/cmd-run.test.ts runs it behind the SDK's own cmd/run",
      "10-syntax": "the SDK compiles with ts-node in this recording, with tsx in ours: the message is the compiler's",
    },
  },
  "24-invoke": { chance: ["07-get-missing"] },
  "27-import": Object.freeze({
    notBuilt: {
      "01-preview-mismatch": IMPORT,
      "02-up-mismatch": IMPORT,
      "03-preview-missing": IMPORT,
      "04-preview": IMPORT,
      "05-preview-json": IMPORT,
      "06-up": IMPORT,
      "07-again": IMPORT,
      "08-option-dropped": IMPORT,
    },
  }),
  "28-replace-on-changes": {
    without: /, \{ replace(?:With|mentTrigger)[^}]*\} as any/,
    differs: [
      {
        about: /RandomString::[de]|^summary|^order|changeSummary/,
        why: "replaceWith and replacementTrigger are not built: the program uses neither",
      },
    ],
  },
  "30-disable-default-providers": {
    chance: ["03-refused", "04-refused-json", "06-star"],
    differs: [
      {
        steps: ["05-invoke-refused"],
        about: /^diagnostics .*Invoke: Default provider/,
        why: "the language host says 'Running program' only while the main module runs; ours goes by the error's stack",
      },
    ],
  },
  "33-values": {
    notBuilt: {
      "01-preview-stackref-missing": "StackReference is not built: environments compute names or look them up",
    },
    differs: [{ about: /BucketObject|"ast"/, why: ASSETS }],
  },
};
