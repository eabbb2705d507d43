/** `fridayproof __complete`: candidates for the word at the cursor, for completion scripts. */
import type { Command } from "commander";
import { candidates } from "../completion/candidates";
import type { Verb } from "../context/verb";

/** Arguments and action. */
export const verb: Verb = (command) => {
  command.argument("[words...]").action((words: readonly string[]) => {
    const found = candidates(words, command.parent as Command);
    process.stdout.write(found.map((name) => `${name}\n`).join(""));
  });
};
