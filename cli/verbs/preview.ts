/** `fridayproof preview`. */
import { foundationFirst } from "../foundation";
import { addRunOptions, type RunFlags } from "../options";
import { runEngine } from "../run";
import type { Verb } from "../verb";

interface PreviewFlags extends RunFlags {
  readonly json?: boolean;
  readonly refresh?: boolean;
  readonly expectNoChanges?: boolean;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addRunOptions(command)
    .option("--json", "print the plan as `pulumi preview --json` does; all else goes to standard error")
    .option("--refresh", "read the simulated cloud first")
    .option("--expect-no-changes", "exit 7 if anything would change")
    .action(async ({ json, refresh, expectNoChanges, ...flags }: PreviewFlags) => {
      if (!(await foundationFirst(flags, json))) return;
      await runEngine(flags, { operation: "preview", json, refresh, expectNoChanges });
    });
};
