/** What others changed since the last update: what it was, what it is, and what this plan makes of it. */
import type { Drift, ResourceChange } from "../../events/changes";
import type { RunResult } from "../../events/events";
import { nameOf } from "../../property/urn";
import type { ValueLine } from "../difference/lines";
import { comparedLines } from "../difference/meanings";
import type { Colors } from "../text/terminal";
import { laidOut } from "./values";
import type { PlanWords } from "./words";
import { typeNames } from "./resource";

/** How drift is drawn. */
export interface DriftOptions {
  readonly columns: number;
  readonly colors: Colors;
  readonly words: PlanWords;
}

/** Most value lines of a resource that drifted. */
const VALUE_LIMIT = 6;

/** The block above the plan; empty where nothing drifted. */
export function driftLines(
  { drifts, changes }: Pick<RunResult, "drifts" | "changes">,
  options: DriftOptions,
): string[] {
  if (drifts.length === 0) return [];
  const typeName = typeNames(drifts.map(({ type }) => type));
  const { colors } = options;
  return [
    "Changed by others since the last update",
    ...drifts.flatMap((drift) => [
      `  ${colors.cyan("≠")} ${typeName(drift.type)} ${colors.bold(nameOf(drift.urn))}${drift.is === undefined ? "   is gone" : ""}`,
      ...laidOut(
        driftValues(
          drift,
          changes.find(({ urn }) => urn === drift.urn),
          options.words,
        ),
        VALUE_LIMIT,
        options.columns,
      ),
    ]),
  ];
}

/** `was 60, is 120`, and what the plan sets beside it. */
function driftValues({ type, was, is }: Drift, change: ResourceChange | undefined, words: PlanWords): ValueLine[] {
  if (is === undefined) return [];
  const planned = plannedValues(change, words);
  return comparedLines({ type, old: was, now: is }, words.bare).map(({ old, now, note: _note, ...line }) => {
    if (old === undefined || now === undefined) return line;
    const next = planned.get(line.label);
    const after = next === undefined ? "this plan leaves it" : `this plan sets ${next}`;
    return { ...line, text: `was ${old}, is ${now}   ${after}` };
  });
}

/** What the plan sets, by label. */
function plannedValues(change: ResourceChange | undefined, words: PlanWords): ReadonlyMap<string, string> {
  if (change?.old === undefined || change.now === undefined) return new Map();
  const { old, now } = change;
  const lines = comparedLines({ type: now.type, old: old.inputs ?? {}, now: now.inputs ?? {} }, words.of(change));
  return new Map(lines.flatMap(({ label, now: value }) => (value === undefined ? [] : [[label, value] as const])));
}
