/** `fridayproof policies`, `policies <rule>` and `policies exempt`. */
import type { Command } from "commander";
import { existsSync, statSync } from "node:fs";
import * as path from "node:path";
import { didYouMean } from "@fridayproof/components/core";
import { exemptionProblem, isExpired, type RuleExemption } from "@fridayproof/policies/exemption";
import { exemptionFile, isAbout, readExemptions, withExemption } from "@fridayproof/policies/manifests";
import { rules } from "@fridayproof/policies/rules";
import { EXIT_USAGE, UserError } from "@fridayproof/sandbox/errors";
import { ruleDetailLines, ruleLines, terminalOn } from "@fridayproof/sandbox/terminal";
import { readText, replaceFile } from "../context/files";
import type { Verb } from "../context/verb";

interface ExemptOptions {
  readonly folder: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly path?: string;
}

const PAGE = "docs/policies.md";

/** @throws UserError when there is no such rule, naming the nearest. */
function named(id: string): (typeof rules)[number] {
  const found = rules.find((rule) => rule.id === id);
  if (found !== undefined) return found;
  const ids = rules.map((rule) => rule.id);
  throw new UserError(
    `there is no rule '${id}'.${didYouMean(id, ids)} \`fridayproof policies\` lists them.`,
    EXIT_USAGE,
  );
}

/** How to exempt a resource: of a program by a row of the project, of an application by a file in its folder. */
const exemptHelp = (id: string): string =>
  `a row in stacks/policies/exemptions.ts, then make policy-files; for manifests npx fridayproof policies exempt ${id} RESOURCE`;

/** @throws UserError when there is no such rule. */
function explained(id: string): Parameters<typeof ruleDetailLines>[0] {
  return { ...named(id), exempt: exemptHelp(id), page: `${PAGE}#${id}` };
}

/** Options and actions. */
export const verb: Verb = (command) => {
  command
    .argument(
      "[rule]",
      "id of one rule: prints what it refuses and accepts, why, its source, and how to exempt a resource",
    )
    .action((id: string | undefined) => {
      const { colors, columns, write } = terminalOn(process.stdout, process.env);
      const lines =
        id === undefined ? ruleLines(rules, colors, columns) : ruleDetailLines(explained(id), columns, colors);
      write(`${lines.join("\n")}\n`);
    });
  addExempt(command);
};

function addExempt(command: Command): void {
  command
    .command("exempt <rule> <resource>")
    .description(`write an exemption into ${exemptionFile} of a folder of manifests`)
    .requiredOption("--reason <text>", "why the resource may break the rule")
    .requiredOption("--owner <name>", "team or person responsible for it")
    .requiredOption("--expires <day>", "last day on which it holds, YYYY-MM-DD, within a year")
    .option("--path <property>", "property that it is limited to, such as spec.template.spec.hostNetwork")
    .option("--folder <folder>", "folder of the manifests", ".")
    .action((rule: string, resource: string, options: ExemptOptions) => {
      const row = rowOf(named(rule).id, resource, options);
      const file = path.join(options.folder, exemptionFile);
      const text = readText(file);
      const after = added(file, text, row);
      needed(options.folder, row);
      replaceFile(file, after);
      console.log(`Written to ${file}: ${resource} is exempt from ${rule} until ${options.expires}.`);
    });
}

function rowOf(rule: string, resource: string, { reason, owner, expires, path: below }: ExemptOptions): RuleExemption {
  const row = { rule, resource, ...(below === undefined ? {} : { path: below }), reason, owner, expires };
  const now = new Date();
  const problem = exemptionProblem(row, now) ?? (isExpired(row, now) ? `${expires} is over` : undefined);
  if (problem !== undefined) throw new UserError(`This exemption would be invalid: ${problem}.`);
  return row;
}

/** @throws UserError when the folder has no such object; not where a file could not be read or rendered, which may contain it. */
function needed(folder: string, row: RuleExemption): void {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UserError(`${folder}: there is no such folder of manifests.`);
  if (isAbout(row, folder) === false)
    throw new UserError(`This would exempt nothing: ${folder} has no ${row.resource}.`);
}

function added(file: string, text: string | undefined, row: RuleExemption): string {
  const there = text === undefined ? [] : readExemptions(text, "").rows;
  const isTwin = (one: RuleExemption): boolean =>
    one.rule === row.rule && one.resource === row.resource && one.path === row.path;
  if (there.some(isTwin)) throw new UserError(`${file} has a row about ${row.rule} and ${row.resource} already.`);
  try {
    return withExemption(text, row);
  } catch (error) {
    throw new UserError(`${file}: ${(error as Error).message}.`);
  }
}
