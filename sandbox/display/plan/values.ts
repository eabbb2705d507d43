/** What changes inside of one resource, as lines below it. */
import type { ResourceChange } from "../../events/changes";
import type { ValueLine } from "../difference/lines";
import { comparedLines } from "../difference/meanings";
import { wrap } from "./layout";
import type { PlanWords } from "./words";

/** What is said beside a property that cannot change in place. */
const FORCES = "forces the replacement";

/** The lines of a change; a creation and a deletion have none. */
export type ValuesOf = (change: ResourceChange) => readonly ValueLine[];

/**
 * The lines of each change of a plan, compared once however often they are laid out.
 * @param creations whether what is new shows its values too.
 */
export function valuesOf(words: PlanWords, creations = false): ValuesOf {
  const known = new Map<ResourceChange, readonly ValueLine[]>();
  return (change) => {
    const lines = known.get(change) ?? [
      ...changedValues(change, words),
      ...(creations ? newValues(change, words) : []),
    ];
    known.set(change, lines);
    return lines;
  };
}

function changedValues(change: ResourceChange, words: PlanWords): readonly ValueLine[] {
  const { old, now } = change;
  if (old === undefined || now === undefined) return [];
  const subject = { type: now.type, old: old.inputs ?? {}, now: now.inputs ?? {} };
  const lines = [...comparedLines(subject, words.of(change)), ...protection(change)];
  return lines.map((line) => (line.depth === 0 && isForced(line, change) ? { ...line, note: FORCES } : line));
}

/** The values of a creation: what has no other side to stand against. */
function newValues({ op, now, ...change }: ResourceChange, words: PlanWords): readonly ValueLine[] {
  if (op !== "create" || now?.inputs === undefined) return [];
  const { __defaults: _defaults, ...inputs } = now.inputs;
  const lines = comparedLines({ type: now.type, old: {}, now: inputs }, words.of({ op, now, ...change }));
  return lines.map(({ old, now: value, note: _note, ...line }) =>
    old === undefined || value === undefined ? line : { ...line, text: value },
  );
}

const isForced = ({ label }: ValueLine, { replaces }: ResourceChange): boolean =>
  replaces.some(
    (property) => label === property || label.startsWith(`${property}.`) || label.startsWith(`${property}[`),
  );

/** Protection is no property of the resource, but whoever approves a plan wants to know that it goes. */
function protection({ old, now }: ResourceChange): ValueLine[] {
  const [before, after] = [old?.protect === true, now?.protect === true];
  if (before === after) return [];
  return [{ depth: 0, label: "protection", old: before ? "on" : "off", now: after ? "on" : "off", leaves: 1 }];
}

const INDENT = 6;
/** Widest column of labels; a longer label stands for itself. */
const LABELS = 26;

/**
 * The lines at this width.
 * @param limit how many lines at most; the rest is counted by its leaves.
 */
export function laidOut(lines: readonly ValueLine[], limit: number, columns: number): string[] {
  const shown = lines.slice(0, limit);
  const rest = lines.slice(limit).reduce((sum, { leaves }) => sum + leaves, 0);
  const labels = shown.map(({ label }) => label.length).filter((length) => length <= LABELS);
  const width = Math.max(0, ...labels);
  const text = shown.flatMap((line) => layOne(line, width, columns));
  return rest === 0 ? text : [...text, `${" ".repeat(INDENT)}${rest} more ${rest === 1 ? "value" : "values"} (--full)`];
}

function layOne({ depth, label, text, old, now, note }: ValueLine, width: number, columns: number): string[] {
  const indent = " ".repeat(INDENT + depth * 2);
  const head = label === "" ? indent : `${indent}${label.padEnd(width)}   `;
  const aside = note === undefined ? "" : `   ${note}`;
  if (old === undefined || now === undefined)
    return wrap(`${head}${text ?? ""}${aside}`.trimEnd(), indent.length + 2, columns);
  const line = `${head}${old} → ${now}${aside}`;
  if (line.length <= columns) return [line];
  const inner = `${indent}  `;
  return [
    `${indent}${label}${aside}`,
    ...wrap(`${inner}- ${old}`, inner.length + 2, columns),
    ...wrap(`${inner}+ ${now}`, inner.length + 2, columns),
  ];
}
