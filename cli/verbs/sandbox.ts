/** `fridayproof sandbox`. */
import type { Command } from "commander";
import { objectLines } from "../../sandbox/display/objects";
import { terminalOn } from "../../sandbox/display/terminal";
import { findProject } from "../project";
import { deleteObject, readObjects, resetSandbox, tamper } from "../sandbox-account";
import type { Verb } from "../verb";

interface Flags {
  readonly work?: string;
}

const workOf = (flags: Flags): string => findProject(flags.work).work;

function addPart(command: Command, nameAndArguments: string, description: string): Command {
  return command
    .command(nameAndArguments)
    .description(description)
    .option("--work <folder>", "where the account is kept (default: .fridayproof)");
}

function show(flags: Flags & { readonly urns?: boolean }): void {
  const objects = readObjects(workOf(flags));
  const terminal = terminalOn(process.stdout, process.env);
  const urns = objects.flatMap(({ urn }) => (urn === "" ? [] : [urn])).sort();
  const lines = flags.urns === true ? urns : objectLines(objects, terminal.colors);
  terminal.write(lines.map((line) => `${line}\n`).join(""));
}

/** Options and action. */
export const verb: Verb = (command) => {
  addPart(command, "show", "list what exists in the simulated account")
    .option("--urns", "only the URNs that made it")
    .action(show);
  addPart(command, "tamper <urn> <key=value>", "change a property behind Pulumi's back: drift to be found").action(
    (urn: string, assignment: string, flags: Flags) => console.log(tamper(workOf(flags), urn, assignment)),
  );
  addPart(command, "delete <urn>", "delete an object behind Pulumi's back").action((urn: string, flags: Flags) =>
    console.log(deleteObject(workOf(flags), urn)),
  );
  addPart(command, "reset", "forget all stacks and the simulated account").action((flags: Flags) =>
    console.log(resetSandbox(workOf(flags))),
  );
};
