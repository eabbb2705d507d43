/** Compares `preview --json`, field by field. */
import type { PlanStep } from "../../../sandbox/events/events";
import type { PropertyMap, Value } from "../../../sandbox/property/values";
import { compareMaps, diagnosticOf, onlyIn, type Say } from "./compare";
import type { RecordedState, Row } from "./recorded-state";
import {
  setsSorted,
  short,
  type Json,
  type RecordedDiagnostic,
  type RecordedPlanStep,
  type RecordedStep,
} from "./recording";
import type { Replayed } from "./replay";

/** Compares steps, both states of each, counts and configuration. */
export function comparePlan(
  plan: NonNullable<RecordedStep["plan"]>,
  ours: Replayed,
  recorded: RecordedState,
  say: Say,
): void {
  const mine = ours.result?.plan;
  const written = (step: RecordedPlanStep, field: "oldState" | "newState"): Json | undefined => {
    if (step[field] !== "=") return step[field] === undefined ? undefined : setsSorted(step[field] as Row);
    return recorded.last(step.urn) as Json | undefined;
  };
  const rows = (steps: readonly RecordedPlanStep[]): Record<string, unknown> =>
    Object.fromEntries(
      steps.map((step) => [
        `${step.op} ${step.urn}`,
        { ...step, oldState: written(step, "oldState"), newState: written(step, "newState") },
      ]),
    );
  compareMaps("plan", flat(rows(plan.steps)), flat(rows((mine?.steps ?? []).map(planStepOf))), say);
  say("plan", plan.changeSummary, mine?.changeSummary ?? {}, "changeSummary");
  say("plan", plan.config, mine?.config, "config");
}

/** Compares what the document says went wrong. */
export function comparePlanDiagnostics(recorded: readonly RecordedDiagnostic[], ours: Replayed, say: Say): void {
  const mine = (ours.result?.plan.diagnostics ?? []).map(diagnosticOf);
  for (const line of onlyIn(recorded, mine)) say("plan", line, undefined, "diagnostics");
  for (const line of onlyIn(mine, recorded)) say("plan", undefined, line, "diagnostics");
}

/** One entry a field of a step and of its two states, so that a difference names it. */
function flat(rows: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [key, step] of Object.entries(rows)) {
    for (const [field, value] of Object.entries(step as Record<string, unknown>)) {
      if (field.endsWith("State"))
        for (const [name, member] of Object.entries((value ?? {}) as object))
          fields[`${key} ${field}.${name}`] = member;
      else if (value !== undefined) fields[`${key} ${field}`] = value;
    }
  }
  return fields;
}

function planStepOf(step: PlanStep): RecordedPlanStep {
  const dated = ["sourcePosition", "created", "modified"];
  const cleaned = (state: PropertyMap | undefined): Json | undefined =>
    state === undefined
      ? undefined
      : setsSorted(short(Object.fromEntries(Object.entries(state).filter(([field]) => !dated.includes(field)))) as Row);
  const { oldState, newState, ...rest } = step;
  const shortened = short(rest as unknown as Value) as unknown as RecordedPlanStep;
  return {
    ...shortened,
    ...(oldState && { oldState: cleaned(oldState) }),
    ...(newState && { newState: cleaned(newState) }),
  };
}
