/** The table of effects: which rows are about a type, a path or an operation. */
import { groupPairs } from "@fridayproof/components/core";
import { segmentsOf, stemOf } from "../plans/values";
import type { EffectRow, EffectRows, Evidence } from "./row";
import { rowFiles } from "./row-files";

/** Grows by one with each change of a row, so that two verdicts can be compared. */
export const TABLE_VERSION = 7;

/** A pattern of a row, ready to be compared. */
interface Pattern {
  readonly row: EffectRow;
  readonly segments: readonly string[];
  readonly stems: readonly string[];
}

/** What is known of a type. */
export interface TypeRows {
  readonly patterns: readonly Pattern[];
  /** Rows of `*create*`, `*delete*` or `*replace*`. */
  ofOperation(operation: string): readonly EffectRow[];
}

/** A row that is about a changed path. */
export interface PathRow {
  readonly row: EffectRow;
  /** The row's own path. */
  readonly segments: readonly string[];
  /** Whether the row is about a part of what changed. */
  readonly isWithin: boolean;
}

/** Versions of a Kubernetes API serve the same objects: rows are about all of them. */
function typeKey(type: string): string {
  const [, group, kind] = /^kubernetes:([^/]+)\/[^:]+:(.+)$/.exec(type) ?? [];
  if (group === undefined) return type;
  return group === "extensions" ? `kubernetes:networking.k8s.io:${kind}` : `kubernetes:${group}:${kind}`;
}

function patternsOf(rows: readonly EffectRow[]): readonly Pattern[] {
  return rows
    .filter(({ property }) => !property.startsWith("*"))
    .flatMap((row) =>
      row.property.split("|").map((path) => {
        const segments = segmentsOf(path);
        return { row, segments, stems: segments.map(stemOf) };
      }),
    );
}

function typeRows(rows: readonly EffectRow[]): TypeRows {
  return {
    patterns: patternsOf(rows),
    ofOperation: (operation) => rows.filter(({ property }) => property === `*${operation}*`),
  };
}

function load(files: readonly EffectRows[]): ReadonlyMap<string, TypeRows> {
  const rows = groupPairs(
    files.flatMap((file) => Object.entries(file).map(([type, own]) => [typeKey(type), own] as const)),
  );
  return new Map([...rows].map(([type, own]) => [type, typeRows(own.flat())]));
}

const table = load(rowFiles);
const NOTHING = typeRows([]);

/** Rows of a type; undefined where the table does not know it. */
export function rowsOf(type: string): TypeRows | undefined {
  return table.get(typeKey(type));
}

/** Rows about every type. */
export function commonRows(): TypeRows {
  return table.get("*") ?? NOTHING;
}

function isPrefix(shorter: readonly string[], longer: readonly string[]): boolean {
  return shorter.length <= longer.length && shorter.every((stem, index) => matches(stem, longer[index] ?? ""));
}

/** A `*` at the end of a name stands for anything. */
function matches(stem: string, name: string): boolean {
  return stem.endsWith("*") ? name.startsWith(stem.slice(0, -1)) : stem === name;
}

/** Rows about a changed path: the longest that lead to it, then shorter ones, then those about parts of it. */
export function rowsForPath({ patterns }: TypeRows, path: readonly string[]): readonly (readonly PathRow[])[] {
  const stems = path.map(stemOf);
  const above = patterns.filter((pattern) => isPrefix(pattern.stems, stems));
  const lengths = [...new Set(above.map((pattern) => pattern.stems.length))].sort((left, right) => right - left);
  const groups = lengths.map((length) =>
    above
      .filter((pattern) => pattern.stems.length === length)
      .map(({ row, segments }): PathRow => ({ row, segments, isWithin: false })),
  );
  const below = patterns.filter((pattern) => pattern.stems.length > stems.length && isPrefix(stems, pattern.stems));
  return [...groups, below.map(({ row, segments }): PathRow => ({ row, segments, isWithin: true }))];
}

/** Whether somebody looked a row up; what is derived follows from rows of the same type. */
export function isSourced(evidence: Evidence | undefined): boolean {
  return evidence === "read" || evidence === "summary";
}

/** How many rows there are, how many somebody looked up, and how many follow from those. */
export function tableSize(): { readonly rows: number; readonly sourced: number; readonly derived: number } {
  const all = rowFiles.flatMap((file) => Object.values(file).flat());
  return {
    rows: all.length,
    sourced: all.filter(({ evidence }) => isSourced(evidence)).length,
    derived: all.filter(({ evidence }) => evidence === "derived").length,
  };
}
