/** `fridayproof up`. */
import { foundationFirst } from "../stack/foundation";
import { runVerb } from "../stack/engine";
import { addApprovalOptions, addChangeOptions, type ApprovalFlags, type ChangeFlags } from "../context/options";
import type { Verb } from "../context/verb";

interface UpFlags extends ChangeFlags, ApprovalFlags {
  readonly expectNoChanges?: boolean;
  readonly refresh?: boolean;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addApprovalOptions(addChangeOptions(command))
    .option("--refresh", "read the simulated cloud first")
    .option("--expect-no-changes", "exit 7 if anything would change; nothing is changed then")
    .action(async ({ replace: replaces, expectNoChanges, refresh, yes, full, diff, findings, ...flags }: UpFlags) => {
      if (!(await foundationFirst(flags, { yes: yes === true }))) return;
      await runVerb(flags, {
        operation: "update",
        planFirst: true,
        replaces,
        expectNoChanges,
        refresh,
        yes,
        full,
        diff,
        findings,
      });
    });
};
