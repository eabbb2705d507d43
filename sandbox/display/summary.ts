/** How a run ended: counts, outputs, duration. */
import { EXIT_CHANGES, type Op, type Operation, type RunResult } from "../events/events";
import { formatDuration } from "./duration";
import { isBlocking } from "./findings";
import { opLooks } from "./steps";
import type { Colors } from "./terminal";
import { outputLines } from "./values";

/** In the order in which counts are printed; parts of a replacement are counted as the replacement. */
const counted: readonly Op[] = ["create", "update", "replace", "delete", "refresh"];

/** `+ 12 to create` in a plan, `+ 12 created` afterwards; unchanged ones come last. */
export function countLines(summary: RunResult["changeSummary"], planned: boolean, colors: Colors): string[] {
  const rows = counted.flatMap((op) => {
    const count = summary[op] ?? 0;
    const { sign, color, planned: will, done } = opLooks[op];
    return count === 0 ? [] : [`  ${colors[color](`${sign.padStart(2)} ${count} ${planned ? `to ${will}` : done}`)}`];
  });
  const same = summary.same ?? 0;
  return [...rows, ...(same === 0 ? [] : [`     ${same} unchanged`])];
}

/** Whether anything would be, or was, done. */
export function hasChanges(summary: RunResult["changeSummary"]): boolean {
  return counted.some((op) => (summary[op] ?? 0) > 0);
}

const finished: Readonly<Record<Operation, string>> = {
  preview: "Previewed",
  update: "Updated",
  destroy: "Destroyed",
  refresh: "Refreshed",
};

/** What ended a run that did not end well. */
function endOf({ exitCode, findings }: RunResult): string {
  if (exitCode === EXIT_CHANGES) return "failed because there are changes though none were expected (exit code 7),";
  return findings.some(isBlocking) ? "was stopped by policies" : "failed";
}

/** The last line: `Updated dev in 3.2 s.` or what went wrong. @param planned whether nothing was done or written. */
export function closingLine(
  { operation, stack, planned }: { readonly operation: Operation; readonly stack: string; readonly planned: boolean },
  result: RunResult,
  colors: Colors,
): string {
  const time = formatDuration(result.seconds);
  const saved = planned ? "" : "; what was done is saved";
  const how = endOf(result);
  const what =
    planned && operation !== "preview" ? `preview of the ${operation} of ${stack}` : `${operation} of ${stack}`;
  if (result.exitCode !== 0) return colors.red(`${what} ${how} after ${time}${saved}.`);
  const quiet = hasChanges(result.changeSummary) ? "" : ", no changes";
  const done = planned && operation !== "preview" ? `Previewed the ${operation} of` : finished[operation];
  return colors.green(`${done} ${stack} in ${time}${quiet}.`);
}

/** Outputs and counts under their headings. */
export function summaryLines(result: RunResult, planned: boolean, colors: Colors): string[] {
  const outputs = outputLines(result.outputs);
  const counts = countLines(result.changeSummary, planned, colors);
  return [
    ...(outputs.length === 0 ? [] : [colors.bold("Outputs:"), ...outputs]),
    ...(counts.length === 0 ? [] : [colors.bold("Resources:"), ...counts]),
  ];
}
