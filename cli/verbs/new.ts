/** `fridayproof new`: every file that a new environment or application needs, planned as a whole and written at once. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { ProblemsError } from "@fridayproof/components/core";
import { EXIT_USAGE, UserError } from "@fridayproof/sandbox/errors";
import { InvalidArgumentError } from "commander";
import { replaceFiles } from "../context/files";
import type { NewApplicationRequest, NewEnvironmentRequest, PlannedFiles } from "../context/hook-types";
import { hooksOf } from "../context/hooks";
import { addFolderOptions } from "../context/options";
import { findProject, type Folders } from "../context/project";
import type { Verb } from "../context/verb";

type EnvironmentFlags = Folders & Omit<NewEnvironmentRequest, "name">;

type ApplicationFlags = Folders & Omit<NewApplicationRequest, "name">;

/** Calls a hook. @throws UserError with the problems that it reports. */
async function planned(plan: () => PlannedFiles | Promise<PlannedFiles>): Promise<PlannedFiles> {
  try {
    return await plan();
  } catch (error) {
    // By name, because the project may have installed a copy of the class's package.
    if (error instanceof Error && error.name === ProblemsError.name)
      throw new UserError(`${error.message}\nNothing was written.`, EXIT_USAGE);
    throw error;
  }
}

function missing(root: string, what: string): UserError {
  return new UserError(`${path.join(root, "package.json")}: this project has no pattern for new ${what}.`);
}

/** Writes every file at once, and prints the next commands. */
function write(root: string, { summary, files, next }: PlannedFiles): void {
  const rows = files.map(({ file, text }) => ({ file: path.join(root, file), text, shown: file }));
  const lines = rows.map(({ file, shown }) => `  ${existsSync(file) ? "~" : "+"} ${shown}`);
  replaceFiles(rows);
  const width = Math.max(...next.map(([command]) => command.length));
  const steps = next.map(([command, purpose], index) => {
    const label = index === 0 ? "Next" : "    ";
    return `${label}   ${command.padEnd(width)}   ${purpose}`;
  });
  process.stdout.write(`${[summary, ...lines, ...steps].join("\n")}\n`);
}

async function addEnvironment(name: string, { cwd, work, ...request }: EnvironmentFlags): Promise<void> {
  const project = findProject({ cwd, work });
  const { newEnvironment } = hooksOf(project.root);
  if (newEnvironment === undefined) throw missing(project.root, "environments");
  write(project.root, await planned(() => newEnvironment({ name, ...request }, project)));
}

async function addApplication(name: string, { cwd, work, ...request }: ApplicationFlags): Promise<void> {
  const project = findProject({ cwd, work });
  const { newApplication } = hooksOf(project.root);
  if (newApplication === undefined) throw missing(project.root, "applications");
  write(project.root, await planned(() => newApplication({ name, ...request }, project)));
}

function number(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("A whole number from 1 to 65535.");
  return Number(value);
}

const list = (value: string): string[] => value.split(",").map((part) => part.trim());

/** Options and action. */
export const verb: Verb = (command) => {
  const environment = command.command("environment <name>").description("every file of a new environment");
  addFolderOptions(environment)
    .requiredOption("--like <name>", "environment to copy the settings of")
    .option("--region <region>", "its region (default: that of --like)")
    .option("--zones <ids>", "zone ids, separated by commas (default: as many as --like has)", list)
    .option("--cidr <block>", "CIDR block of its VPC (default: the first free block of 10.0.0.0/8)")
    .option("--domain <domain>", "domain that it serves (default: that of --like, with the new name in front)")
    .action(addEnvironment);
  const application = command.command("application <name>").description("the spec of a new application");
  addFolderOptions(application)
    .requiredOption("--image <image>", "its image by digest: registry/repository:tag@sha256:...")
    .requiredOption("--port <port>", "port that it serves HTTP on", number)
    .option("--ready <path>", "path that returns 200 while it can serve", "/ready")
    .option("--live <path>", "path that returns 200 while the process works", "/live")
    .option("--environment <name>", "environment that it is for", "dev")
    .option("--curl-image <image>", "image with curl by digest, for smoke tests; needed once")
    .action(addApplication);
};
