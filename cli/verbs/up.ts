/** `fridayproof up`. */
import { foundationFirst } from "../foundation";
import { addRunOptions, type RunFlags } from "../options";
import { runEngine } from "../run";
import type { Verb } from "../verb";

/** Options and action. */
export const verb: Verb = (command) => {
  addRunOptions(command).action(async (flags: RunFlags) => {
    if (await foundationFirst(flags)) await runEngine(flags, { operation: "update" });
  });
};
