/** What changes inside of one resource, as lines below it. */
import { counted } from "@fridayproof/components/core";
import type { ResourceChange } from "../../events/changes";
import { excerpts, shortened } from "../difference/excerpt";
import type { ValueLine } from "../difference/lines";
import { comparedLines } from "../difference/meanings";
import { LEAST_COLUMNS, wrap } from "./layout";
import type { PlanFormat } from "./format";

/** The mark of a property that cannot change in place. */
const FORCES = "forces the replacement";

/** The lines of a change; a creation and a deletion have none. */
export type ValuesOf = (change: ResourceChange) => readonly ValueLine[];

/**
 * The lines of each change of a plan, compared once however often they are laid out.
 * @param creations whether what is new shows its values too.
 */
export function valuesOf(format: PlanFormat, creations = false): ValuesOf {
  const known = new Map<ResourceChange, readonly ValueLine[]>();
  return (change) => {
    const before = known.get(change);
    if (before !== undefined) return before;
    const lines = [...changedValues(change, format), ...(creations ? newValues(change, format) : [])];
    // Before anything is shortened or wrapped: of a secret no part may be left.
    const masked = lines.map((line) => maskedLine(line, format));
    known.set(change, masked);
    return masked;
  };
}

/** The line with the secrets of the plan hidden in its values. */
export function maskedLine(line: ValueLine, { mask }: PlanFormat): ValueLine {
  const { text, old, now } = line;
  return {
    ...line,
    ...(text === undefined ? {} : { text: mask(text) }),
    ...(old === undefined ? {} : { old: mask(old) }),
    ...(now === undefined ? {} : { now: mask(now) }),
  };
}

function changedValues(change: ResourceChange, format: PlanFormat): readonly ValueLine[] {
  const { old, now } = change;
  if (old === undefined || now === undefined) return [];
  const sides = { type: now.type, old: old.inputs ?? {}, now: now.inputs ?? {} };
  const lines = [...comparedLines(sides, format.of(change)), ...protection(change)];
  return lines.map((line) => (line.depth === 0 && isForced(line, change) ? { ...line, note: FORCES } : line));
}

/** The values of a creation: what has no other side to stand against. */
function newValues({ op, now, ...change }: ResourceChange, format: PlanFormat): readonly ValueLine[] {
  if (op !== "create" || now?.inputs === undefined) return [];
  const { __defaults: _defaults, ...inputs } = now.inputs;
  const lines = comparedLines({ type: now.type, old: {}, now: inputs }, format.of({ op, now, ...change }));
  return lines.map(({ old, now: value, note: _note, ...line }) =>
    old === undefined || value === undefined ? line : { ...line, text: value },
  );
}

const isForced = ({ label }: ValueLine, { replaces }: ResourceChange): boolean =>
  replaces.some(
    (property) => label === property || label.startsWith(`${property}.`) || label.startsWith(`${property}[`),
  );

/** Protection is no property of the resource, but its removal must show in a plan. */
function protection({ old, now }: ResourceChange): ValueLine[] {
  const [before, after] = [old?.protect === true, now?.protect === true];
  if (before === after) return [];
  return [{ depth: 0, label: "protection", old: before ? "on" : "off", now: after ? "on" : "off", leaves: 1 }];
}

const INDENT = 6;
/** Widest column of labels; a longer label stands for itself. */
const LABELS = 26;

/** No limit. */
export const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Lines of one value before it is shortened to where it differs. */
const LINES_OF_VALUE = 3;

/**
 * The lines at this width.
 * @param limit how many lines at most; the rest is counted by its leaves, and long values are shortened.
 */
export function laidOut(lines: readonly ValueLine[], limit: number, columns: number): string[] {
  const shown = lines.slice(0, limit);
  const rest = lines.slice(limit).reduce((sum, { leaves }) => sum + leaves, 0);
  const labels = shown.map(({ label }) => label.length).filter((length) => length <= LABELS);
  const width = Math.max(0, ...labels);
  const room = limit === NO_LIMIT ? NO_LIMIT : LINES_OF_VALUE * (Math.max(columns, LEAST_COLUMNS) - INDENT);
  const text = shown.flatMap((line) => layOne(shortenedLine(line, room), width, columns));
  return rest === 0 ? text : [...text, `${" ".repeat(INDENT)}${counted(rest, "more value")} (--full)`];
}

function shortenedLine(line: ValueLine, room: number): ValueLine {
  const { text, old, now } = line;
  if (old === undefined || now === undefined)
    return text === undefined ? line : { ...line, text: shortened(text, room) };
  const [before, after] = excerpts(old, now, room);
  return { ...line, old: before, now: after };
}

function layOne({ depth, label, text, old, now, note }: ValueLine, width: number, columns: number): string[] {
  const indent = " ".repeat(INDENT + depth * 2);
  const head = label === "" ? indent : `${indent}${label.padEnd(width)}   `;
  const suffix = note === undefined ? "" : `   ${note}`;
  if (old === undefined || now === undefined)
    return wrap(`${head}${text ?? ""}${suffix}`.trimEnd(), indent.length + 2, columns);
  const line = `${head}${old} → ${now}${suffix}`;
  if (line.length <= columns) return [line];
  const inner = `${indent}  `;
  return [
    `${indent}${label}${suffix}`,
    ...wrap(`${inner}- ${old}`, inner.length + 2, columns),
    ...wrap(`${inner}+ ${now}`, inner.length + 2, columns),
  ];
}
