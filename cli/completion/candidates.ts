/** Candidates of a completion, from the commands and from the files of state and account; the Pulumi program is not loaded. */
import type { Command, Option } from "commander";
import { nameOf } from "@fridayproof/components/core";
import { readObjects } from "@fridayproof/sandbox/account";
import { knownStacks, resourceUrns } from "@fridayproof/sandbox/stacks";
import { findProject } from "../context/project";

/** The words before the cursor, parsed. */
interface CommandLine {
  readonly words: readonly string[];
  readonly command: Command;
  /** Words after the command that are neither options nor their values. */
  readonly operands: readonly string[];
}

/** The candidates for the last word, which may be empty, sorted. */
export function candidates(words: readonly string[], program: Command): readonly string[] {
  const last = words.at(-1) ?? "";
  const line = lineOf(words.slice(0, -1), program);
  try {
    return [...new Set(at(line, last))].filter((name) => name.startsWith(last)).sort();
  } catch {
    // Without a project, or with unreadable files, there are no candidates: a message would end up in the prompt.
    return [];
  }
}

function at(line: CommandLine, last: string): readonly string[] {
  const { words, command, operands } = line;
  const option = optionOf(command, words.at(-1));
  if (option?.required === true) return valuesOf(option, line);
  if (last.startsWith("-"))
    return command.options.flatMap(({ long, hidden }) => (long === undefined || hidden ? [] : [long]));
  const below = command.commands.map((one) => one.name()).filter((name) => !name.startsWith("_"));
  return [...below, ...argumentsOf(command, operands, line)];
}

function optionOf(command: Command, word: string | undefined): Option | undefined {
  return command.options.find(({ long, short }) => word !== undefined && (word === long || word === short));
}

/** The command that the words name, and its operands. */
function lineOf(words: readonly string[], program: Command): CommandLine {
  let command = program;
  const operands: string[] = [];
  words.forEach((word, index) => {
    if (word.startsWith("-") || optionOf(command, words[index - 1])?.required === true) return;
    const below = command.commands.find((one) => one.name() === word);
    if (below === undefined) operands.push(word);
    else command = below;
  });
  return { words, command, operands };
}

function valuesOf({ long, argChoices }: Option, line: CommandLine): readonly string[] {
  if (long === "--stack") return knownStacks(projectOf(line.words).root);
  if (long === "--target" || long === "--replace") return logicalNames(line.words);
  if (long === "--color") return ["auto", "always", "never"];
  return argChoices ?? [];
}

/** The value of the last of these options; undefined where none is among the words. */
function valueOf(words: readonly string[], ...options: readonly string[]): string | undefined {
  const index = words.findLastIndex((word) => options.includes(word));
  return index < 0 ? undefined : words[index + 1];
}

/** The project of the option --cwd; without it, the project of the working directory. */
function projectOf(words: readonly string[]): ReturnType<typeof findProject> {
  return findProject({ cwd: valueOf(words, "-C", "--cwd"), work: valueOf(words, "--work") });
}

function logicalNames(words: readonly string[]): readonly string[] {
  return resourceUrns(projectOf(words), valueOf(words, "-s", "--stack") ?? "dev").map(nameOf);
}

function argumentsOf(command: Command, operands: readonly string[], { words }: CommandLine): readonly string[] {
  const name = command.name();
  if (operands.length > 0) return [];
  if (name === "policies" || name === "exempt") {
    const { rules } = require("@fridayproof/policies/rules") as typeof import("@fridayproof/policies/rules");
    return rules.map(({ id }) => id);
  }
  const isTampering = words[0] === "sandbox" && (name === "tamper" || name === "delete");
  if (isTampering) return readObjects(projectOf(words).work).flatMap(({ urn }) => (urn === "" ? [] : [nameOf(urn)]));
  return command.registeredArguments[0]?.argChoices ?? [];
}
