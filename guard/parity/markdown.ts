/** A comparison as Markdown, for a pull request or a drill's report. */
import type { Parity, ShownDifference } from "./parity";
import { byKind, headlineOf, shownOf } from "./text";

/** A text inside of a table's cell: no sign of it may end the cell or become a link. */
function cell(text: string): string {
  const ticks = /`+/g;
  const longest = Math.max(0, ...[...text.matchAll(ticks)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${text.replaceAll("|", "\\|").replaceAll("\n", " ")} ${fence}`;
}

function table(differences: readonly ShownDifference[], [first, second]: readonly [string, string]): string[] {
  return [
    `| where | ${first} | ${second} | why it matters |`,
    "| --- | --- | --- | --- |",
    ...differences.map(
      (each) => `| ${cell(each.address)} | ${cell(each.first)} | ${cell(each.second)} | ${each.reason ?? ""} |`,
    ),
  ];
}

/** The comparison as one document. */
export function parityMarkdown(parity: Parity): string {
  const [one, other] = parity.stacks;
  const [shown, omitted] = shownOf(parity.differences);
  const lines = [
    `**${headlineOf(parity)}**`,
    "",
    "| stack | region | resources | hash of the graph |",
    "| --- | --- | --- | --- |",
    ...parity.stacks.map(
      ({ stack, region = "", resources, hash }) => `| ${stack} | ${region} | ${resources} | ${cell(hash)} |`,
    ),
    ...[...byKind(shown)].flatMap(([kind, differences]) => [
      "",
      `### ${kind} (${differences.length})`,
      "",
      ...table(differences, [one.stack, other.stack]),
    ]),
    ...(omitted === 0 ? [] : ["", `${omitted} more differences are in the JSON.`]),
    ...(parity.standby.length === 0
      ? []
      : ["", "### Because one stands by", "", ...table(parity.standby, [one.stack, other.stack])]),
    ...(parity.allowed.length === 0 ? [] : ["", "### Allowed", ""]),
    ...parity.allowed.map(
      ({ address, reason, owner, expires }) => `- ${cell(address)}: ${reason} (${owner}, until ${expires})`,
    ),
    ...(parity.remarks.length === 0 ? [] : ["", "### Allowances to take out", ""]),
    ...parity.remarks.map((remark) => `- ${remark}`),
    ...(parity.notCompared.length === 0 ? [] : ["", "### Not compared", ""]),
    ...parity.notCompared.map(({ address, why }) => `- ${address === "" ? why : `${cell(address)}: ${why}`}`),
    "",
    "### Not looked at, because no state holds it",
    "",
    ...parity.notLookedAt.map((each) => `- ${each}`),
  ];
  return `${lines.join("\n")}\n`;
}
