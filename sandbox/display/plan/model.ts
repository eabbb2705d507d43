/** A plan as people read it: changes by component, with what is unchanged counted, made from the result of a run. */
import { groupBy } from "@fridayproof/components/core";
import type { ChangeOp, Drift, ResourceChange } from "../../events/changes";
import type { KnownResource, RunResult } from "../../events/events";
import { classOf, isStackType, nameOf, typeOf } from "../../property/urn";

/** The resources of a component that change. */
export interface PlannedComponent {
  /** Logical name; empty for what stands outside of components. */
  readonly name: string;
  /** Last part of the type token: `FrontDoor`. */
  readonly type: string;
  /** The worst first; within a rank in the order of the program. */
  readonly changes: readonly ResourceChange[];
  /** Whether everything in it is new. */
  readonly isNew: boolean;
}

/** Counts by what happens. */
export interface PlanCounts {
  readonly replace: number;
  readonly delete: number;
  readonly update: number;
  readonly create: number;
  readonly same: number;
}

/** A whole plan. */
export interface PlanModel {
  readonly components: readonly PlannedComponent[];
  readonly drifts: readonly Drift[];
  readonly counts: PlanCounts;
  /** Names of the components in which nothing changes. */
  readonly unchanged: readonly string[];
}

/** Harmful changes come first. */
const RANKS: readonly ChangeOp[] = ["replace", "delete", "update", "create", "same"];

const rankOf = ({ op }: ResourceChange): number => RANKS.indexOf(op);

/** Whether something happens to it: protection that goes or comes counts, although the resource stays. */
export function isChange({ op, old, now }: ResourceChange): boolean {
  return op !== "same" || (old !== undefined && (old.protect === true) !== (now?.protect === true));
}

/** The plan of a run. */
export function planModel(result: Pick<RunResult, "changes" | "drifts" | "known">): PlanModel {
  const { drifts } = result;
  const all = uniqueLast(result.changes);
  const componentOf = componentFinder(result);
  const groups = groupBy(all, ({ urn }) => componentOf(urn) ?? "");
  const components = [...groups].flatMap(([urn, changes]) => {
    const changed = changes.filter(isChange);
    return changed.length === 0 ? [] : [component(urn, changes, changed)];
  });
  const worst = ({ changes }: PlannedComponent): number => Math.min(...changes.map(rankOf));
  const count = (op: ChangeOp): number => all.filter((change) => change.op === op).length;
  return {
    components: components.toSorted((left, right) => worst(left) - worst(right)),
    drifts,
    counts: {
      replace: count("replace"),
      delete: count("delete"),
      update: count("update"),
      create: count("create"),
      same: count("same"),
    },
    unchanged: [...groups].flatMap(([urn, changes]) => (urn === "" || changes.some(isChange) ? [] : [nameOf(urn)])),
  };
}

function component(urn: string, all: readonly ResourceChange[], changed: readonly ResourceChange[]): PlannedComponent {
  return {
    name: urn === "" ? "" : nameOf(urn),
    type: classOf(typeOf(urn)),
    changes: changed.toSorted((left, right) => rankOf(left) - rankOf(right)),
    isNew: all.every(({ op }) => op === "create"),
  };
}

/** A resource is planned once: its last step holds. */
function uniqueLast(changes: readonly ResourceChange[]): ResourceChange[] {
  return [...new Map(changes.map((change) => [change.urn, change])).values()];
}

/** The outermost component above a resource, or the component itself; undefined for what hangs on the stack directly. */
function componentFinder({
  changes,
  known,
}: Pick<RunResult, "changes" | "known">): (urn: string) => string | undefined {
  const rows = new Map<string, Pick<KnownResource, "custom" | "parent">>();
  for (const row of [...known, ...changes]) rows.set(row.urn, row);
  const isComponent = (urn: string): boolean => rows.get(urn)?.custom === false && !isStackType(typeOf(urn));
  return (urn) => {
    let found: string | undefined;
    for (let at: string | undefined = urn; at !== undefined; at = rows.get(at)?.parent) if (isComponent(at)) found = at;
    return found;
  };
}
