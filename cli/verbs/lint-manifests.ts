/** `fridayproof lint-manifests`: runs the rules on rendered YAML, which no Pulumi engine deploys. */
import { existsSync, readFileSync } from "node:fs";
import { beginningOf } from "@fridayproof/components/core";
import type { Exemption } from "@fridayproof/policies/exemption";
import {
  counted,
  decoded,
  lintPaths,
  type ManifestFinding,
  type ManifestOptions,
  type ManifestReport,
} from "@fridayproof/policies/manifests";
import { UserError } from "@fridayproof/sandbox/errors";
import { readManifestConfig, readPolicyConfig } from "@fridayproof/sandbox/stacks";
import { addFolderOptions, dayOption } from "../context/options";
import { findProject, type Folders, projectRoot } from "../context/project";
import type { Verb } from "../context/verb";

interface LintOptions extends Folders {
  readonly stack?: string;
  readonly asOf?: string;
  readonly whole?: boolean;
  readonly json?: boolean;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addFolderOptions(command.argument("<path...>", "folders and files with YAML or JSON; - reads standard input"))
    .option(
      "-s, --stack <name>",
      "environment whose settings and exemptions apply too (default: those of lint-manifests.json)",
    )
    .option("--as-of <day>", "date of the check, for expiry dates (default: today)", dayOption)
    .option("--whole", "the folders hold every object: an exemption that matches none is a problem")
    .option("--json", "print the report as JSON")
    .action((paths: readonly string[], { stack, asOf, whole, json, ...folders }: LintOptions) => {
      const missing = paths.find((path) => path !== stdin && !existsSync(path));
      if (missing !== undefined) throw new UserError(`${missing}: there is no such file or folder.`);
      const report = lintPaths(
        paths.filter((path) => path !== stdin),
        {
          config: configOf(stack, folders),
          input: inputOf(paths),
          extent: whole === true ? "whole" : "part",
          ...(asOf === undefined ? {} : { now: beginningOf(asOf) }),
        },
      );
      const lines = json === true ? [JSON.stringify(report, undefined, 2)] : linesOf(paths, report);
      process.stdout.write(lines.map((line) => `${line}\n`).join(""));
      process.exitCode = fails(report) ? 1 : 0;
    });
};

type Config = NonNullable<ManifestOptions["config"]>;

/** Settings of the project for rendered YAML, and of the stack where one is named; exemptions of both apply. */
function configOf(stack: string | undefined, folders: Folders): Config {
  const root = stack === undefined ? projectRoot(folders) : findProject(folders).root;
  if (root === undefined) return {};
  const own = readManifestConfig(root) as Config;
  const ofStack = stack === undefined ? {} : (readPolicyConfig(root, stack) as Config);
  const rules = [...new Set([...Object.keys(own), ...Object.keys(ofStack)])];
  const exempted = (rule: string): readonly Exemption[] =>
    [own, ofStack].flatMap((config) => (config[rule]?.["exemptions"] ?? []) as readonly Exemption[]);
  return Object.fromEntries(
    rules.map((rule) => [rule, { ...own[rule], ...ofStack[rule], exemptions: exempted(rule) }]),
  );
}

/** The argument for standard input. */
const stdin = "-";

/** Standard input, where `-` is among the arguments. */
function inputOf(paths: readonly string[]): string | undefined {
  if (!paths.includes(stdin)) return undefined;
  if (process.stdin.isTTY) throw new UserError("- reads standard input, and nothing is piped into it.");
  const text = decoded(readFileSync(0));
  if (text === undefined) throw new UserError("Standard input is no UTF-8 text.");
  return text;
}

function fails({ findings, problems, files }: ManifestReport): boolean {
  return files === 0 || problems.length > 0 || findings.some(({ level }) => level !== "advisory");
}

function linesOf(paths: readonly string[], report: ManifestReport): readonly string[] {
  const { files, objects, findings, problems, used, unchecked } = report;
  // A folder without manifests is most likely a wrong path.
  if (files === 0 && problems.length === 0)
    return [
      `${paths.join(", ")}: got no YAML or JSON file; expected rendered manifests. Fix: name the folder that holds them.`,
    ];
  const counts = `${counted(objects, "object")} in ${counted(files, "file")}`;
  const end =
    findings.length + problems.length === 0
      ? `${counts}: nothing found.`
      : `${counts}: ${counted(findings.length, "finding")}, ${counted(problems.length, "problem")}.`;
  return [...problems, ...findings.flatMap(linesOfFinding), ...linesOfUsed(used), ...linesOfUnchecked(unchecked), end];
}

/** Lists the exemptions that were used, so that a clean result shows what it rests on. */
function linesOfUsed(used: ManifestReport["used"]): readonly string[] {
  if (used.length === 0) return [];
  const rows = used.map(
    ({ rule, resource, path, expires, owner, reason }) =>
      `    ${rule}, ${resource}${path === undefined ? "" : `, ${path}`}: until ${expires} by ${owner}: ${reason}`,
  );
  return [`exempted by ${counted(used.length, "exemption")}:`, ...rows];
}

/** Lists the kinds without a rule: a clean result does not cover them. */
function linesOfUnchecked(unchecked: ManifestReport["unchecked"]): readonly string[] {
  if (unchecked.length === 0) return [];
  const count = unchecked.reduce((sum, { names }) => sum + names.length, 0);
  const kinds = unchecked.map(({ type, names }) => `    ${type} (${names.length}): ${names.join(", ")}`);
  return [`${counted(count, "object")} of kinds without a rule:`, ...kinds];
}

function linesOfFinding({ file, document, rule, level, message, prevents }: ManifestFinding): readonly string[] {
  return [`${file}#${document} ${rule} (${level}): ${message}`, `    ${prevents}`];
}
