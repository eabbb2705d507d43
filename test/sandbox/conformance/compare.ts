/** Compares what our engine did in a step with what the real one did, aspect by aspect. */
import type { Snapshot } from "../../../sandbox/state/snapshot";
import { isStackType } from "../../../sandbox/property/urn";
import {
  equal,
  isObject,
  mapValue,
  masked,
  plain,
  RESOURCE_SIG,
  SIG,
  type Value,
} from "../../../sandbox/property/values";
import { comparePlan, comparePlanDiagnostics } from "./compare-plan";
import { brokenOrders, lastCreation, perResource } from "./order";
import { rowKey, short, shortRow, shortText, withoutStack } from "./recording";
import type { Json, RecordedDiagnostic, RecordedFinding, RecordedStep } from "./recording";
import type { RecordedState, Row } from "./recorded-state";
import type { Replayed } from "./replay";

/** What is compared; a verdict names those that differ. */
export type Aspect =
  | "exit"
  | "ops"
  | "order"
  | "diagnostics"
  | "state"
  | "plan"
  | "calls"
  | "replies"
  | "policies"
  | "analyzer"
  | "outputs"
  | "summary"
  | "failed";

/** One difference, for a person. */
export interface Difference {
  readonly aspect: Aspect;
  readonly text: string;
}

/** A step, what came of it on both sides, and the real engine's state before it. */
export interface Comparison {
  readonly step: RecordedStep;
  readonly ours: Replayed;
  readonly before: readonly Row[];
  readonly recorded: RecordedState;
  readonly snapshot: Snapshot;
  /** Whether the step stopped at its first error. */
  readonly chance: boolean;
}

/** Everything in which a step differs from its recording. */
export function differences({ step, ours, before, recorded, snapshot, chance }: Comparison): Difference[] {
  const found: Difference[] = [];
  const say = (aspect: Aspect, recordedValue: unknown, ourValue: unknown, what: string = ""): void => {
    if (equal(recordedValue as Value, ourValue as Value)) return;
    found.push({
      aspect,
      text: `${aspect} ${what}: recorded ${JSON.stringify(recordedValue)},  ours ${JSON.stringify(ourValue)}`,
    });
  };
  say("exit", step.exit, ours.result?.exitCode ?? 1);
  if (ours.refused !== undefined && step.diagnostics === undefined)
    say("diagnostics", step.stderr, `error: ${ours.refused}`, "stderr");
  else if (step.ops !== undefined) compareDiagnostics(step.diagnostics ?? [], ours, say);
  if (step.policies !== undefined) compareFindings(step.policies, ours, say);
  compareState(recorded.rows, snapshot, chance ? inBoth(say) : say);
  if (step.ops !== undefined)
    compareMaps("ops", perResource(step.ops), perResource(ours.ops), chance ? inBoth(say) : say);
  if (step.plan?.diagnostics !== undefined) comparePlanDiagnostics(step.plan.diagnostics, ours, say);
  if (chance) return found;
  if (step.ops !== undefined) compareOrder(step, ours, before, recorded, say, found);
  if (step.plan !== undefined) comparePlan(step.plan, ours, recorded, say);
  if (step.calls !== undefined) compareMaps("calls", step.calls, ours.calls, say);
  if (step.replies !== undefined) compareReplies(step.replies, ours.replies, say);
  if (step.analyzer !== undefined) compareMaps("analyzer", byQuestion(step.analyzer), byQuestion(ours.analyzer), say);
  return found;
}

/** Tells only of what is on both sides: a run that stops at its first error does the rest by chance. */
function inBoth(say: Say): Say {
  return (aspect, recorded, ours, what) =>
    recorded === undefined || ours === undefined ? undefined : say(aspect, recorded, ours, what);
}

/** Notes a difference, where there is one. */
export type Say = (aspect: Aspect, recorded: unknown, ours: unknown, what?: string) => void;

/** Compares two maps key by key. */
export function compareMaps(
  aspect: Aspect,
  recorded: Readonly<Record<string, unknown>>,
  ours: Readonly<Record<string, unknown>>,
  say: Say,
): void {
  for (const key of new Set([...Object.keys(recorded), ...Object.keys(ours)]))
    say(aspect, recorded[key], ours[key], key);
}

