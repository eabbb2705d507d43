/** One migration: a numbered file of SQL, its kind in its first lines. */
import { createHash } from "node:crypto";
import { shapeOf, statementsOf } from "./statements";

/**
 * What a migration does to those who use the schema. `expand` adds what no version needs yet; `backfill` fills it in batches,
 * each a transaction of its own; `contract` takes away what no version uses any more.
 */
export const phases = ["expand", "backfill", "contract"] as const;

/** Phase of a migration. */
export type Phase = (typeof phases)[number];

/** A file, read. */
export interface Migration {
  /** Its file's name without the ending, such as `0002_orders_product`. */
  readonly name: string;
  readonly phase: Phase;
  /** The migration that it fills or closes; an expand has none. */
  readonly of?: string;
  readonly statements: readonly string[];
  /** Of the file's text: a migration that has run is never changed. */
  readonly checksum: string;
}

const NAME = /^\d{4}_[a-z0-9_]+$/;

function headerOf(text: string, key: string): string | undefined {
  return new RegExp(`^-- ${key}: *(\\S+) *$`, "m").exec(text)?.[1];
}

/** The migration in a file. @throws Error with what is wrong with it, and what was allowed. */
function migrationOf(name: string, text: string): Migration {
  const refuse = (got: string | undefined, allowed: string): Error =>
    new Error(`${name}.sql: got ${got ?? "nothing"}; allowed: ${allowed}`);
  if (!NAME.test(name)) throw refuse(name, "four digits, then words of a-z, 0-9 and _: 0002_orders_product.sql");
  const phase = phases.find((one) => one === headerOf(text, "phase"));
  if (phase === undefined) throw refuse(headerOf(text, "phase"), `a line "-- phase: ${phases.join("|")}"`);
  const of = headerOf(text, "of");
  if (phase !== "expand" && of === undefined) throw refuse(of, `a line "-- of: <migration>" beside phase ${phase}`);
  const statements = statementsOf(text);
  if (statements.length === 0) throw refuse("no statement", "at least one");
  const checksum = createHash("sha256").update(text).digest("hex");
  return { name, phase, ...(of === undefined ? {} : { of }), statements, checksum };
}

/** Every migration of a folder's files, in order. @throws Error for two with one number, or an `of` that comes later or is no expand. */
export function migrationsOf(files: Readonly<Record<string, string>>): readonly Migration[] {
  const all = Object.keys(files)
    .sort()
    .map((file) => migrationOf(file.replace(/\.sql$/, ""), files[file] ?? ""));
  const known = new Map<string, Migration>();
  for (const migration of all) {
    const number = migration.name.slice(0, migration.name.indexOf("_"));
    const twin = [...known.keys()].find((name) => name.startsWith(`${number}_`));
    if (twin !== undefined) throw new Error(`${migration.name}.sql: its number is taken by ${twin}.sql`);
    if (migration.of !== undefined && known.get(migration.of)?.phase !== "expand")
      throw new Error(`${migration.name}.sql: of: got ${migration.of}; allowed: an expand before it`);
    known.set(migration.name, migration);
  }
  return all;
}

/** Whether PostgreSQL runs it outside of transactions only. */
export const concurrent = ({ statements }: Pick<Migration, "statements">): boolean =>
  statements.some((statement) => /\bconcurrently\b/.test(shapeOf(statement)));

/** The index that it builds beside the table's users. */
export function indexOf({ statements }: Pick<Migration, "statements">): string | undefined {
  const pattern = /^create (?:unique )?index concurrently (?:if not exists )?("?[\w.]+"?) on /;
  const found = statements.map((statement) => pattern.exec(shapeOf(statement))?.[1]);
  return found.find((name) => name !== undefined)?.replaceAll('"', "");
}
