/** The report as one comment of a pull request: the verdict in its first line, long parts folded, never too long for GitHub. */
import { counted, nameOf } from "@fridayproof/components/core";
import { reportLimits } from "../limits/report";
import { code, plain, sourceLink } from "./markdown-text";
import { pairDetails, pairHeadline } from "./pairs";
import type { Effect, EnvironmentReport, Report, ReportedChange } from "./report";
import { changesOf, costsOf, headlineOf, operationOf, rulesOf, tableHeads, timeOf } from "./wording";

/** First line of the comment, by which the next run finds it again. */
export const commentMark = "<!-- fridayproof-report -->";

/** How much is listed; a shorter form leaves out more. */
interface Detail {
  /** Old and new values of changes. */
  readonly values: boolean;
  /** Harmless changes, one by one. */
  readonly harmless: boolean;
  /** Changes beyond those in the open, and findings, one by one. */
  readonly folded: boolean;
  /** Anything but the table. */
  readonly sections: boolean;
}

const FORMS: readonly Detail[] = [
  { values: true, harmless: true, folded: true, sections: true },
  { values: true, harmless: false, folded: true, sections: true },
  { values: false, harmless: false, folded: true, sections: true },
  { values: false, harmless: false, folded: false, sections: true },
  { values: false, harmless: false, folded: false, sections: false },
];

function fold(summary: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", `<details><summary>${summary}</summary>`, "", ...lines, "", "</details>"];
}

function effectLines({ path, reason, lasts, who, safer, source }: Effect): readonly string[] {
  const facts = [lasts, who].filter((fact) => fact !== undefined).join(", ");
  const link = sourceLink(source ?? "");
  return [
    `  - ${path === undefined ? "" : `${code(path)}: `}${plain(reason)}${facts === "" ? "" : `; ${plain(facts)}`}${link === "" ? "" : ` (${link})`}`,
    ...(safer === undefined ? [] : [`  - safer: ${plain(safer)}`]),
  ];
}

function titleOf(change: ReportedChange): string {
  const accepted = change.acceptedBy === undefined ? "" : `; accepted: ${plain(change.acceptedBy)}`;
  return `- **${change.verdict}** ${code(change.name)} ${operationOf(change)} (${plain(change.type)})${accepted}`;
}

function valueLines({ values }: ReportedChange, detail: Detail): readonly string[] {
  if (!detail.values) return [];
  return values.map(({ path, before, after }) => `  - ${code(path)}: ${code(before)} → ${code(after)}`);
}

function changeLines(change: ReportedChange, detail: Detail): readonly string[] {
  const effects = change.effects.filter(({ verdict, safer }) => verdict !== "SAFE" || safer !== undefined);
  return [titleOf(change), ...effects.flatMap(effectLines), ...valueLines(change, detail)];
}

function harmlessLines(changes: readonly ReportedChange[], detail: Detail): readonly string[] {
  return changes.flatMap((change) => [
    `- ${code(change.name)} ${operationOf(change)} (${plain(change.type)})`,
    ...valueLines(change, detail),
  ]);
}

function findingLines({ findings }: EnvironmentReport): readonly string[] {
  return findings.map(
    ({ rule, urn, blocks, message }) =>
      `- ${blocks ? "**refuses**" : "advises"} ${code(rule)} at ${code(nameOf(urn) || urn)}: ${plain(message)}`,
  );
}

function sectionOf(report: EnvironmentReport, detail: Detail): readonly string[] {
  const { environment, verdict, changes, findings, notes, drift, problem } = report;
  const hurting = changes.filter((change) => change.verdict !== "SAFE");
  const harmless = changes.filter((change) => change.verdict === "SAFE");
  const shown = hurting.slice(0, reportLimits.detailedChanges.value);
  const rest = hurting.slice(shown.length);
  const more = rest.length === 0 ? "" : `${counted(rest.length, "more change")} of this kind`;
  if (problem !== undefined) return ["", `### ${plain(environment)}: no plan`, "", plain(problem)];
  if (changes.length + findings.length + notes.length + drift.length === 0) return [];
  return [
    "",
    `### ${plain(environment)}: ${verdict}`,
    "",
    ...shown.flatMap((change) => changeLines(change, detail)),
    ...(detail.folded
      ? [
          ...fold(
            more,
            rest.flatMap((change) => changeLines(change, detail)),
          ),
          ...fold(counted(findings.length, "finding"), findingLines(report)),
        ]
      : []),
    ...(detail.harmless ? fold(counted(harmless.length, "harmless change"), harmlessLines(harmless, detail)) : []),
    ...(drift.length === 0
      ? []
      : ["", `Changed by others since the last update: ${drift.map((urn) => code(nameOf(urn) || urn)).join(", ")}.`]),
    ...(notes.length === 0 ? [] : ["", ...notes.map((note) => `- ${plain(note)}`)]),
  ];
}

function tableOf({ environments }: Report): readonly string[] {
  const rows = environments.map((each) => {
    const facts = [changesOf(each), rulesOf(each), costsOf(each), timeOf(each)];
    const cells = [plain(each.environment), each.verdict, ...facts];
    return `| ${cells.join(" | ")} |`;
  });
  return [`| ${tableHeads.join(" | ")} |`, `| ${tableHeads.map(() => "---").join(" | ")} |`, ...rows];
}

/** One line a pair, and below it what differs. */
function pairLines({ pairs }: Report, detail: Detail): readonly string[] {
  return pairs.flatMap((pair) => {
    const { details, more } = pairDetails(pair);
    const lines = details.map(({ address, about, sides }) =>
      sides === undefined
        ? `- ${code(address)}: ${plain(about)}`
        : `- ${plain(about)} ${code(address)}: ${code(sides[0])} in ${plain(pair.primary)}, ${code(sides[1])} in ${plain(pair.replica)}`,
    );
    const rest = more === 0 ? [] : [`- ${counted(more, "more difference")} in the report's JSON`];
    return [
      "",
      `**${plain(pairHeadline(pair))}**`,
      ...(detail.folded ? fold(counted(details.length + more, "value"), [...lines, ...rest]) : []),
    ];
  });
}

function commentOf(report: Report, detail: Detail, isWhole: boolean): string {
  const cut = "Not everything is listed here: GitHub takes no longer comment. The report's JSON has it all.";
  const { version, rows, sourced } = report.table;
  return `${[
    commentMark,
    `## ${headlineOf(report)}`,
    "",
    ...tableOf(report),
    ...pairLines(report, detail),
    ...(detail.sections ? report.environments.flatMap((each) => sectionOf(each, detail)) : []),
    ...(isWhole ? [] : ["", cut]),
    "",
    `<sub>Verdicts by table ${version}: ${rows} effects, ${sourced} with a source of their own.</sub>`,
  ]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")}\n`;
}

/** The comment. Lists are left out, the least important first, until it fits; the verdict of each environment stays. */
export function markdownOf(report: Report): string {
  const most = reportLimits.commentCharacters.value;
  for (const [index, form] of FORMS.entries()) {
    const text = commentOf(report, form, index === 0);
    if (text.length <= most) return text;
  }
  return `${commentMark}\n## ${headlineOf(report)}\n\n${report.environments.length} environments are more than one comment holds. The report's JSON has them all.\n`;
}