function compareOrder(
  step: RecordedStep,
  ours: Replayed,
  before: readonly Row[],
  recorded: RecordedState,
  say: Say,
  found: Difference[],
): void {
  const ops = step.ops ?? [];
  say("summary", step.summary ?? {}, ours.result?.changeSummary ?? {});
  say("order", lastCreation(ops), lastCreation(ours.ops), "deletions at the end");
  for (const [who, list] of [
    ["recorded", ops],
    ["ours", ours.ops],
  ] as const) {
    for (const text of brokenOrders(list, before, recorded.rows))
      found.push({ aspect: "order", text: `order ${who}: ${text}` });
  }
  // A preview's failures are told as errors only.
  if (!/ preview| --preview-only/.test(step.command)) say("failed", step.failed ?? [], ours.failed);
}

function compareDiagnostics(recorded: readonly RecordedDiagnostic[], ours: Replayed, say: Say): void {
  const refused: RecordedDiagnostic[] = [["error", "", withoutStack(ours.refused ?? "")]];
  const mine = ours.refused !== undefined ? refused : (ours.result?.diagnostics ?? []).map(diagnosticOf);
  for (const line of onlyIn(recorded, mine)) say("diagnostics", line, undefined);
  for (const line of onlyIn(mine, recorded)) say("diagnostics", undefined, line);
}

/** What stands in the first list and not in the second. */
export function onlyIn<T>(items: readonly T[], others: readonly T[]): T[] {
  const known = new Set(others.map((other) => JSON.stringify(other)));
  return items.filter((item) => !known.has(JSON.stringify(item)));
}

/** The stack rule that lists what it sees does so in random order; what a remediation left shows in the analysis after it. */
function compareFindings(recorded: readonly RecordedFinding[], ours: Replayed, say: Say): void {
  const key = (level: string, policy: string, urn: string, said: Json): string =>
    [level, policy, urn, level === "remediated" ? "" : String(said).split(" ").sort().join(" ")].join(" | ");
  const theirs = recorded.map(([level, policy, urn, said]) => key(level, policy, urn, said));
  const mine = (ours.result?.findings ?? []).map((finding) =>
    key(
      finding.remediated ? "remediated" : finding.level,
      finding.policy,
      shortText(finding.urn),
      shortText(finding.message),
    ),
  );
  say("policies", theirs.length, mine.length, "findings");
  for (const finding of onlyIn(theirs, mine)) say("policies", finding, undefined);
  for (const finding of onlyIn(mine, theirs)) say("policies", undefined, finding);
}

/** Children of a remote component answer to its provider's program, not to ours. */
function compareReplies(recorded: NonNullable<RecordedStep["replies"]>, ours: Replayed["replies"], say: Say): void {
  const own = Object.entries(recorded).filter(([urn]) => !/^eks:index:\w+\$/.test(urn));
  const bare = (replies: readonly (readonly [string, unknown])[]): Record<string, Value> =>
    Object.fromEntries(replies.map(([urn, reply]) => [urn, mapValue(reply as Value, withoutNames)]));
  compareMaps("replies", bare(own), bare(Object.entries(ours)), say);
}

/** The engine adds name and type to a reference; the SDK reads neither. */
function withoutNames(value: Value): Value {
  if (!isObject(value) || value[SIG] !== RESOURCE_SIG) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => [SIG, "urn", "id"].includes(key)));
}

/** One entry a call and URN. */
function byQuestion(calls: readonly Json[]): Record<string, Json> {
  return Object.fromEntries(
    (calls as readonly Row[]).map((call) => [`${String(call.method)} ${String(call.urn ?? "")}`, call]),
  );
}

/** A diagnostic of ours as the recordings have it. */
export function diagnosticOf({
  severity,
  urn,
  message,
}: {
  severity: string;
  urn?: string;
  message: string;
}): RecordedDiagnostic {
  // The real engine puts what concerns the run as a whole on the stack, without naming it.
  const place = shortText(urn ?? "");
  return [severity, place.startsWith("pulumi:pulumi:Stack::") ? "" : place, withoutStack(message)];
}

function compareState(rows: readonly Row[], snapshot: Snapshot, say: Say): void {
  const byKey = (all: readonly Row[]): Record<string, Row> => Object.fromEntries(all.map((row) => [rowKey(row), row]));
  compareMaps("state", fields(byKey(rows)), fields(byKey(snapshot.list().map(shortRow))), say);
}

/** One entry a field, so that a difference names it. */
function fields(rows: Readonly<Record<string, Row>>): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(rows).flatMap(([key, row]) =>
      Object.entries(row).map(([field, value]) => [`${key} ${field}`, value]),
    ),
  );
}

/** `pulumi stack output --json`, from our state. */
export function stackOutput(snapshot: Snapshot, showSecrets: boolean): Json {
  const root = snapshot.live().find(({ type }) => isStackType(type));
  return short(showSecrets ? plain(root?.outputs ?? {}) : masked(root?.outputs ?? {}));
}
