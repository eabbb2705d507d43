/** The plan as it grows: steps told to the listener and kept in the shape of `pulumi preview --json`. */
import type { DiffResult } from "../cloud/provider";
import { NO_DIFF } from "../values/diff";
import { messageOf, StoppedError } from "../errors";
import type { Listener, Op, PlanStep, StepEvent } from "../report/events";
import { tidy, type ResourceState } from "../state/resource-state";
import { isDefaultProvider, nameOf, typeOf } from "../values/urn";
import { isSecret, mapValue, type PropertyMap, type Value } from "../values/values";

/** What is known of a step when it begins. */
export interface StepFacts {
  readonly op: Op;
  readonly urn: string;
  readonly old?: ResourceState;
  readonly new?: ResourceState;
  readonly diff?: DiffResult;
  /** What a refresh found, where refreshing is the whole run: it is counted and told as that. */
  readonly found?: "same" | "update" | "delete";
}

/** Steps of one `--json` row each; the others are parts of a replacement or bookkeeping. */
const LOGICAL: ReadonlySet<Op> = new Set(["same", "create", "update", "delete", "replace", "read", "refresh"]);
const HIDDEN: ReadonlySet<Op> = new Set(["same", "read", "discard", "refresh"]);

/** Records and tells steps. */
export class PlanRecorder {
  readonly steps: PlanStep[] = [];
  /** Every step that began, in order: what the conformance tests compare. */
  readonly ops: { readonly op: Op; readonly urn: string }[] = [];
  private readonly ended: Record<string, number> = {};

  constructor(private readonly listener: Listener = () => undefined) {}

  /** A step begins. */
  begin(facts: StepFacts): void {
    this.ops.push({ op: facts.op, urn: facts.urn });
    if (LOGICAL.has(facts.op) && !isDefaultProvider(facts.urn)) this.steps.push(planStep(facts));
    this.listener(stepEvent(facts, "begin"));
  }

  /** A step ended well. */
  end(facts: StepFacts): void {
    const op = facts.op === "refresh" ? facts.found : facts.op;
    if (op !== undefined && !isDefaultProvider(facts.urn) && LOGICAL.has(op)) this.count(op);
    this.listener(stepEvent(facts, "end"));
  }

  /** A step failed; one that never began because the run had stopped is not told. */
  failed(facts: StepFacts, error: unknown): void {
    if (!(error instanceof StoppedError)) this.listener({ ...stepEvent(facts, "failed"), error: messageOf(error) });
  }

  /** Counts a resource whose step is told elsewhere, or not at all. */
  count(op: Op): void {
    if (op !== "read") this.ended[op] = (this.ended[op] ?? 0) + 1;
  }

  /** How many resources each operation touched. */
  get changeSummary(): Partial<Record<Op, number>> {
    return { ...this.ended };
  }
}

function planStep(facts: StepFacts): PlanStep {
  const { diff = NO_DIFF } = facts;
  const detailed = Object.entries(diff.detailed).map(([path, kind]) => [path, { kind, inputDiff: true }] as const);
  return {
    op: facts.found === undefined || facts.found === "same" ? facts.op : facts.found,
    urn: facts.urn,
    ...definedOnly({
      provider: (facts.new ?? facts.old)?.provider,
      oldState: facts.old === undefined ? undefined : publicState(facts.old),
      newState: facts.new === undefined ? undefined : publicState(facts.new),
      diffReasons: diff.diffs.length > 0 ? diff.diffs : undefined,
      replaceReasons: diff.replaces.length > 0 ? diff.replaces : undefined,
    }),
    detailedDiff: detailed.length > 0 ? Object.fromEntries(detailed) : null,
  };
}

/** The state with secrets blinded, as `--json` shows it without --show-secrets. */
function publicState(state: ResourceState): PropertyMap {
  const blind = mapValue(tidy(state) as unknown as Value, (value) => (isSecret(value) ? "[secret]" : value));
  return blind as PropertyMap;
}

function definedOnly<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function stepEvent(facts: StepFacts, phase: StepEvent["phase"]): StepEvent {
  const { urn, op, diff = NO_DIFF } = facts;
  const hidden = HIDDEN.has(op) || isDefaultProvider(urn);
  return { kind: "step", phase, op, urn, type: typeOf(urn), name: nameOf(urn), diffs: diff.diffs, hidden };
}
