/** `fridayproof sandbox`. */
import { resetSandbox } from "../sandbox-account";
import type { Verb } from "../verb";

/** Options and action. */
export const verb: Verb = (command) => {
  command
    .command("reset")
    .description("forget all stacks and the simulated account")
    .option("--work <folder>", "where the account is kept (default: .fridayproof)")
    .action((flags: { readonly work?: string }) => console.log(resetSandbox(flags.work)));
};
