/** `fridayproof up`. */
import { isBusy } from "../../sandbox/stacks";
import { foundationFirst } from "../stack/foundation";
import { runVerb } from "../stack/engine";
import { addChangeOptions, type ChangeFlags } from "../context/options";
import { findProject } from "../context/project";
import type { Verb } from "../context/verb";

interface UpFlags extends ChangeFlags {
  readonly expectNoChanges?: boolean;
}

/**
 * Whether a preview with the policies ends well. Rules about the whole stack speak when everything is done: an update
 * alone would change the account first. The real CLI's own `up` does the same.
 */
async function passesPreview(flags: ChangeFlags, replaces: readonly string[] | undefined): Promise<boolean> {
  if (flags.engine === "pulumi" || flags.policies === false) return true;
  // The update is refused at once: nothing is started for it.
  if (isBusy(findProject(flags), flags.stack)) return true;
  return (await runVerb(flags, { operation: "preview", replaces, onlyErrors: true })) === 0;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addChangeOptions(command)
    .option("--expect-no-changes", "exit 7 if anything changed; as with the real engine, it is changed first")
    .action(async ({ replace: replaces, expectNoChanges, ...flags }: UpFlags) => {
      if (!(await foundationFirst(flags)) || !(await passesPreview(flags, replaces))) return;
      await runVerb(flags, { operation: "update", replaces, expectNoChanges });
    });
};
