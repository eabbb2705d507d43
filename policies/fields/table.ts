/** Fields of the delivery controllers' kinds that can hurt availability, with the rule that checks each: read from the JSON files in this folder. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeRegExp } from "@fridayproof/components/core";

/** A decision about one field, or with `.**` at its end about all fields below it. */
export interface FieldRow {
  /** Path from the object's root: `[]` stands for every element of a list, `{}` for every member of a map. */
  readonly field: string;
  /** Its effect on availability; absent where there is none. */
  readonly may?: string;
  /** Ids of the rules that check it. */
  readonly rules: readonly string[];
  /** Why it has no effect, or why no rule checks it here. */
  readonly harmless?: string;
}

/** Rows that are written once and apply at several paths. */
export interface Part {
  readonly name: string;
  readonly rows: readonly (FieldRow | PartUse)[];
}

/** A path at which a part's rows apply. */
export interface PartUse {
  readonly field: string;
  readonly part: string;
}

/** The decisions about one or more kinds of equal fields. */
export interface FieldTable {
  readonly group: string;
  readonly kinds: readonly string[];
  /** Project and version whose definitions were read. */
  readonly source: string;
  readonly rows: readonly (FieldRow | PartUse)[];
  /** Parts that this file declares; every file may use them. */
  readonly parts: readonly Part[];
}

/** Content of a file: a row without rules has no list, and parts are named by their key. */
interface Written {
  readonly group: string;
  readonly kinds: readonly string[];
  readonly source: string;
  readonly rows: readonly (Omit<FieldRow, "rules"> & { readonly rules?: readonly string[]; readonly part?: string })[];
  readonly parts?: Readonly<Record<string, Written["rows"]>>;
}

const folder = __dirname;

/** Every table, in the order of the file names. */
export function fieldTables(): readonly FieldTable[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => tableOf(JSON.parse(readFileSync(join(folder, file), "utf8")) as Written));
}

/** The table of a file. */
export function tableOf({ parts = {}, rows, ...rest }: Written): FieldTable {
  const named = Object.entries(parts).map(([name, own]) => ({ name, rows: own.map(rowOf) }));
  return { ...rest, rows: rows.map(rowOf), parts: named };
}

function rowOf({ part, rules = [], ...row }: Written["rows"][number]): FieldRow | PartUse {
  return part === undefined ? { ...row, rules } : { field: row.field, part };
}

/** Whether the row refers to a part. */
export function isUse(row: FieldRow | PartUse): row is PartUse {
  return "part" in row;
}

/**
 * The table's rows, with the rows of a part in place of each reference.
 * @throws Error for a part that no table declares, or that contains itself.
 */
export function fieldRows(table: FieldTable, tables: readonly FieldTable[] = fieldTables()): readonly FieldRow[] {
  const parts = new Map(tables.flatMap(({ parts: own }) => own.map((part) => [part.name, part] as const)));
  const expand = (rows: Part["rows"], above: readonly string[]): readonly FieldRow[] =>
    rows.flatMap((row) => {
      if (!isUse(row)) return [row];
      const part = parts.get(row.part);
      if (part === undefined || above.includes(row.part))
        throw new Error(
          `${row.field}: the part "${row.part}" ${part === undefined ? "is not declared" : "holds itself"}`,
        );
      const inner = expand(part.rows, [...above, row.part]);
      return inner.map((one) => ({ ...one, field: joined(row.field, one.field) }));
    });
  return expand(table.rows, []);
}

function joined(base: string, field: string): string {
  return /^[[{]/.test(field) ? `${base}${field}` : `${base}.${field}`;
}

/** Expression for the paths of a row's field: those of a definition, or those that a rule reads in an object. */
export function fieldPattern(field: string): RegExp {
  const below = field.endsWith(".**");
  const escaped = escapeRegExp(below ? field.slice(0, -".**".length) : field);
  const spelled = escaped
    .replaceAll(String.raw`\[\]`, String.raw`\[\d*\]`)
    .replaceAll(String.raw`\{\}`, String.raw`(?:\{\}|\.[\w-]+|\["[^"]*"\])`);
  return new RegExp(`^${spelled}${below ? "(?:[.[{].*)?" : ""}$`);
}
