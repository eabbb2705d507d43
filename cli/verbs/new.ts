/** `fridayproof new environment`: every file that a new environment needs, planned as a whole and written at once. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { ProblemsError } from "@fridayproof/components/core";
import { UserError } from "@fridayproof/sandbox/errors";
import { replaceFiles } from "../context/files";
import { hooksOf, type NewEnvironment, type NewEnvironmentRequest } from "../context/hooks";
import { addPlaces, EXIT_USAGE } from "../context/options";
import { findProject, type Places } from "../context/project";
import type { Verb } from "../context/verb";

type EnvironmentFlags = Places & Omit<NewEnvironmentRequest, "name">;

async function plan(request: NewEnvironmentRequest, project: ReturnType<typeof findProject>): Promise<NewEnvironment> {
  const { newEnvironment } = hooksOf(project.root);
  if (newEnvironment === undefined)
    throw new UserError(
      `${path.join(project.root, "package.json")}: this project has no pattern for new environments.`,
    );
  try {
    return await newEnvironment(request, project);
  } catch (error) {
    // The program's copy of the class is another one where the project brings its own packages.
    if (error instanceof Error && error.name === ProblemsError.name)
      throw new UserError(`${error.message}\nNothing was written.`, EXIT_USAGE);
    throw error;
  }
}

async function addEnvironment(name: string, { cwd, work, ...asked }: EnvironmentFlags): Promise<void> {
  const project = findProject({ cwd, work });
  const { summary, files, next } = await plan({ name, ...asked }, project);
  const rows = files.map(({ file, text }) => ({ file: path.join(project.root, file), text, shown: file }));
  const lines = rows.map(({ file, shown }) => `  ${existsSync(file) ? "~" : "+"} ${shown}`);
  replaceFiles(rows);
  const width = Math.max(...next.map(([command]) => command.length));
  const steps = next.map(([command, purpose], index) => {
    const label = index === 0 ? "Next" : "    ";
    return `${label}   ${command.padEnd(width)}   ${purpose}`;
  });
  process.stdout.write(`${[summary, ...lines, ...steps].join("\n")}\n`);
}

const list = (value: string): string[] => value.split(",").map((part) => part.trim());

/** Options and action. */
export const verb: Verb = (command) => {
  const environment = command.command("environment <name>").description("every file of a new environment");
  addPlaces(environment)
    .requiredOption("--like <name>", "environment that it is made after")
    .option("--region <region>", "where it stands (default: where that one does)")
    .option("--zones <ids>", "zone ids, separated by commas (default: as many as that one has)", list)
    .option("--cidr <block>", "addresses of its network (default: the first free block of 10.0.0.0/8)")
    .option("--domain <domain>", "domain that it answers at (default: that one's, with the new name in front)")
    .action(addEnvironment);
};
