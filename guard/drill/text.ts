/** A drill for a terminal and as Markdown. */
import { clock } from "@fridayproof/components/core";
import type { DrillReport, PreflightRow, ReportedLine, ReportedStep } from "./report";
import { type ClientShare, writtenShares } from "./times";

/** Minutes and seconds; negative where a budget is exceeded. */
export const time = (seconds: number): string => `${seconds < 0 ? "-" : ""}${clock(Math.abs(Math.round(seconds)))}`;
function mark({ passed, ran, warns }: Pick<PreflightRow, "passed" | "ran" | "warns">): string {
  if (!passed) return "FAILED";
  if (warns === true) return "WARN";
  return ran === "MEASURED" ? "ok" : "--";
}

function heading({ scenario: { name, title }, outcome, inBudget, day }: DrillReport): string {
  return `${name}: ${title}: ${outcome}${inBudget ? "" : ", OVER BUDGET"} (${day}, on the sandbox)`;
}

const lineText = ({ line, seconds, budget, slack }: ReportedLine): string =>
  `${line.padEnd(7)} p50 ${time(seconds.p50)}, p95 ${time(seconds.p95)}, budget ${time(budget)}, slack ${time(slack)}  SIMULATED`;

function stepText({ line, title, saw, seconds, slack, ...step }: ReportedStep): string {
  const spent = seconds === undefined ? "" : `  p95 ${time(seconds.p95)}`;
  const left = slack === undefined ? "" : `, slack ${time(slack)}`;
  return `${mark(step).padEnd(6)} ${line.padEnd(7)} ${title}${spent}${left}\n               ${saw}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** At the beginning nobody has the new answer: there is nothing to write. */
const sharesOf = ({ clients }: DrillReport): readonly ClientShare[] =>
  writtenShares(clients).filter(({ at }) => at > 0);

/** For a terminal. */
export function drillText(report: DrillReport): readonly string[] {
  const { scenario, lines, steps, preflight, rpo, lost, notRun, tables } = report;
  const shares = sharesOf(report).map(({ at, share }) => `${time(at)} ${percent(share)}`);
  return [
    heading(report),
    `incident     ${scenario.incident}`,
    `requirement  ${scenario.requirement}`,
    "",
    ...lines.map(lineText),
    "",
    ...(preflight.length === 0
      ? []
      : ["Preflight", ...preflight.map((row) => `${mark(row).padEnd(6)} ${row.what}: ${row.saw}`), ""]),
    ...steps.map(stepText),
    "",
    ...(shares.length === 0 ? [] : [`Clients  resolvers with the new answer, SIMULATED: ${shares.join(", ")}`]),
    ...rpo.map((row) => `RPO      ${row.store}: ${row.rpo}`),
    ...lost.map((what) => `Lost     ${what}`),
    ...notRun.map((what) => `NOT RUN  ${what}`),
    ...tables.map(({ file, version, sha256 }) => `Times    ${file}, version ${version}, ${sha256.slice(0, 12)}`),
  ];
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
const list = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`## ${title}`, "", ...items.map((item) => `- ${item}`), ""];

/** As Markdown. */
export function drillMarkdown(report: DrillReport): string {
  const { scenario, lines, steps, preflight, rpo, lost, notRun, tables } = report;
  const times = (value?: number): string => (value === undefined ? "" : time(value));
  return [
    `# Drill: ${heading(report)}`,
    "",
    `Incident: ${scenario.incident}. Requirement: ${scenario.requirement}.`,
    "",
    "Steps were MEASURED on the sandbox, as to whether they work; all times are SIMULATED, and none is an RTO.",
    "",
    row("line", "p50", "p95", "budget", "slack"),
    row("---", "---", "---", "---", "---"),
    ...lines.map((one) =>
      row(one.line, time(one.seconds.p50), time(one.seconds.p95), time(one.budget), time(one.slack)),
    ),
    "",
    row("", "line", "step", "p95", "budget", "slack", "what was seen"),
    row("---", "---", "---", "---", "---", "---", "---"),
    ...steps.map((one) =>
      row(mark(one), one.line, one.title, times(one.seconds?.p95), times(one.budget), times(one.slack), one.saw),
    ),
    "",
    ...list(
      "Preflight",
      preflight.map((one) => `${mark(one)} ${one.what}: ${one.saw}`),
    ),
    ...list(
      "What clients see, by the age of a resolver's answer (SIMULATED)",
      sharesOf(report).map(({ at, share }) => `after ${time(at)}: ${percent(share)} have the new answer`),
    ),
    ...list(
      "RPO",
      rpo.map(({ store, rpo: what }) => `${store}: ${what}`),
    ),
    ...list("What stays lost", lost),
    ...list("NOT RUN", notRun),
    ...tables.map(({ file, version, sha256 }) => `Times: ${file}, version ${version}, sha256 ${sha256}`),
    "",
  ].join("\n");
}
