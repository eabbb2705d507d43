/** The recordings of the real engine: their shape, and the same shortening for what our engine says. */
import * as fs from "node:fs";
import * as path from "node:path";
import type { ResourceState } from "../../../sandbox/state/resource-state";
import { tidy } from "../../../sandbox/state/resource-state";
import { isSecret, mapValue, UNKNOWN, type Value } from "../../../sandbox/property/values";
import type { FakeControl } from "../../support/fake-providers";

/** A property map as JSON. */
export type Json = Value;

/** Severity, URN, message without its stack. */
export type RecordedDiagnostic = readonly [severity: string, urn: string, message: string];

/** Level, policy, URN, message; for a remediation the properties it left. */
export type RecordedFinding = readonly [level: string, policy: string, urn: string, said: Json];

/** One step of `preview --json`. */
export interface RecordedPlanStep {
  readonly op: string;
  readonly urn: string;
  readonly provider?: string;
  /** A row, or `=` for the row that the state holds. */
  readonly oldState?: Json;
  readonly newState?: Json;
  readonly diffReasons?: readonly string[];
  readonly replaceReasons?: readonly string[];
  readonly detailedDiff: Json;
}

/** What the monitor answered. */
export interface RecordedReply {
  readonly id?: string;
  readonly object: Json;
  readonly propertyDependencies?: Json;
}

/** One command, the switches before it, and what came of it. Absent parts were not recorded. */
export interface RecordedStep {
  readonly label: string;
  readonly command: string;
  readonly exit: number;
  readonly program: string;
  readonly control?: FakeControl;
  readonly config?: Readonly<Record<string, string>>;
  /** `op urn`, in the order in which the steps began. */
  readonly ops?: readonly string[];
  readonly failed?: readonly string[];
  readonly diagnostics?: readonly RecordedDiagnostic[];
  readonly policies?: readonly RecordedFinding[];
  readonly summary?: Readonly<Record<string, number>>;
  /** Rows; a text names a row that is the same as when it was last written out. */
  readonly state?: readonly (string | Readonly<Record<string, Json>>)[];
  readonly stackOutput?: Json;
  readonly stderr?: string;
  /** URN, token or package to the methods called, `?` marking previews. */
  readonly calls?: Readonly<Record<string, string>>;
  readonly replies?: Readonly<Record<string, RecordedReply>>;
  readonly analyzer?: readonly Json[];
  readonly plan?: {
    readonly steps: readonly RecordedPlanStep[];
    readonly changeSummary: Readonly<Record<string, number>>;
    readonly config?: Readonly<Record<string, string>>;
    readonly diagnostics?: readonly RecordedDiagnostic[];
  };
}

/** One scenario. */
export interface Recording {
  readonly scenario: string;
  /** Lines of each program, by file name. */
  readonly programs: Readonly<Record<string, readonly string[]>>;
  /** Lines of the policy pack's files. */
  readonly pack?: Readonly<Record<string, readonly string[]>>;
  readonly policyConfigs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly steps: readonly RecordedStep[];
}

const FOLDER = path.join(__dirname, "../recordings");

/** Names of all scenarios, in order. */
export const SCENARIOS: readonly string[] = fs
  .readdirSync(FOLDER)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length))
  .sort();

/** Reads one scenario. */
export function recordingOf(scenario: string): Recording {
  return JSON.parse(fs.readFileSync(path.join(FOLDER, `${scenario}.json`), "utf8")) as Recording;
}

const URN_PREFIX = "urn:pulumi:dev::rec::";
const UUID = /\b(?!04da6b54)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** A text as the recordings have it: the URN's fixed part left out, unknowns named, random ids alike. */
export function shortText(text: string): string {
  return text.replaceAll(URN_PREFIX, "").replaceAll(UNKNOWN, "[unknown]").replace(UUID, "UUID");
}

/** A value with all its texts shortened and secrets blinded; with `open`, secrets are marked and shown. */
export function short(value: Value, open: boolean = false): Value {
  return mapValue(value, (inner) => {
    if (typeof inner === "string") return shortText(inner);
    if (isSecret(inner)) return open ? { "[secret]": inner.value ?? null } : "[secret]";
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, member]) => [shortText(key), member]));
  });
}

/** Where a row was registered and when differs from run to run and from loader to loader. */
const NOT_COMPARED = new Set(["sourcePosition", "created", "modified"]);

/** A row of the state as the recordings have it. */
export function shortRow(row: ResourceState): Readonly<Record<string, Json>> {
  const kept = Object.entries(tidy(row)).filter(([field]) => !NOT_COMPARED.has(field));
  return setsSorted(short(Object.fromEntries(kept) as Value) as Readonly<Record<string, Json>>);
}

/** A row with its dependencies in order: their own order carries no meaning and differs from run to run. */
export function setsSorted(row: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const { dependencies, propertyDependencies } = row;
  const byProperty = Object.entries((propertyDependencies ?? {}) as Record<string, string[]>);
  return {
    ...row,
    ...(dependencies === undefined ? {} : { dependencies: [...(dependencies as string[])].sort() }),
    ...(propertyDependencies === undefined
      ? {}
      : { propertyDependencies: Object.fromEntries(byProperty.map(([key, urns]) => [key, [...urns].sort()])) }),
  };
}

/** What tells rows of one state apart: a replaced one has its successor's URN. */
export function rowKey(row: Readonly<Record<string, Json>>): string {
  return `${String(row.urn)}${row.delete === true ? "|delete" : ""}`;
}

/** A message up to its stack. */
export function withoutStack(message: string): string {
  return shortText(
    message
      .replace(/^((?:error: )?Running program ')[^']*/, "$1PATH")
      .replace(/\n {4}at [^]*$/, "")
      .replace("<ref *1> ", "")
      .replace(/\n+$/, ""),
  );
}
