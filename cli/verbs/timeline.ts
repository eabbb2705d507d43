/** `fridayproof timeline`: simulates how long AWS would take to create a stack, from two frozen tables. */
import { ParityError, readDocument } from "@fridayproof/guard/parity";
import {
  readTimed,
  type Timed,
  timedState,
  timelineOf,
  TimelineError,
  timelinePicture,
  timelineText,
} from "@fridayproof/guard/timeline";
import { InvalidArgumentError } from "commander";
import { replaceFile } from "../context/files";
import { addFolderOptions } from "../context/options";
import { findProject, type Folders } from "../context/project";
import { bytesOf } from "../stack/plan-files";
import { isFile, stackDocument } from "../stack/state-files";
import type { Verb } from "../context/verb";

interface TimelineFlags extends Folders {
  readonly seed?: number;
  readonly json?: boolean;
  readonly svg?: string;
}

const EXITS =
  "\nExit: 0 done, 3 pods that do not wait for their nodes, 1 a file that cannot be read,\n      2 wrong use, 6 no stack";

function seed(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("A whole number from 0.");
  return Number(value);
}

function timedIn(name: string, flags: Folders): Timed {
  try {
    if (!isFile(name)) return timedState(stackDocument(name, findProject(flags)));
    const bytes = bytesOf(name);
    return readTimed(bytes, readDocument(bytes));
  } catch (error) {
    if (error instanceof ParityError || error instanceof TimelineError)
      throw new TimelineError(`${name}: ${error.message}`);
    throw error;
  }
}

function show(name: string, { seed: chosen, json, svg, ...folders }: TimelineFlags): void {
  const timeline = timelineOf(timedIn(name, folders), { seed: chosen });
  if (svg !== undefined) replaceFile(svg, timelinePicture(timeline));
  const lines = json === true ? [JSON.stringify(timeline, undefined, 2)] : timelineText(timeline);
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exitCode = timeline.earlyPods.length === 0 ? 0 : 3;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addFolderOptions(
    command
      .argument(
        "<stack>",
        "a stack of the sandbox, as if created from nothing; or a file of `pulumi stack export` or `pulumi preview --json`",
      )
      .option("--seed <n>", "seed of the random numbers (default: the one in guard/limits/timeline.ts)", seed)
      .option("--svg <file>", "also write the timeline to a file as a picture")
      .option("--json", "print the timeline as JSON"),
  )
    .addHelpText("after", EXITS)
    .action(show);
};
