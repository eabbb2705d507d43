/** `make bench`: median wall times of preview and up of dev from process start, what dominates them, and the policies' share. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import * as path from "node:path";
import { messageOf } from "@fridayproof/sandbox/errors";
import { manifestLine } from "./manifests";
import { type Command, measure, measurePairs } from "./measure";
import { ratioLine, reportLine, shareLine } from "./report";
import { largePlan, memoryLine } from "./verdict";

/** Enough for a median that one slow run does not move. */
const TIMES = 5;

const CLI = path.join(path.dirname(__dirname), "cli", "bin.cjs");
const LIGHTER = path.resolve(__dirname, "../sandbox/runtime/lighter-sdk.cjs");
const TYPESCRIPT = path.resolve(__dirname, "../sandbox/runtime/typescript.cjs");
/** The stack whose share of the policies is measured: the largest one. */
const LARGEST = "prod";

/** One line of the report before it is measured. */
interface Row {
  readonly title: string;
  readonly args: readonly string[];
  /** Puts the work folder into the state that each run starts from. */
  readonly prepare?: () => void;
}

/** What every run pays before the engine begins: the floor under all other lines. */
const floors: readonly Row[] = [
  { title: "node alone", args: ["--eval", "0"] },
  { title: "node and Pulumi's SDK", args: ["--eval", "require('@pulumi/pulumi')"] },
  // What the command line does: see sandbox/runtime/lighter-sdk.cjs.
  { title: "the same, rarely used parts put off", args: ["--require", LIGHTER, "--eval", "require('@pulumi/pulumi')"] },
];

/** An account that has its foundation and nothing else: what dev alone takes is measured from there. */
function accountWithFoundation(work: string): string {
  const args = [CLI, "up", "--yes", "--stack", "foundation", "--no-policies", "--work", work];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`the foundation did not come up:\n${stderr}`);
  return work;
}

/** The rows of a stack that is empty before the first of them. */
function stackRows(withFoundation: string, work: string, policies: boolean): Row[] {
  const name = (verb: string): string => `${verb}, ${policies ? "with" : "without"} policies`;
  const flags = ["--work", work, ...(policies ? [] : ["--no-policies"])];
  const forget = (): void => {
    rmSync(work, { recursive: true, force: true });
    cpSync(withFoundation, work, { recursive: true });
  };
  return [
    { title: name("preview of an empty stack"), args: [CLI, "preview", ...flags], prepare: forget },
    { title: name("up from nothing"), args: [CLI, "up", "--yes", ...flags], prepare: forget },
    { title: name("up again, no changes"), args: [CLI, "up", "--yes", ...flags] },
  ];
}

/** Prints one line as soon as it is measured; what fails says so and is no measurement. */
async function print(title: string, width: number, measured: () => Promise<string>): Promise<void> {
  try {
    console.log(await measured());
  } catch (error) {
    console.log(`${title.padEnd(width)}  failed: ${lastLine(error)}`);
    process.exitCode = 1;
  }
}

/** How many processes wanted a processor in the last minute: above their number, no wall time here says much. */
function loadNow(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

/** What one preview that makes all of the stack takes longer than another: pairs, so that a busy moment hits both. */
async function difference(title: string, less: Command, more: Command, width: number): Promise<string> {
  const [first, second] = await measurePairs(less, more, TIMES);
  return `${shareLine(title, first, second, width)}, load ${loadNow()}`;
}

/** Runs an update as `up` does, behind its plan or without one: no verb leaves the plan out. */
function updateCommand(work: string, hasPlan: boolean): Command {
  const options = { operation: "update", stack: "dev", root: path.dirname(__dirname), work };
  const approve = hasPlan ? ", approve: async () => true" : "";
  const run = `require("@fridayproof/sandbox/run").run({ ...${JSON.stringify(options)}${approve} })`;
  const evaluated = `${run}.then(({ exitCode }) => process.exit(exitCode))`;
  return { args: ["--require", LIGHTER, "--require", TYPESCRIPT, "--eval", evaluated] };
}

/** Pairs of a ratio that must stay below a bound: more than of a time that is only printed. */
const PAIRS = 9;

/** What a plan before the update costs, of dev from nothing and again without a change: pairs, with policies. */
async function ratioOf(title: string, work: string, width: number, prepare?: () => void): Promise<string> {
  const [alone, planned] = await measurePairs(updateCommand(work, false), updateCommand(work, true), PAIRS, prepare);
  return `${ratioLine(title, alone, planned, width)}, load ${loadNow()}`;
}

function lastLine(error: unknown): string {
  const lines = messageOf(error)
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("{"));
  return lines.at(-1) ?? "";
}

async function main(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "fridayproof-bench-"));
  try {
    const withFoundation = accountWithFoundation(path.join(work, "founded"));
    const of = (policies: boolean): Row[] => stackRows(withFoundation, path.join(work, "work"), policies);
    const verdict: Row = { title: "verdict on 3,000 changes", args: [CLI, "verdict", largePlan(work)] };
    const rows = [...floors, ...of(false), ...of(true), verdict];
    const width = Math.max(...rows.map(({ title }) => title.length));
    const machine = `Node ${process.version}, ${availableParallelism()} processors, load ${loadNow()}`;
    console.log(`${machine}; median of ${TIMES} (fastest to slowest)`);
    for (const { title, args, prepare } of rows)
      await print(title, width, async () => reportLine(await measure(title, args, TIMES, prepare), width));
    for (const verb of ["verdict", "report"]) {
      const title = `${verb} on a plan of 100 MB`;
      await print(title, width, () => Promise.resolve(memoryLine(title, [CLI, verb], work, width)));
    }
    const preview = { args: [CLI, "preview", "--stack", LARGEST, "--work", withFoundation] };
    const withoutPolicies = { args: [...preview.args, "--no-policies"] };
    const share = `policies of ${LARGEST}: share of its preview`;
    await print(share, width, () => difference(share, withoutPolicies, preview, width));
    const spared = "the SDK as it is: added to that preview";
    const plain = { ...preview, env: { FRIDAYPROOF_PLAIN_SDK: "1" } };
    await print(spared, width, () => difference(spared, preview, plain, width));
    const planned = path.join(work, "planned");
    const forget = (): void => {
      rmSync(planned, { recursive: true, force: true });
      cpSync(withFoundation, planned, { recursive: true });
    };
    const fromNothing = "up behind its plan, to up without, from nothing";
    await print(fromNothing, width, () => ratioOf(fromNothing, planned, width, forget));
    const again = "up behind its plan, to up without, no changes";
    await print(again, width, () => ratioOf(again, planned, width));
    const lint = "lint-manifests, budgets and autoscalers";
    await print(lint, width, () => Promise.resolve(manifestLine(lint, width)));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

void main();
