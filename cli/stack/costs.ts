/** The bill of a run's resources: what they cost before and after. */
import { costLine } from "@fridayproof/guard/costs";
import { resourcesAfter, resourcesBefore, type RunResult } from "@fridayproof/sandbox/run";
import { wrapText } from "@fridayproof/sandbox/terminal";

const LABEL = "Cost       ";

/** What the plan does to the bill; nothing where nothing of it costs. */
export function costBlock(stack: string, plan: RunResult, columns: number): readonly string[] {
  const line = costLine(stack, resourcesBefore(plan), resourcesAfter(plan));
  return line === undefined ? [] : wrapText(`${LABEL}${line}`, LABEL.length, columns);
}
