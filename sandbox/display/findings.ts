/** Policy findings as a block to act on: worst first, each with its rule, resource, reason and fix. */
import type { PolicyFinding } from "../report/events";
import { parseUrn, resourceLabel } from "./names";
import type { Colors } from "./terminal";

/** A finding's message in its parts. */
export interface FindingText {
  /** What the rule forbids. */
  readonly reason: string;
  /** What it found. */
  readonly found: string;
  readonly fix: string;
}

/** Takes `description\nfound. Fix: what to do.` apart; parts that are not there are empty. */
export function splitMessage(message: string): FindingText {
  const [reason = "", ...rest] = message.trim().split("\n");
  const detail = rest.join("\n").trim();
  const at = detail.lastIndexOf(" Fix: ");
  if (at < 0) return { reason, found: detail, fix: "" };
  return { reason, found: detail.slice(0, at), fix: detail.slice(at + " Fix: ".length) };
}

/** The heading names the resource already: `net (type), cidrBlock: got ...` becomes `cidrBlock: got ...`. */
function withoutResource(found: string, urn: string): string {
  const { name, type } = parseUrn(urn);
  const prefix = `${name} (${type})`;
  return found.startsWith(prefix) ? found.slice(prefix.length).replace(/^[,:] /, "") : found;
}

/** Whether the finding stops an update. */
export function isBlocking(finding: PolicyFinding): boolean {
  return !finding.remediated && finding.level !== "advisory";
}

type Group = "mandatory" | "remediate" | "advisory";

/** Worst first; a rule of level remediate that could not mend it blocks like a mandatory one. */
const groups: readonly (readonly [group: Group, title: string, color: "red" | "yellow" | "green"])[] = [
  ["mandatory", "mandatory, must be fixed before anything is changed", "red"],
  ["advisory", "advisory, worth fixing", "yellow"],
  ["remediate", "remediated, the input was changed for you", "green"],
];

const groupOf = (finding: PolicyFinding): Group => {
  if (finding.remediated) return "remediate";
  return isBlocking(finding) ? "mandatory" : "advisory";
};

function entry(finding: PolicyFinding, colors: Colors): string[] {
  const { reason, found, fix } = splitMessage(finding.message);
  const part = (label: string, text: string): string[] =>
    text === "" ? [] : [`        ${colors.dim(label.padEnd(6))} ${text.replaceAll("\n", "\n               ")}`];
  return [
    `    ${colors.bold(finding.policy)}  ${resourceLabel(finding.urn)}`,
    ...part("why", reason),
    ...part("found", withoutResource(found, finding.urn)),
    ...part("fix", fix),
  ];
}

/** A rule that could not look yet: what it reads is decided only while the update runs. */
function isUndecided({ level, message }: PolicyFinding): boolean {
  return level === "advisory" && /not known yet|can't be known during preview/.test(message);
}

/** One line for all of them: nothing is to be done about any. */
function undecidedLines(findings: readonly PolicyFinding[], colors: Colors): string[] {
  const rules = [...new Set(findings.map(({ policy }) => policy))].sort();
  const counts = rules.map((rule) => `${rule} (${findings.filter(({ policy }) => policy === rule).length})`);
  return rules.length === 0 ? [] : [`  ${colors.dim(`not decided before the update runs: ${counts.join(", ")}`)}`];
}

/** The whole block; empty when there is nothing to say. */
export function findingLines(findings: readonly PolicyFinding[], colors: Colors): string[] {
  const decided = findings.filter((finding) => !isUndecided(finding));
  const lines = groups.flatMap(([group, title, color]) => {
    const members = decided.filter((finding) => groupOf(finding) === group);
    const order = (finding: PolicyFinding): string => `${finding.policy} ${finding.urn}`;
    const sorted = [...members].sort((left, right) => order(left).localeCompare(order(right)));
    if (members.length === 0) return [];
    return [
      `  ${colors[color](`${title} (${members.length})`)}`,
      ...sorted.flatMap((finding) => entry(finding, colors)),
    ];
  });
  const all = [...lines, ...undecidedLines(findings.filter(isUndecided), colors)];
  return all.length === 0 ? [] : [colors.bold("Policies:"), ...all];
}
