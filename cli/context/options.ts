/** Options that several verbs share. */
import { readFileSync } from "node:fs";
import { isDay } from "@fridayproof/components/core";
import { EXIT_USAGE, UserError } from "@fridayproof/sandbox/errors";
import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { collect } from "./arguments";
import { addOutageOptions, type OutageFlags } from "./outage-options";
import type { Folders } from "./project";

/** 128 and the number of SIGINT: a shell's exit code for an interrupted program. */
export const EXIT_INTERRUPTED = 130;

/** Flags of {@link addStackOptions}. */
export interface StackOptions extends Folders {
  readonly stack: string;
}

/** The same with the flags of {@link addRunOptions}. */
export interface RunFlags extends StackOptions, OutageFlags {
  readonly config?: Readonly<Record<string, string>>;
  readonly secretConfig?: Readonly<Record<string, string>>;
  readonly target?: readonly string[];
  readonly parallel?: number;
  /** False with --no-policies. */
  readonly policies?: boolean;
  readonly quotas?: "default" | "raised";
}

/** The same with the flag of {@link addEngineOptions}. */
export interface EngineFlags extends RunFlags {
  readonly engine?: "embedded" | "pulumi";
}

/** The same with the flags of {@link addChangeOptions}. */
export interface ChangeFlags extends EngineFlags {
  readonly replace?: readonly string[];
}

/** A stack's name becomes a file name, so it must not contain a path separator. */
function stackName(value: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) {
    throw new InvalidArgumentError("A stack's name consists of letters, digits, dots, dashes and underscores.");
  }
  return value;
}

function keyValue(value: string, previous: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = value.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Write it as key=value, such as fridayproof:teardown=true.");
  return { ...previous, [value.slice(0, at)]: value.slice(at + 1) };
}

/** No error repeats the argument, because it is a secret; without a value it is read from standard input. */
function secretKeyValue(text: string, previous: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, key, value] = /^([^=:]+:[^=]+)(?:=([^]*))?$/.exec(text) ?? [];
  if (key === undefined) {
    const expected = "write --secret-config as namespace:key, and pipe the value in, or as namespace:key=value.";
    throw new UserError(expected, EXIT_USAGE);
  }
  return { ...previous, [key]: value ?? readFileSync(process.stdin.fd, "utf8").replace(/\r?\n$/, "") };
}

function atLeastOne(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("A whole number from 1.");
  return Number(value);
}

/** The argument of an option that names a day, unchanged. */
export function dayOption(value: string): string {
  if (!isDay(value)) throw new InvalidArgumentError("A day that exists, such as 2027-01-31.");
  return value;
}

/** The argument of an option that names a moment: a day, which is its first minute, or a minute, in UTC both. */
export function momentOption(value: string): Date {
  const [, day = "", hour = "00", minute = "00"] =
    /^(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):([0-5]\d)Z)?$/.exec(value) ?? [];
  if (!isDay(day)) throw new InvalidArgumentError("A moment that exists, such as 2027-01-31 or 2027-01-31T18:30Z.");
  return new Date(`${day}T${hour}:${minute}:00Z`);
}

/** Headings of the help; a verb's own options are under the first one. */
const [OWN, WHERE, RUN, PLAN] = ["Options:", "Where:", "Run:", "Plan:"];

/** --cwd and --work. */
export function addFolderOptions(command: Command): Command {
  return command
    .optionsGroup(WHERE)
    .option("-C, --cwd <folder>", "folder of Pulumi.yaml (default: the nearest, from here upwards)")
    .option("--work <folder>", "where states and the simulated account are kept (default: .fridayproof)")
    .optionsGroup(OWN);
}

/** --stack, --cwd and --work. */
export function addStackOptions(command: Command): Command {
  const environment = "environment: dev, staging, prod, ...";
  return addFolderOptions(command.optionsGroup(WHERE).option("-s, --stack <name>", environment, stackName, "dev"));
}

/** Options of every run of the engine. */
function addRunOptions(command: Command): Command {
  const run = addStackOptions(command)
    .optionsGroup(RUN)
    .option("--config <key=value>", "configuration for this run only, never stored; may be repeated", keyValue)
    .option(
      "--secret-config <key[=value]>",
      "the same for a secret: masked wherever it is shown; a key alone reads the value from standard input",
      secretKeyValue,
    )
    .option(
      "--target <name>",
      "only this resource, by logical name or URN; may be repeated, * and ** are wildcards",
      collect,
    )
    .option("--parallel <n>", "provider operations at once", atLeastOne)
    .option("--config-file <file>", "configuration of the stack (default: Pulumi.<stack>.yaml of the project)")
    .option("--policy-pack <folder>", "the policy pack that checks it (default: the project's own)")
    .option(
      "--policy-pack-config <file>",
      "the pack's configuration for this stack, as JSON (default: the project's own)",
    )
    .option("--no-policies", "skip the policy checks")
    .addOption(
      new Option("--quotas <level>", "quotas of the simulated account: those of a new one, or raised").choices([
        "default",
        "raised",
      ]),
    );
  return addOutageOptions(run).optionsGroup(OWN);
}

/** --engine, for verbs of both engines. */
export function addEngine(command: Command): Command {
  const choice = new Option("--engine <name>", "embedded, or the real Pulumi CLI on the same simulated providers");
  return command.addOption(choice.choices(["embedded", "pulumi"]).default("embedded"));
}

/** --engine, for verbs of the embedded engine alone: another value is an error, not ignored. */
export function addEmbeddedEngine(command: Command): Command {
  const onlyEmbedded = (value: string): string => {
    if (value !== "embedded") throw new InvalidArgumentError(`${command.name()} runs on the embedded engine alone.`);
    return value;
  };
  return command.addOption(new Option("--engine <name>", "embedded").argParser(onlyEmbedded).hideHelp());
}

/** Options of a run that the real Pulumi CLI supports too. */
export function addEngineOptions(command: Command): Command {
  return addEngine(addRunOptions(command));
}

/** Options of a run that may replace single resources. */
export function addChangeOptions(command: Command): Command {
  return addEngineOptions(command).option(
    "--replace <name>",
    "replace this resource though nothing changed, by logical name or URN; may be repeated, * and ** are wildcards",
    collect,
  );
}

/** Flags of {@link addApprovalOptions}. */
export interface ApprovalFlags extends PlanFlags {
  readonly yes?: boolean;
}

/** Flags of {@link addPlanOptions}. */
export interface PlanFlags {
  readonly full?: boolean;
  readonly diff?: boolean;
  readonly findings?: boolean;
}

/** Options that decide how much of a plan is shown. */
export function addPlanOptions(command: Command): Command {
  return command
    .optionsGroup(PLAN)
    .option("--full", "every resource and every changed value of the plan")
    .option("--diff", "the same with the values of what is new, and where each resource is declared")
    .option("--findings", "every finding with its reasons, and what only the update can decide")
    .optionsGroup(OWN);
}

/** Options of a verb that shows a plan and prompts for approval. */
export function addApprovalOptions(command: Command): Command {
  return addPlanOptions(command.option("-y, --yes", "approve the plan without a prompt"));
}
