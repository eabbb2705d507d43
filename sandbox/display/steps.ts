/** What an operation is called before, during and after, and what a step concerns. */
import type { Op, StepEvent } from "../events/events";
import { shortType } from "./names";

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

/** `aws:ec2:Vpc network`. */
export function stepLabel({ type, name }: Pick<StepEvent, "type" | "name">): string {
  return `${shortType(type)} ${name}`;
}
