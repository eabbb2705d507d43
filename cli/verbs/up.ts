/** `fridayproof up`. */
import { terminalOn } from "@fridayproof/sandbox/terminal";
import { synchronize } from "../stack/applications";
import { requireYes } from "../stack/approval";
import { foundationFirst } from "../stack/foundation";
import { runVerb } from "../stack/engine";
import { addApprovalOptions, addChangeOptions, type ApprovalFlags, type ChangeFlags } from "../context/options";
import type { Verb } from "../context/verb";
import { windowsAt } from "../status/sync-windows";
import { addLegOption, isLeg, type LegFlags, legProblemText } from "../stack/other-leg";

interface UpFlags extends ChangeFlags, ApprovalFlags, LegFlags {
  readonly expectNoChanges?: boolean;
  readonly refresh?: boolean;
  readonly json?: boolean;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addLegOption(addApprovalOptions(addChangeOptions(command)))
    .option("--json", "print the events as `pulumi up --json` does, one a line; needs --yes")
    .option("--refresh", "read the simulated cloud first")
    .option("--expect-no-changes", "exit 7 if anything would change; then nothing is changed")
    .action(async (all: UpFlags) => {
      const {
        replace: replaces,
        expectNoChanges,
        refresh,
        yes,
        full,
        diff,
        findings,
        json,
        bothLegs: _said,
        ...flags
      } = all;
      requireYes(all);
      if (!(await foundationFirst(flags, { yes: yes === true, toStderr: json }))) return;
      const code = await runVerb(flags, {
        operation: "update",
        planFirst: true,
        replaces,
        expectNoChanges,
        refresh,
        yes,
        full,
        diff,
        findings,
        json,
        // With the real CLI the check costs another preview, so it runs only where something can be refused.
        reject: flags.engine === "pulumi" && !isLeg(flags) ? undefined : (plan) => legProblemText(all, plan),
      });
      // Declined and interrupted runs have an exit code of their own, and changed nothing.
      if (code !== 0 || (process.exitCode ?? 0) !== 0) return;
      const terminal = terminalOn(json === true ? process.stderr : process.stdout, process.env);
      synchronize(flags, windowsAt(new Date()), terminal);
    });
};
