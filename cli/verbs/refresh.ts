/** `fridayproof refresh`. */
import { addRunOptions, type RunFlags } from "../options";
import { runEngine } from "../run";
import type { Verb } from "../verb";

interface RefreshFlags extends RunFlags {
  readonly previewOnly?: boolean;
  readonly expectNoChanges?: boolean;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addRunOptions(command)
    .option("--preview-only", "only show it")
    .option("--expect-no-changes", "exit 7 if anything differs; as with the real engine, the state is written first")
    .action(async ({ previewOnly, expectNoChanges, ...flags }: RefreshFlags) => {
      await runEngine(flags, { operation: "refresh", previewOnly, expectNoChanges });
    });
};
