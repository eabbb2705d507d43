/** Policy findings as a block to act on: worst first, each with its rule, its resource and what the rule says. */
import type { PolicyFinding } from "../events/events";
import { resourceLabel } from "./names";
import type { Colors } from "./terminal";

/** Whether the finding stops an update. */
export function isBlocking(finding: PolicyFinding): boolean {
  return !finding.remediated && finding.level !== "advisory";
}

type Group = "mandatory" | "remediate" | "advisory";

/** Worst first; a rule of level remediate that could not mend it blocks like a mandatory one. */
const groups: readonly (readonly [group: Group, title: string, color: "red" | "yellow" | "green"])[] = [
  ["mandatory", "mandatory, must be fixed", "red"],
  ["advisory", "advisory, worth fixing", "yellow"],
  ["remediate", "remediated, the input was changed for you", "green"],
];

const groupOf = (finding: PolicyFinding): Group => {
  if (finding.remediated) return "remediate";
  return isBlocking(finding) ? "mandatory" : "advisory";
};

function entry(finding: PolicyFinding, colors: Colors): string[] {
  const lines = finding.message.trim().split("\n");
  return [
    `    ${colors.bold(finding.policy)}  ${resourceLabel(finding.urn)}`,
    ...lines.map((line, index) => `        ${index === 0 && lines.length > 1 ? colors.dim(line) : line}`),
  ];
}

/** A rule that could not look yet: what it reads is decided only while the update runs. */
function isUndecided({ level, severity }: PolicyFinding): boolean {
  return level === "advisory" && severity === "low";
}

/** One line for all of them: nothing is to be done about any, and each finding says what will happen. */
function undecidedLines(findings: readonly PolicyFinding[], colors: Colors): string[] {
  const rules = [...new Set(findings.map(({ policy }) => policy))].sort();
  const counts = rules.map((rule) => `${rule} (${findings.filter(({ policy }) => policy === rule).length})`);
  return rules.length === 0
    ? []
    : [
        `  ${colors.dim(`not decided before the update runs, which fails where a mandatory rule is then broken: ${counts.join(", ")}`)}`,
      ];
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
