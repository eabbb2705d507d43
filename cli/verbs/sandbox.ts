/** `fridayproof sandbox`. */
import { didYouMean } from "@fridayproof/components/core";
import {
  deleteObject,
  objectLines,
  readObjects,
  resetSandbox,
  seedAccount,
  tamper,
} from "@fridayproof/sandbox/account";
import { terminalOn } from "@fridayproof/sandbox/terminal";
import type { Command } from "commander";
import { addFolderOptions } from "../context/options";
import { findProject, type Folders } from "../context/project";
import type { Verb } from "../context/verb";

const workOf = (folders: Folders): string => findProject(folders).work;

function addPart(command: Command, nameAndArguments: string, description: string): Command {
  return addFolderOptions(command.command(nameAndArguments).description(description));
}

interface ObjectFlags extends Folders {
  readonly stack?: string;
}

/** A part of the verb that means one object. */
function addObject(command: Command, nameAndArguments: string, description: string): Command {
  return addPart(command, nameAndArguments, description).option(
    "-s, --stack <name>",
    "whose object is meant, where several stacks have one of that name",
  );
}

const lookupOf = ({ stack }: ObjectFlags) => ({ stack, slipHint: didYouMean });

function show(flags: Folders & { readonly urns?: boolean }): void {
  const objects = readObjects(workOf(flags));
  const terminal = terminalOn(process.stdout, process.env);
  const urns = objects.flatMap(({ urn }) => (urn === "" ? [] : [urn])).sort();
  const lines = flags.urns === true ? urns : objectLines(objects, terminal.colors, terminal.columns);
  terminal.write(lines.map((line) => `${line}\n`).join(""));
}

/** Options and action. */
export const verb: Verb = (command) => {
  addPart(command, "show", "list what exists in the simulated account")
    .option("--urns", "only the URNs that made it")
    .action(show);
  addObject(command, "tamper <name> <path=value>", "change a property behind Pulumi's back: drift to be found").action(
    (name: string, assignment: string, flags: ObjectFlags) =>
      console.log(tamper(workOf(flags), name, assignment, lookupOf(flags))),
  );
  addObject(command, "delete <name>", "delete an object behind Pulumi's back").action(
    (name: string, flags: ObjectFlags) => console.log(deleteObject(workOf(flags), name, lookupOf(flags))),
  );
  addPart(command, "seed", "make what sandbox/cloud/seed.yaml has and the account lacks").action((flags: Folders) =>
    console.log(seedAccount(workOf(flags))),
  );
  addPart(command, "reset", "forget all stacks and the simulated account").action((flags: Folders) =>
    console.log(resetSandbox(workOf(flags))),
  );
};
