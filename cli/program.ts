/** The verbs with their descriptions and examples; each loads its code only when it is called. */
import { Command, InvalidArgumentError, Option } from "commander";
import { version } from "./package.json";
import type { Verb } from "./context/verb";
import { examplesOf } from "./examples";

interface VerbRow {
  readonly name: string;
  readonly description: string;
  /** `require`, because `import()` of TypeScript is not served by the hook in sandbox/runtime/typescript.cjs. */
  readonly load: () => { readonly verb: Verb };
}

const verbs: readonly VerbRow[] = [
  {
    name: "up",
    description: "show the plan, confirm, then create or update the stack",
    load: () => require("./verbs/up"),
  },
  { name: "preview", description: "show what up would change", load: () => require("./verbs/preview") },
  {
    name: "destroy",
    description: "delete everything a stack has",
    load: () => require("./verbs/destroy"),
  },
  { name: "refresh", description: "read the simulated cloud into the state", load: () => require("./verbs/refresh") },
  {
    name: "status",
    description: "show traffic by slot, health, versions, freezes",
    load: () => require("./verbs/status"),
  },
  {
    name: "drift",
    description: "report drift, its author, and what the next up reverts",
    load: () => require("./verbs/drift"),
  },
  { name: "graph", description: "draw the resource graph as SVG", load: () => require("./verbs/graph") },
  {
    name: "costs",
    description: "estimate the monthly cost of a stack by list prices",
    load: () => require("./verbs/costs"),
  },
  {
    name: "report",
    description: "report the plans of a pull request: comment, JSON, SARIF",
    load: () => require("./verbs/report"),
  },
  {
    name: "verdict",
    description: "report what a plan would do to traffic and data",
    load: () => require("./verbs/verdict"),
  },
  {
    name: "parity",
    description: "compare two stacks, such as a replica, by their states",
    load: () => require("./verbs/parity"),
  },
  {
    name: "timeline",
    description: "simulate how long AWS would take to create a stack",
    load: () => require("./verbs/timeline"),
  },
  {
    name: "drill",
    description: "rehearse an outage of a region: fail over, verify, fail back",
    load: () => require("./verbs/drill"),
  },
  { name: "release", description: "plan a release of an application", load: () => require("./verbs/release") },
  { name: "undo", description: "revert a release by a commit", load: () => require("./verbs/undo") },
  {
    name: "shift",
    description: "shift traffic between slots, or back",
    load: () => require("./verbs/shift"),
  },
  {
    name: "replica",
    description: "scale a replica up, open it, or return it to standby",
    load: () => require("./verbs/replica"),
  },
  { name: "render", description: "write gitops/ from the specs in apps/", load: () => require("./verbs/render") },
  { name: "outputs", description: "print the outputs of a stack", load: () => require("./verbs/outputs") },
  {
    name: "policies",
    description: "list the policy rules, or exempt a resource from one",
    load: () => require("./verbs/policies"),
  },
  {
    name: "lint-manifests",
    description: "check rendered YAML with the policy rules",
    load: () => require("./verbs/lint-manifests"),
  },
  { name: "lock", description: "check the versions of env.lock.json", load: () => require("./verbs/lock") },
  { name: "sandbox", description: "show, reset or tamper with the account", load: () => require("./verbs/sandbox") },
  {
    name: "new",
    description: "write the files of a new environment or application",
    load: () => require("./verbs/new"),
  },
  {
    name: "completion",
    description: "print the completion script of a shell",
    load: () => require("./verbs/completion"),
  },
  { name: "cancel", description: "remove the lock of a killed run", load: () => require("./verbs/cancel") },
];

/** The hidden verb that completion scripts call. */
const COMPLETE: VerbRow = {
  name: "__complete",
  description: "candidates for the last of these words",
  load: () => require("./verbs/complete"),
};

/** Flags of every verb. */
interface LookFlags {
  readonly plain?: boolean;
  readonly color?: "auto" | "always" | "never";
}

/** Exit codes of a run, for scripts. */
const EXITS = "\nExit: 0 done, 1 error or refused, 2 wrong use, 6 no stack,\n      7 changes not expected, 130 stopped";

/** Verbs that run the engine. */
const RUNS: readonly string[] = ["up", "preview", "destroy", "refresh"];

/** Sets the environment variables of output, which child processes inherit. */
function setLook({ plain, color = "auto" }: LookFlags): void {
  if (plain === true) process.env.FRIDAYPROOF_PLAIN = "1";
  if (color === "auto") return;
  delete process.env[color === "always" ? "NO_COLOR" : "FORCE_COLOR"];
  process.env[color === "always" ? "FORCE_COLOR" : "NO_COLOR"] = "1";
}

function when(value: string): string {
  if (!["auto", "always", "never"].includes(value)) throw new InvalidArgumentError("Allowed: auto, always, never.");
  return value;
}

/** --plain and --color of a command and those below it. */
function addLook(command: Command): void {
  for (const part of command.commands) addLook(part);
  if (command.commands.length > 0 && command.registeredArguments.length === 0) return;
  command
    .optionsGroup("Look:")
    .option("--plain", "words instead of symbols, columns and bars; no redrawing: screen readers, logs")
    .addOption(new Option("--color <when>", "auto, always or never").argParser(when));
}

/** The command line. @param args as typed: verbs that are not among them are listed, and not loaded. */
export function buildProgram(args: readonly string[]): Command {
  const program = new Command("fridayproof")
    .description("Zero-downtime delivery on AWS EKS: try the whole platform on a sandbox, without an AWS account.")
    .version(version)
    .showHelpAfterError("(fridayproof --help lists the verbs)")
    .exitOverride()
    .hook("preAction", (_program, action) => setLook(action.opts<LookFlags>()));
  for (const { name, description, load } of [...verbs, COMPLETE]) {
    const command = program.command(name, { hidden: name === COMPLETE.name });
    command.summary(description).description(`${asSentence(description)}${examplesOf(name)}`);
    // Options of other verbs are not needed: loading their modules would take time.
    if (!args.includes(name)) continue;
    load().verb(command);
    if (RUNS.includes(name)) command.addHelpText("after", EXITS);
    if (name !== COMPLETE.name) addLook(command);
  }
  return program;
}

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
