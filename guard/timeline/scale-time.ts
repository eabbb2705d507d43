/** How long a leg that stands takes to grow by a plan: simulated from the rows of creations, which no growth exceeds. */
import { isMap, type Values } from "../verdict/plans/values";
import type { Percentiles } from "./draws";
import { isApplicationRoot, isNodeGroup, type TimedRow } from "./tasks";
import { timelineOf } from "./timeline";

/** Seconds; simulated, never measured, never an RTO. */
export interface ScaleTime {
  readonly label: "SIMULATED";
  /** How many node groups get nodes. */
  readonly groups: number;
  /** Whether Argo CD deploys applications that it did not have. */
  readonly syncs: boolean;
  /** Node groups grow beside each other: an update of a group's size ends before its nodes are there. */
  readonly drawn: Percentiles;
  /** Each group of a pool waits for the nodes of the one before: what the program's order allows at worst. */
  readonly inTurn: Percentiles;
}

function fewest(state: unknown): number {
  const inputs = isMap(state) ? state["inputs"] : undefined;
  const scaling = isMap(inputs) ? inputs["scalingConfig"] : undefined;
  return isMap(scaling) ? Number(scaling["desiredSize"]) : 0;
}

/** The folder in Git that is deployed. */
function folderOf(state: unknown): unknown {
  const path = ["inputs", "spec", "template", "spec", "source", "path"];
  return path.reduce<unknown>((value, key) => (isMap(value) ? value[key] : undefined), state);
}

function growth({ op, oldState, newState }: Values): TimedRow | undefined {
  if (op !== "update" || !isMap(newState)) return undefined;
  const row = newState as TimedRow;
  const grows = isNodeGroup(row) && fewest(newState) > fewest(oldState);
  const deploys = isApplicationRoot(row) && folderOf(newState) !== folderOf(oldState);
  return grows || deploys ? row : undefined;
}

/**
 * The time of what a plan lets grow; undefined where no node group grows. A group that grows takes the time of a new one, and
 * another folder in Git a whole first sync, because nothing of it runs yet.
 * @param steps of a preview of Pulumi.
 */
export function scaleTimeOf(steps: readonly Values[]): ScaleTime | undefined {
  const rows = steps.flatMap((step) => growth(step) ?? []);
  const groups = rows.filter(isNodeGroup).length;
  if (groups === 0) return undefined;
  const timed = { stack: "", rows, untimed: {} };
  return {
    label: "SIMULATED",
    groups,
    syncs: rows.length > groups,
    drawn: timelineOf(timed).drawn,
    inTurn: timelineOf(timed, { inTurn: true }).drawn,
  };
}
