/** `fridayproof parity`: compares two stacks by their states, of the sandbox or of `pulumi stack export`. */
import { dayOf } from "@fridayproof/components/core";
import {
  type Allowance,
  ParityError,
  parityMarkdown,
  parityOf,
  parityText,
  readAllowances,
  readDocument,
} from "@fridayproof/guard/parity";
import { replaceFile } from "../context/files";
import { addFolderOptions, dayOption } from "../context/options";
import { findProject, type Folders } from "../context/project";
import { bytesOf } from "../stack/plan-files";
import { stateIn } from "../stack/state-files";
import type { Verb } from "../context/verb";

interface ParityFlags extends Folders {
  readonly allow?: string;
  readonly asOf?: string;
  readonly json?: boolean;
  readonly markdown?: string;
}

const EXITS = [
  "",
  "Exit: 0 equal, apart from what standby changes, 3 different, 4 equal, but something could not be compared,",
  "      1 a state that cannot be read, 2 wrong use, 6 no stack",
].join("\n");

function allowancesIn(file: string | undefined): readonly Allowance[] {
  if (file === undefined) return [];
  try {
    return readAllowances(readDocument(bytesOf(file)));
  } catch (error) {
    if (error instanceof ParityError) throw new ParityError(`${file}: ${error.message}`);
    throw error;
  }
}

async function show(first: string, second: string, flags: ParityFlags): Promise<void> {
  const { allow, asOf, json, markdown } = flags;
  const allowances = allowancesIn(allow);
  const project = () => findProject(flags);
  const [one, other] = [await stateIn(first, project), await stateIn(second, project)];
  const parity = parityOf(one, other, { allowances, today: asOf ?? dayOf(new Date()) });
  if (markdown !== undefined) replaceFile(markdown, parityMarkdown(parity));
  const lines = json === true ? [JSON.stringify(parity, undefined, 2)] : parityText(parity);
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exitCode = parity.exitCode;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addFolderOptions(
    command
      .argument(
        "<first>",
        "the primary: a stack of the sandbox, or a file of `pulumi stack export`; - is standard input",
      )
      .argument("<second>", "the stack to compare with it, such as a replica")
      .option("--allow <file>", "JSON of accepted differences: [{ path, reason, owner, expires }]")
      .option("--as-of <day>", "date of the check, for their expiry (default: today)", dayOption)
      .option("--json", "print the comparison as JSON")
      .option("--markdown <file>", "also write the comparison to a file as Markdown"),
  )
    .addHelpText("after", EXITS)
    .action(show);
};
