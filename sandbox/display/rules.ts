/** The policy rules as a list to read. */
import type { Colors } from "./text/terminal";

/** What a list shows of a rule. */
export interface RuleText {
  readonly id: string;
  readonly group: string;
  readonly level: string;
  readonly forbids: string;
  readonly prevents: string;
}

/** Rules under their groups, in the given order. */
export function ruleLines(rules: readonly RuleText[], colors: Colors): string[] {
  const groups = [...new Set(rules.map(({ group }) => group))];
  return groups.flatMap((group) => [
    colors.bold(group),
    ...rules
      .filter((rule) => rule.group === group)
      .flatMap(({ id, level, forbids, prevents }) => [
        `  ${colors.cyan(id)} ${colors.dim(`(${level})`)}`,
        `    forbids  ${forbids}`,
        `    prevents ${prevents}`,
      ]),
  ]);
}
