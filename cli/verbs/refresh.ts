/** `fridayproof refresh`. */
import { runVerb } from "../stack/engine";
import { addEngineOptions, type EngineFlags } from "../context/options";
import type { Verb } from "../context/verb";

interface RefreshFlags extends EngineFlags {
  readonly previewOnly?: boolean;
  readonly expectNoChanges?: boolean;
  readonly json?: boolean;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addEngineOptions(command)
    .option("--json", "print the events as `pulumi refresh --json` does, one a line")
    .option("--preview-only", "only show it")
    .option("--expect-no-changes", "exit 7 if anything differs; as with the real engine, the state is written first")
    .action(async ({ previewOnly, expectNoChanges, json, ...flags }: RefreshFlags) => {
      await runVerb(flags, { operation: "refresh", previewOnly, expectNoChanges, json });
    });
};
