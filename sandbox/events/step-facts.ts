/** A step as engine and record share it, with the resource on both sides. */
import type { DiffResult } from "../property/diff";
import type { ResourceState } from "../state/resource-state";
import type { Op } from "./op";

/** What is known of a step when it begins. */
export interface StepFacts {
  readonly op: Op;
  readonly urn: string;
  readonly old?: ResourceState;
  readonly new?: ResourceState;
  readonly diff?: DiffResult;
  /** What a refresh found, where refreshing is the whole run: it is counted and reported as that. */
  readonly found?: "same" | "update" | "delete";
}

/** What identifies a step among the others of a run. */
export function stepKey({ op, urn }: Pick<StepFacts, "op" | "urn">): string {
  return `${op} ${urn}`;
}
