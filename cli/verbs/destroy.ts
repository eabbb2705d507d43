/** `fridayproof destroy`. */
import { runVerb } from "../engine";
import { addEngineOptions, type EngineFlags } from "../options";
import type { Verb } from "../verb";

/** Options and action. */
export const verb: Verb = (command) => {
  addEngineOptions(command).action(async (flags: EngineFlags) => {
    await runVerb(flags, { operation: "destroy" });
  });
};
