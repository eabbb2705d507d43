/** `fridayproof lint-manifests`: the rules on rendered YAML, which no engine ever sees. */
import { existsSync, statSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { isDay } from "../../policies/kit/exemption";
import { lintManifests, type ManifestFinding, type ManifestReport } from "../../policies/manifests";
import { UserError } from "../../sandbox/errors";
import { readPolicyConfig } from "../../sandbox/policies/policy-config";
import { addPlaces } from "../options";
import { findProject, type Places } from "../project";
import type { Verb } from "../verb";

interface LintOptions extends Places {
  readonly stack?: string;
  readonly asOf?: Date;
  readonly json?: boolean;
}

function day(value: string): Date {
  if (!isDay(value)) throw new InvalidArgumentError("Write a day as YYYY-MM-DD.");
  return new Date(`${value}T00:00:00Z`);
}

/** Options and action. */
export const verb: Verb = (command) => {
  addPlaces(command.argument("<folder>", "folder with YAML files"))
    .option("-s, --stack <name>", "environment whose settings and exemptions count (default: the rules' own)")
    .option("--as-of <day>", "day that counts as today for what expires (default: the real one)", day)
    .option("--json", "print the report as JSON")
    .action((folder: string, { stack, asOf, json, ...places }: LintOptions) => {
      if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new UserError(`${folder} is not a folder.`);
      const config = stack === undefined ? {} : readPolicyConfig(findProject(places).root, stack);
      const report = lintManifests(folder, { config: config as never, ...(asOf === undefined ? {} : { now: asOf }) });
      const lines = json === true ? [JSON.stringify(report, undefined, 2)] : linesOf(folder, report);
      process.stdout.write(lines.map((line) => `${line}\n`).join(""));
      process.exitCode = fails(report) ? 1 : 0;
    });
};

function fails({ findings, problems, files }: ManifestReport): boolean {
  return files === 0 || problems.length > 0 || findings.some(({ level }) => level !== "advisory");
}

function linesOf(folder: string, report: ManifestReport): readonly string[] {
  const { files, objects, findings, problems } = report;
  // A folder without YAML is a wrong path more often than it is a clean one.
  if (files === 0)
    return [`${folder}: got no YAML file; wanted rendered manifests. Fix: name the folder that holds them.`];
  const counts = `${objects} objects in ${files} files`;
  const end =
    findings.length + problems.length === 0
      ? `${counts}: nothing found.`
      : `${counts}: ${findings.length} findings, ${problems.length} problems.`;
  return [...problems, ...findings.flatMap(linesOfFinding), end];
}

function linesOfFinding({ file, document, rule, level, message, prevents }: ManifestFinding): readonly string[] {
  return [`${file}#${document} ${rule} (${level}): ${message}`, `    ${prevents}`];
}
