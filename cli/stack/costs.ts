/** The costs of a run's resources before and after. */
import { costLine } from "@fridayproof/guard/costs";
import { resourcesAfter, resourcesBefore, type RunResult } from "@fridayproof/sandbox/run";
import { wrapText } from "@fridayproof/sandbox/terminal";

const LABEL = "Cost       ";

/** The change in costs; undefined where no resource of the plan is charged for. */
export function costBlock(stack: string, plan: RunResult, columns: number): readonly string[] {
  const line = costLine(stack, resourcesBefore(plan), resourcesAfter(plan));
  return line === undefined ? [] : wrapText(`${LABEL}${line}`, LABEL.length, columns);
}
