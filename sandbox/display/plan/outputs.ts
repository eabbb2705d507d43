/** Stack outputs that an update changed; all of them are printed by `outputs`. */
import type { RunResult } from "../../events/events";
import { isStackType, typeOf } from "../../property/urn";
import type { Value } from "../../property/values";
import { compare } from "../difference/compare";
import { valueLines, type ValueLine } from "../difference/lines";
import type { Terminal } from "../text/terminal";
import { laidOut } from "./values";

/** Lines before the rest is counted. */
const LIMIT = 8;

const format = { names: (text: string): string => text, textLines: LIMIT, unknown: () => "known after update" };

/** The block; empty where no output changed. */
export function changedOutputs(
  { changes, outputs }: Pick<RunResult, "changes" | "outputs">,
  { columns, colors }: Terminal,
): string[] {
  const before = changes.find(({ urn }) => isStackType(typeOf(urn)))?.old?.outputs ?? {};
  const lines = valueLines(compare("", before, outputs as Readonly<Record<string, Value>>), format).map(asOutput);
  if (lines.length === 0) return [];
  return [
    colors.bold("Outputs"),
    ...laidOut(lines, LIMIT, columns).map((line) => line.replace(/^ {4}/, "").replace("(--full)", "(outputs)")),
  ];
}

/** One that is new has no old side to show. */
function asOutput({ old, now, ...line }: ValueLine): ValueLine {
  if (old === undefined || now === undefined) return line;
  return old === "(none)" ? { ...line, text: now } : { ...line, old, now };
}
