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
import { addFolderOptions, addStackOptions, momentOption, type StackOptions } from "../context/options";
import { findProject, type Folders } from "../context/project";
import type { Verb } from "../context/verb";
import { synchronize } from "../stack/applications";
import { windowsAt } from "../status/sync-windows";

const workOf = (folders: Folders): string => findProject(folders).work;

function addPart(command: Command, nameAndArguments: string, description: string): Command {
  return addFolderOptions(command.command(nameAndArguments).description(description));
}

interface ObjectFlags extends Folders {
  readonly stack?: string;
}

/** A subcommand for one object. */
function addObject(command: Command, nameAndArguments: string, description: string): Command {
  return addPart(command, nameAndArguments, description).option(
    "-s, --stack <name>",
    "stack of the object, where several stacks have one with that name",
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

interface SyncFlags extends StackOptions {
  readonly asOf?: Date;
}

/** With a name, a manual sync; without, the automated sync, which Argo CD starts every three minutes. */
function sync(only: string | undefined, { asOf = new Date(), ...flags }: SyncFlags): void {
  synchronize(flags, windowsAt(asOf, { byHand: only !== undefined }), terminalOn(process.stdout, process.env), only);
}

/** Options and action. */
export const verb: Verb = (command) => {
  addPart(command, "show", "list what exists in the simulated account")
    .option("--urns", "only the URNs of the resources that created them")
    .action(show);
  addObject(command, "tamper <name> <path=value>", "change a property outside of Pulumi, to cause drift").action(
    (name: string, assignment: string, flags: ObjectFlags) =>
      console.log(tamper(workOf(flags), name, assignment, lookupOf(flags))),
  );
  addObject(command, "delete <name>", "delete an object outside of Pulumi, to cause drift").action(
    (name: string, flags: ObjectFlags) => console.log(deleteObject(workOf(flags), name, lookupOf(flags))),
  );
  addStackOptions(
    command.command("sync [application]").description("synchronize as Argo CD does; with a name, manually"),
  )
    .option("--as-of <moment>", "moment of the check, for freezes (default: now)", momentOption)
    .action(sync);
  addPart(command, "seed", "create the objects of sandbox/cloud/seed.yaml that the account lacks").action(
    (flags: Folders) => console.log(seedAccount(workOf(flags))),
  );
  addPart(command, "reset", "delete all stacks and the simulated account").action((flags: Folders) =>
    console.log(resetSandbox(workOf(flags))),
  );
};
