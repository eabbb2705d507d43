/** `fridayproof up`. */
import { foundationFirst } from "../stack/foundation";
import { runVerb } from "../stack/engine";
import { addChangeOptions, type ChangeFlags } from "../context/options";
import type { Verb } from "../context/verb";

/** Options and action. */
export const verb: Verb = (command) => {
  addChangeOptions(command).action(async ({ replace: replaces, ...flags }: ChangeFlags) => {
    if (await foundationFirst(flags)) await runVerb(flags, { operation: "update", replaces });
  });
};
