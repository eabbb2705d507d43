/** Reads what a timeline is made of: a state, as if all of it were made anew, or what a preview makes. */
import { parseUrn } from "@fridayproof/components/core";
import { stateOf } from "../parity/state";
import { PlanError, readPlan } from "../verdict";
import { isMap, type Values } from "../verdict/plans/values";
import type { TimedRow } from "./tasks";
import { TimelineError } from "./timeline-error";

/** What is to be made. */
export interface Timed {
  /** Name of the stack. */
  readonly stack: string;
  readonly rows: readonly TimedRow[];
  /** Steps of a plan that the tables have no times of, by operation. */
  readonly untimed: Readonly<Record<string, number>>;
}

const CREATES: ReadonlySet<string> = new Set(["create", "replace", "create-replacement"]);
const SAME: ReadonlySet<string> = new Set(["same", "read", "refresh"]);

/** A state: everything in it, as on the first day. @throws ParityError where it is none. */
export function timedState(document: unknown): Timed {
  const { stack, resources } = stateOf(document);
  return { stack, rows: resources.filter((row) => row["delete"] !== true), untimed: {} };
}

/** A replacement has a step for the resource and one for its new self: the first of them counts. */
function firstOfEach(rows: readonly TimedRow[]): readonly TimedRow[] {
  return [...new Map(rows.toReversed().map((row) => [row.urn, row])).values()].toReversed();
}

/** What the steps of a preview make, and how many others it has. */
export function timedPlan(steps: readonly Values[]): Timed {
  const untimed: Record<string, number> = {};
  const rows = steps.flatMap(({ op, newState }) => {
    if (typeof op === "string" && !CREATES.has(op) && !SAME.has(op)) untimed[op] = (untimed[op] ?? 0) + 1;
    return CREATES.has(String(op)) && isMap(newState) ? [newState as TimedRow] : [];
  });
  const stack = parseUrn(rows[0]?.urn ?? "")?.stack ?? "";
  return { stack, rows: firstOfEach(rows), untimed };
}

/** The file's JSON, where it is a preview that can be read. @throws TimelineError else. */
export function readTimed(file: Buffer, document: unknown): Timed {
  if (!isMap(document)) throw new TimelineError("this JSON is no object, so neither a state nor a preview of Pulumi.");
  if ("deployment" in document) return timedState(document);
  try {
    const { steps } = readPlan(file);
    if (steps === undefined) throw new TimelineError("plans of Terraform show what changes, not what waits for what.");
    return timedPlan(steps);
  } catch (error) {
    if (error instanceof PlanError) throw new TimelineError(error.message);
    throw error;
  }
}
