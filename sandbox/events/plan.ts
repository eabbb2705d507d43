/** What a run leaves in writing: the document of `pulumi preview --json`. */
import { isStackType, typeOf } from "../property/urn";
import type { Plan, PlanStep } from "./events";
import type { Recorder } from "./recorder";

/** The stack's configuration, and which of it is secret. */
export interface Configuration {
  /** `namespace:key` to text. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of `config` whose values are secret. */
  readonly secretKeys?: readonly string[];
}

/** Of what stays as it is the stack itself is named, and what gains or loses its protection (display.go, shouldShow). */
function isShown({ op, urn, oldState, newState }: PlanStep): boolean {
  return op !== "same" || isStackType(typeOf(urn)) || oldState?.protect !== newState?.protect;
}

/** The plan of a run. */
export function planOf(record: Recorder, { config, secretKeys = [] }: Configuration, seconds: number): Plan {
  const shown = Object.entries(config).map(([key, text]) => [key, secretKeys.includes(key) ? "[secret]" : text]);
  const diagnostics = record.diagnostics.map((diagnostic) => ({
    ...diagnostic,
    message: `${diagnostic.severity.startsWith("info") ? "" : `${diagnostic.severity}: `}${diagnostic.message}\n`,
  }));
  return {
    ...(shown.length > 0 ? { config: Object.fromEntries(shown) as Record<string, string> } : {}),
    steps: record.steps.filter(isShown),
    ...(diagnostics.length > 0 ? { diagnostics } : {}),
    duration: Math.round(seconds * 1e9),
    changeSummary: record.changeSummary,
  };
}
