/** What a run changes, with the values on both sides: what a plan shows, secrets still in their envelopes. */
import { isDefaultProvider } from "../property/urn";
import type { PropertyMap } from "../property/values";
import type { ResourceState } from "../state/resource-state";
import type { StepFacts } from "./step-facts";

/** What happens to a resource as a whole. */
export type ChangeOp = "create" | "update" | "replace" | "delete" | "same";

/** One resource of a run. */
export interface ResourceChange {
  readonly op: ChangeOp;
  readonly urn: string;
  readonly parent?: string;
  /** Whether it is a resource of its own and no component. */
  readonly custom: boolean;
  /** The resource before; absent for a creation. */
  readonly old?: ResourceState;
  /** The resource that is declared; absent for a deletion. */
  readonly now?: ResourceState;
  /** Top-level properties that force the replacement. */
  readonly replaces: readonly string[];
  /** Of a replacement: the old one goes before the new one comes. */
  readonly deleteFirst: boolean;
}

/** What changed outside the program since the last run. */
export interface Drift {
  readonly urn: string;
  readonly type: string;
  /** Inputs that the state had. */
  readonly was: PropertyMap;
  /** Inputs as they are; absent where the object is gone. */
  readonly is?: PropertyMap;
}

const OPS: ReadonlySet<string> = new Set<ChangeOp>(["create", "update", "replace", "delete", "same"]);

const isChangeOp = (op: string): op is ChangeOp => OPS.has(op);

/** The step as a change of a whole resource; undefined for halves of a replacement, for reading and for default providers. */
export function changeOf({ op, urn, old, new: now, diff }: StepFacts): ResourceChange | undefined {
  const row = now ?? old;
  if (!isChangeOp(op) || row === undefined || isDefaultProvider(urn)) return undefined;
  return {
    op,
    urn,
    parent: row.parent,
    custom: row.custom,
    ...(old === undefined ? {} : { old }),
    ...(now === undefined ? {} : { now }),
    replaces: op === "replace" ? (diff?.replaces ?? []) : [],
    deleteFirst: op === "replace" && old?.pendingReplacement === true,
  };
}
