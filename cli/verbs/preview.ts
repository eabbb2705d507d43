/** `fridayproof preview`. */
import { foundationBeneath, foundationFirst } from "../stack/foundation";
import { runVerb } from "../stack/engine";
import { addChangeOptions, addPlanOptions, type ChangeFlags, type PlanFlags } from "../context/options";
import type { Verb } from "../context/verb";

interface PreviewFlags extends ChangeFlags, PlanFlags {
  readonly json?: boolean;
  readonly refresh?: boolean;
  readonly expectNoChanges?: boolean;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addPlanOptions(addChangeOptions(command))
    .option("--json", "print the plan as `pulumi preview --json` does; everything else on standard error")
    .option("--refresh", "read the simulated cloud first")
    .option("--expect-no-changes", "exit 7 if anything would change")
    .action(
      async ({ json, refresh, expectNoChanges, replace: replaces, full, diff, findings, ...flags }: PreviewFlags) => {
        if (flags.engine === "pulumi" && !(await foundationFirst(flags, { toStderr: json, yes: true }))) return;
        const beneath =
          flags.engine === "pulumi" ? undefined : foundationBeneath(flags, (text) => process.stderr.write(text));
        await runVerb(flags, {
          operation: "preview",
          json,
          refresh,
          expectNoChanges,
          replaces,
          full,
          diff,
          findings,
          beneath,
        });
      },
    );
};
