/** `fridayproof up`. */
import { foundationFirst } from "../foundation";
import { runVerb } from "../engine";
import { addChangeOptions, type ChangeFlags } from "../options";
import type { Verb } from "../verb";

/** Options and action. */
export const verb: Verb = (command) => {
  addChangeOptions(command).action(async ({ replace: replaces, ...flags }: ChangeFlags) => {
    if (await foundationFirst(flags)) await runVerb(flags, { operation: "update", replaces });
  });
};
