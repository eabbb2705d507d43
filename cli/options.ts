/** Options that several verbs share. */
import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import type { Places } from "./project";

/** What {@link addStackOptions} gives. */
export interface StackOptions extends Places {
  readonly stack: string;
}

/** What {@link addRunOptions} gives on top. */
export interface RunFlags extends StackOptions {
  readonly config?: Readonly<Record<string, string>>;
  readonly secretConfig?: Readonly<Record<string, string>>;
  readonly target?: readonly string[];
  readonly parallel?: number;
  /** False with --no-policies. */
  readonly policies?: boolean;
  readonly quotas?: "default" | "raised";
}

/** What {@link addEngineOptions} gives on top. */
export interface EngineFlags extends RunFlags {
  readonly engine?: "embedded" | "pulumi";
}

/** What {@link addChangeOptions} gives on top. */
export interface ChangeFlags extends EngineFlags {
  readonly replace?: readonly string[];
}

/** A stack's name becomes a file's name: nothing that could lead out of the folder. */
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

function atLeastOne(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("A whole number from 1.");
  return Number(value);
}

const collect = (value: string, previous: readonly string[] = []): string[] => [...previous, value];

/** --cwd and --work. */
export function addPlaces(command: Command): Command {
  return command
    .option("-C, --cwd <folder>", "folder of Pulumi.yaml (default: the project of this command)")
    .option("--work <folder>", "where states and the simulated account are kept (default: .fridayproof)");
}

/** --stack and the places. */
export function addStackOptions(command: Command): Command {
  return addPlaces(command.option("-s, --stack <name>", "environment: dev, staging, prod, ...", stackName, "dev"));
}

/** Everything a run of the engine takes. */
export function addRunOptions(command: Command): Command {
  return addStackOptions(command)
    .option("--config <key=value>", "configuration for this run only, never stored; may be repeated", keyValue)
    .option("--secret-config <key=value>", "the same for a secret: masked wherever it is shown", keyValue)
    .option("--target <urn>", "only this resource; may be repeated, * and ** are wildcards", collect)
    .option("--parallel <n>", "provider operations at once", atLeastOne)
    .option("--no-policies", "do not ask the policies")
    .addOption(
      new Option("--quotas <level>", "quotas of the simulated account: those of a new one, or raised").choices([
        "default",
        "raised",
      ]),
    );
}

/** Everything a run takes that the real Pulumi CLI can carry out too. */
export function addEngineOptions(command: Command): Command {
  const choice = new Option("--engine <name>", "embedded, or the pulumi on PATH on the same simulated providers");
  return addRunOptions(command).addOption(choice.choices(["embedded", "pulumi"]).default("embedded"));
}

/** Everything a run takes that may change resources one by one. */
export function addChangeOptions(command: Command): Command {
  return addEngineOptions(command).option(
    "--replace <urn>",
    "replace this resource though nothing changed; may be repeated, * and ** are wildcards",
    collect,
  );
}
