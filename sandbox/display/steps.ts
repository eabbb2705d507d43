/** What an operation is called before, during and after, and what a step concerns. */
import type { Op, StepEvent } from "../events/events";
import { shortType } from "./names";

/** How an operation looks and what it is called before, during and after. */
export interface OpStyle {
  readonly sign: string;
  readonly color: "green" | "yellow" | "red" | "magenta" | "cyan" | "dim";
  /** In a plan: `create`. */
  readonly planned: string;
  readonly running: string;
  readonly done: string;
}

const style = (sign: string, color: OpStyle["color"], planned: string, running: string, done: string): OpStyle => {
  return { sign, color, planned, running, done };
};

/** Looks by operation. The signs are those of the real command line. */
export const opStyles: Readonly<Record<Op, OpStyle>> = {
  same: style(" ", "dim", "unchanged", "checking", "unchanged"),
  create: style("+", "green", "create", "creating", "created"),
  update: style("~", "yellow", "update", "updating", "updated"),
  delete: style("-", "red", "delete", "deleting", "deleted"),
  replace: style("+-", "magenta", "replace", "replacing", "replaced"),
  "create-replacement": style("++", "green", "create replacement", "creating replacement", "created replacement"),
  "delete-replaced": style("--", "red", "delete replaced", "deleting replaced", "deleted replaced"),
  read: style(">", "cyan", "read", "reading", "read"),
  refresh: style("~", "cyan", "refresh", "refreshing", "refreshed"),
  discard: style("<", "dim", "discard", "discarding", "discarded"),
};

/** `aws:ec2:Vpc network`. */
export function stepLabel({ type, name }: Pick<StepEvent, "type" | "name">): string {
  return `${shortType(type)} ${name}`;
}
