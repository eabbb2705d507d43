/** The report as SARIF 2.1.0: harmful changes, and findings of the rules, at the line that declares the resource. */
import type { Verdict } from "../verdict";
import type { EnvironmentReport, Report, ReportedChange } from "./report";
import { operationOf } from "./wording";

const LEVELS: Readonly<Record<Verdict, "error" | "warning" | "note">> = {
  DOWNTIME: "error",
  UNKNOWN: "warning",
  DEGRADES: "warning",
  SAFE: "note",
};

/** What the rules of the report's own are. */
const VERDICT_RULES: Readonly<Record<Exclude<Verdict, "SAFE">, string>> = {
  DOWNTIME: "Some who are served are not served, or data is lost.",
  UNKNOWN: "No row of the table covers the change.",
  DEGRADES: "Some who are served are served worse, or the run ends half-way.",
};

/** Where a resource without a line is shown: SARIF wants a file. */
const PROJECT_FILE = "Pulumi.yaml";

interface SarifResult {
  readonly ruleId: string;
  readonly level: "error" | "warning" | "note";
  readonly message: { readonly text: string };
  readonly locations: readonly unknown[];
  readonly partialFingerprints: { readonly address: string };
}

function locationsOf(change: ReportedChange | undefined, address: string): readonly unknown[] {
  const { file, line } = change?.declared ?? { file: PROJECT_FILE, line: 1 };
  return [
    {
      physicalLocation: {
        artifactLocation: { uri: encodeURI(file), uriBaseId: "%SRCROOT%" },
        region: { startLine: line },
      },
      logicalLocations: [{ fullyQualifiedName: address }],
    },
  ];
}

function verdictResults({ environment, changes }: EnvironmentReport): readonly SarifResult[] {
  return changes
    .filter(({ verdict }) => verdict !== "SAFE")
    .map((change): SarifResult => {
      const [worst] = change.effects;
      const safer = worst?.safer === undefined ? "" : ` Safer: ${worst.safer}`;
      return {
        ruleId: `verdict/${change.verdict}`,
        level: change.acceptedBy === undefined ? LEVELS[change.verdict] : "note",
        message: { text: `${environment}: ${change.name} ${operationOf(change)}. ${worst?.reason ?? ""}${safer}` },
        locations: locationsOf(change, change.address),
        partialFingerprints: { address: `${environment} ${change.address} ${change.operation}` },
      };
    });
}

function ruleResults({ environment, changes, findings }: EnvironmentReport): readonly SarifResult[] {
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  return findings.map(({ rule, urn, blocks, message }): SarifResult => ({
    ruleId: `policy/${rule}`,
    level: blocks ? "error" : "note",
    message: { text: `${environment}: ${message}` },
    locations: locationsOf(byAddress.get(urn), urn),
    partialFingerprints: { address: `${environment} ${urn} ${rule}` },
  }));
}

function missingPlan({ environment, problem }: EnvironmentReport): readonly SarifResult[] {
  if (problem === undefined) return [];
  return [
    {
      ruleId: "verdict/UNKNOWN",
      level: "error",
      message: { text: `${environment}: ${problem}` },
      locations: locationsOf(undefined, environment),
      partialFingerprints: { address: `${environment} plan` },
    },
  ];
}

function ruleText(id: string): string {
  const [kind, name = ""] = id.split("/");
  return kind === "verdict"
    ? VERDICT_RULES[name as Exclude<Verdict, "SAFE">]
    : `The rule ${name}: \`npx fridayproof policies ${name}\`.`;
}

/** The log. Results keep the report's order: the worst environment first, in it the worst change. */
export function sarifOf(report: Report): unknown {
  const results = report.environments.flatMap((each) => [
    ...missingPlan(each),
    ...verdictResults(each),
    ...ruleResults(each),
  ]);
  const ids = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "fridayproof",
            rules: ids.map((id) => ({ id, shortDescription: { text: ruleText(id) } })),
          },
        },
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "the folder of the project" } } },
        results,
      },
    ],
  };
}
