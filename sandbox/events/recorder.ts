/** The record of a run as it grows: steps, messages and findings, each kept and emitted to the listener. */
import { messageOf, StoppedError } from "../core/errors";
import { tidy, type ResourceState } from "../state/resource-state";
import { NO_DIFF } from "../property/diff";
import { isDefaultProvider, identityOf } from "../property/urn";
import { maskedIn, type Mask } from "../property/mask";
import { masked, type PropertyMap, type Value } from "../property/values";
import { isBlocking } from "./blocking";
import { changeOf, type Drift, type ResourceChange } from "./changes";
import { stepKey, type StepFacts } from "./step-facts";
import type { Diagnostic, Listener, Op, PlanStep, PolicyFinding, StepEvent } from "./events";

/** Steps of one `--json` row each; the others are parts of a replacement or bookkeeping. */
const LOGICAL: ReadonlySet<Op> = new Set(["same", "create", "update", "delete", "replace", "read", "refresh"]);
const HIDDEN: ReadonlySet<Op> = new Set(["same", "read", "discard", "refresh"]);

/** Records and emits. */
export class Recorder {
  readonly steps: PlanStep[] = [];
  /** Every resource of the run, with both sides. */
  readonly changes: ResourceChange[] = [];
  /** Every step that was begun, as `op urn`: what the update after an approved plan may begin. */
  readonly begun = new Set<string>();
  /** What a refresh found to be otherwise than the state had it. */
  readonly drifts: Drift[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly findings: PolicyFinding[] = [];
  /** How many resources each operation touched. */
  readonly changeSummary: Partial<Record<Op, number>> = {};

  /** @param mask hides the secrets of the run's configuration in its events. */
  constructor(
    private readonly listener: Listener = () => undefined,
    private readonly mask: Mask = (text) => text,
  ) {}

  /** A step begins. */
  begin(facts: StepFacts): void {
    if (LOGICAL.has(facts.op) && !isDefaultProvider(facts.urn)) this.steps.push(planStep(facts, this.mask));
    this.begun.add(stepKey(facts));
    const change = changeOf(facts);
    if (change !== undefined) this.changes.push(change);
    this.listener(stepEvent(facts, "begin"));
  }

  /** A step ended well. */
  end(facts: StepFacts): void {
    const op = facts.op === "refresh" ? facts.found : facts.op;
    if (op !== undefined && op !== "read" && LOGICAL.has(op) && !isDefaultProvider(facts.urn))
      this.changeSummary[op] = (this.changeSummary[op] ?? 0) + 1;
    this.listener(stepEvent(facts, "end"));
  }

  /** A refresh found something that the state does not say. */
  drifted(drift: Drift): void {
    this.drifts.push(drift);
  }

  /** A step that only keeps the books. */
  note(facts: StepFacts): void {
    this.begin(facts);
    this.end(facts);
  }

  /** A step failed; one that never began because the run had stopped is not reported. */
  failed(facts: StepFacts, error: unknown): void {
    if (!(error instanceof StoppedError))
      this.listener({ ...stepEvent(facts, "failed"), error: this.mask(messageOf(error)) });
  }

  /** A message for a person. */
  report(severity: Diagnostic["severity"], text: string, urn?: string): void {
    const message = this.mask(text);
    const diagnostic: Diagnostic = { ...(urn === undefined ? {} : { urn }), severity, message };
    this.diagnostics.push(diagnostic);
    this.listener({ kind: "diagnostic", diagnostic });
  }

  /** A warning about a resource; a replacement is checked twice and warned of once. */
  warn(text: string, urn: string): void {
    const message = this.mask(text);
    const isReported = this.diagnostics.some((known) => known.urn === urn && known.message === message);
    if (!isReported) this.report("warning", message, urn);
  }

  /**
   * A policy finding; a replacement is analyzed twice and reported once. So is what several rules of a pack report in the
   * same words about one resource: the blocking one is reported.
   */
  find(found: PolicyFinding): void {
    const finding = { ...found, message: this.mask(found.message) };
    const index = this.findings.findIndex((known) => isSame(known, finding));
    const known = this.findings[index];
    if (known !== undefined && (isBlocking(known) || !isBlocking(finding))) return;
    if (known === undefined) this.findings.push(finding);
    else this.findings[index] = finding;
    this.listener({ kind: "policy", finding });
  }
}

/** Whether two findings are one; of what only the update decides, each rule waits for itself. */
function isSame(one: PolicyFinding, other: PolicyFinding): boolean {
  if (one.urn !== other.urn || one.pack !== other.pack || one.message !== other.message) return false;
  return one.policy === other.policy || (one.severity !== "low" && other.severity !== "low");
}

function planStep(facts: StepFacts, mask: Mask): PlanStep {
  const { diff = NO_DIFF } = facts;
  const detailed = Object.entries(diff.detailed).map(([path, kind]) => [path, { kind, inputDiff: true }] as const);
  return {
    op: facts.found === undefined || facts.found === "same" ? facts.op : facts.found,
    urn: facts.urn,
    ...definedOnly({
      provider: (facts.new ?? facts.old)?.provider,
      oldState: facts.old === undefined ? undefined : shown(facts.old, mask),
      newState: facts.new === undefined ? undefined : shown(facts.new, mask),
      diffReasons: diff.diffs.length > 0 ? diff.diffs : undefined,
      replaceReasons: diff.replaces.length > 0 ? diff.replaces : undefined,
    }),
    detailedDiff: detailed.length > 0 ? Object.fromEntries(detailed) : null,
  };
}

/** The state as `--json` shows it without --show-secrets. */
function shown(state: ResourceState, mask: Mask): PropertyMap {
  return maskedIn(masked(tidy(state) as unknown as Value), mask) as PropertyMap;
}

function definedOnly<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function stepEvent(facts: StepFacts, phase: StepEvent["phase"]): StepEvent {
  const { urn, op, diff = NO_DIFF } = facts;
  const hidden = HIDDEN.has(op) || isDefaultProvider(urn);
  return { kind: "step", phase, op, ...identityOf(urn), diffs: diff.diffs, hidden };
}
