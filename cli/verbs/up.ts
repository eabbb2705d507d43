/** `fridayproof up`. */
import { foundationFirst } from "../stack/foundation";
import { runVerb } from "../stack/engine";
import { addChangeOptions, type ChangeFlags } from "../context/options";
import type { Verb } from "../context/verb";

interface UpFlags extends ChangeFlags {
  readonly expectNoChanges?: boolean;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addChangeOptions(command)
    .option("--expect-no-changes", "exit 7 if anything changed; as with the real engine, it is changed first")
    .action(async ({ replace: replaces, expectNoChanges, ...flags }: UpFlags) => {
      if (await foundationFirst(flags)) await runVerb(flags, { operation: "update", replaces, expectNoChanges });
    });
};
