/** What others changed since the last update: what it was, what it is, and what this plan makes of it. */
import type { Drift, ResourceChange } from "../../events/changes";
import type { RunResult } from "../../events/events";
import { nameOf } from "../../property/urn";
import type { ValueLine } from "../difference/lines";
import { comparedLines } from "../difference/meanings";
import { minuteText } from "../text/moment";
import type { Colors } from "../text/terminal";
import { laidOut, maskedLine } from "./values";
import type { PlanFormat } from "./format";
import { typeNames } from "./resource";

/** How drift is drawn. */
export interface DriftOptions {
  readonly columns: number;
  readonly colors: Colors;
  readonly format: PlanFormat;
}

/** Most value lines of a resource that drifted. */
const VALUE_LIMIT = 6;

/** The block above the plan; empty where nothing drifted. */
export function driftLines(
  { drifts, changes, lastUpdate }: Pick<RunResult, "drifts" | "changes" | "lastUpdate">,
  options: DriftOptions,
): string[] {
  if (drifts.length === 0) return [];
  const typeName = typeNames(drifts.map(({ type }) => type));
  const { colors } = options;
  return [
    `Changed by others since the last update${lastUpdate === undefined ? "" : `, ${minuteText(Date.parse(lastUpdate))} UTC`}`,
    ...drifts.flatMap((drift) => [
      `  ${colors.cyan("≠")} ${typeName(drift.type)} ${colors.bold(nameOf(drift.urn))}${drift.is === undefined ? "   is gone" : ""}`,
      ...laidOut(
        driftValues(
          drift,
          changes.find(({ urn }) => urn === drift.urn),
          options.format,
          changes.length > 0,
        ).map((line) => maskedLine(line, options.format)),
        VALUE_LIMIT,
        options.columns,
      ),
    ]),
  ];
}

/** `was 60, is 120`, and what the plan sets beside it. */
function driftValues(
  { type, was, is }: Drift,
  change: ResourceChange | undefined,
  format: PlanFormat,
  isPlan: boolean,
): ValueLine[] {
  if (is === undefined) return [];
  const planned = plannedValues(change, format);
  const after = (label: string): string => {
    // A refresh only reads: there is no plan that would set anything.
    if (!isPlan) return "";
    const next = planned.get(label);
    return `   ${next === undefined ? "this plan leaves it" : next === "" ? "this plan sets it again" : `this plan sets ${next}`}`;
  };
  return comparedLines({ type, old: was, now: is }, format.bare).map(({ old, now, note: _note, ...line }) => {
    if (old !== undefined && now !== undefined) return { ...line, text: `was ${old}, is ${now}${after(line.label)}` };
    return line.depth > 0 || line.text === undefined ? line : { ...line, text: `${line.text}${after(line.label)}` };
  });
}

/** What the plan sets, by label; empty where a label has words of its own. */
function plannedValues(change: ResourceChange | undefined, format: PlanFormat): ReadonlyMap<string, string> {
  if (change?.old === undefined || change.now === undefined) return new Map();
  const { old, now } = change;
  const lines = comparedLines({ type: now.type, old: old.inputs ?? {}, now: now.inputs ?? {} }, format.of(change));
  return new Map(lines.map(({ label, now: value = "" }) => [label, value] as const));
}

/** What a plan changes only to have it again as it was before others changed it. */
export function undone(
  { drifts, changes }: Pick<RunResult, "drifts" | "changes">,
  format: PlanFormat,
): ReadonlySet<string> {
  const isUndone = ({ urn, type, was }: Drift): boolean => {
    const change = changes.find((one) => one.urn === urn);
    if (change?.op !== "update" || change.now === undefined) return false;
    return comparedLines({ type, old: was, now: change.now.inputs ?? {} }, format.of(change)).length === 0;
  };
  return new Set(drifts.filter(isUndone).map(({ urn }) => urn));
}
