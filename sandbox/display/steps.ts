/** One line for one step: its sign, what it concerns, what happens to it. */
import type { Op, StepEvent } from "../events/events";
import { shortType } from "./names";
import type { Colors } from "./terminal";

/** How an operation looks and what it is called before, during and after. */
export interface OpLook {
  readonly sign: string;
  readonly color: "green" | "yellow" | "red" | "magenta" | "cyan" | "dim";
  /** In a plan: `create`. */
  readonly planned: string;
  readonly running: string;
  readonly done: string;
}

const look = (sign: string, color: OpLook["color"], planned: string, running: string, done: string): OpLook => {
  return { sign, color, planned, running, done };
};

/** Looks by operation. The signs are those of the real command line. */
export const opLooks: Readonly<Record<Op, OpLook>> = {
  same: look(" ", "dim", "unchanged", "checking", "unchanged"),
  create: look("+", "green", "create", "creating", "created"),
  update: look("~", "yellow", "update", "updating", "updated"),
  delete: look("-", "red", "delete", "deleting", "deleted"),
  replace: look("+-", "magenta", "replace", "replacing", "replaced"),
  "create-replacement": look("++", "green", "create replacement", "creating replacement", "created replacement"),
  "delete-replaced": look("--", "red", "delete replaced", "deleting replaced", "deleted replaced"),
  read: look(">", "cyan", "read", "reading", "read"),
  refresh: look("~", "cyan", "refresh", "refreshing", "refreshed"),
  discard: look("<", "dim", "discard", "discarding", "discarded"),
};

/** Longest list of changed properties on a line. */
const DIFFS_SHOWN = 4;

function diffText(diffs: readonly string[]): string {
  if (diffs.length === 0) return "";
  const shown = diffs.slice(0, DIFFS_SHOWN);
  const rest = diffs.length - shown.length;
  return ` [${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}]`;
}

/** `aws:ec2:Vpc network`. */
export function stepLabel({ type, name }: Pick<StepEvent, "type" | "name">): string {
  return `${shortType(type)} ${name}`;
}

/** The line of a step that ended, failed, or stands in a plan. */
export function stepLine(event: StepEvent, planned: boolean, colors: Colors): string {
  const { sign, color, planned: will, done } = opLooks[event.op];
  const mark = colors[color](sign.padStart(2));
  const what = `${shortType(event.type)} ${colors.bold(event.name)}`;
  if (event.phase === "failed") return `${colors.red(" !")} ${what} ${colors.red(`${will} failed`)}`;
  return `${mark} ${what} ${colors[color](planned ? will : done)}${colors.dim(diffText(event.diffs))}`;
}

/**
 * Whether a person wants a line for it. A replacement is one line in a plan (`replace`); while it is carried out its
 * two halves are shown and the bookkeeping in between is not.
 */
export function isShown(event: StepEvent, planned: boolean): boolean {
  if (event.phase === "failed") return true;
  if (event.hidden || event.op === "same") return false;
  const half = event.op === "create-replacement" || event.op === "delete-replaced";
  return planned ? !half : event.op !== "replace";
}
