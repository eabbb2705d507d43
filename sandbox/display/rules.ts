/** The policy rules as a list to read. */
import { wrap } from "./plan/layout";
import type { Colors } from "./text/terminal";

/** What a list shows of a rule. */
export interface RuleText {
  readonly id: string;
  readonly group: string;
  readonly level: string;
  readonly forbids: string;
  readonly prevents: string;
}

/** Where the words behind "forbids" and "prevents" begin. */
const BEHIND = 13;

/** Rules under their groups, in the given order. */
export function ruleLines(rules: readonly RuleText[], colors: Colors, columns: number): string[] {
  const groups = [...new Set(rules.map(({ group }) => group))];
  return groups.flatMap((group) => [
    colors.bold(group),
    ...rules
      .filter((rule) => rule.group === group)
      .flatMap(({ id, level, forbids, prevents }) => [
        `  ${colors.cyan(id)} ${colors.dim(`(${level})`)}`,
        ...wrap(`    forbids  ${forbids}`, BEHIND, columns),
        ...wrap(`    prevents ${prevents}`, BEHIND, columns),
      ]),
  ]);
}

/** What an explanation of one rule shows on top. */
export interface RuleDetail extends RuleText {
  readonly source: string;
  readonly scope: "resource" | "stack";
  /** The rule's limits. */
  readonly limits?: string;
  readonly examples: { readonly bad: string; readonly good: string };
  /** Where it may be excused, and where its settings stand. */
  readonly exempt: string;
  readonly page: string;
}

/** Room for the word before each row. */
const LABEL = 14;

/** One rule explained: what it forbids and prevents, what it refuses and accepts, its source, and how to exempt something. */
export function ruleDetailLines(rule: RuleDetail, columns: number, colors: Colors): string[] {
  const row = (label: string, text: string): string[] => {
    const [first = "", ...rest] = text.split("\n");
    return [
      ...wrap(`  ${label.padEnd(LABEL - 2)}${first}`, LABEL, columns),
      ...rest.flatMap((line) => wrap(`${" ".repeat(LABEL)}${line}`, LABEL + 2, columns)),
    ];
  };
  const looks = rule.scope === "stack" ? "checks the whole stack" : "checks each resource by itself";
  const head = wrap(`${rule.id}   ${rule.level}, ${rule.group}, ${looks}`, 2, columns);
  return [
    ...head.map((line) => line.replace(rule.id, colors.bold(rule.id))),
    ...wrap(`  ${rule.forbids}`, 2, columns),
    ...row("Prevents", rule.prevents),
    ...row("Refused", rule.examples.bad),
    ...row("Accepted", rule.examples.good),
    ...(rule.limits === undefined ? [] : row("Limits", rule.limits)),
    ...row("Source", rule.source),
    ...row("Exempt", rule.exempt),
    ...row("Page", rule.page),
  ];
}
