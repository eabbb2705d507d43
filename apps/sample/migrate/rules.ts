/** What a migration must not do to those who use the schema meanwhile; each rule rests on a measurement with PostgreSQL 15. */
import { concurrent, type Migration } from "./migration";
import { shapeOf } from "./statements";

/** Something that is wrong with a migration. */
export interface Finding {
  readonly migration: string;
  readonly rule: string;
  readonly message: string;
}

/** One statement, with what it may rest on. */
interface Subject {
  readonly shape: string;
  readonly migration: Migration;
  /** Shapes of the same file, and of those before it. */
  readonly file: readonly string[];
  readonly before: readonly string[];
}

interface Rule {
  readonly name: string;
  /** What is wrong and what to do instead; undefined when nothing is. */
  find(subject: Subject): string | undefined;
}

/** Refuses what the pattern finds, unless `spared`. */
const refuse = (
  name: string,
  pattern: RegExp,
  message: string,
  spared: (subject: Subject) => boolean = () => false,
): Rule => ({
  name,
  find: (subject) => (pattern.test(subject.shape) && !spared(subject) ? message : undefined),
});

const contracts = ({ migration }: Subject): boolean => migration.phase === "contract";
const fills = ({ migration, shape }: Subject): boolean => migration.phase === "backfill" && /\blimit \d+/.test(shape);

/** Of a table that the same file makes: no version uses it yet. */
function onNewTable({ shape, file }: Subject): boolean {
  const table = /(?: on| table)(?: if exists)?(?: only)? ([\w."]+)/.exec(shape)?.[1];
  return table !== undefined && file.some((other) => other.startsWith(`create table ${table} `));
}

/** A column with a valid check that it is not null: then SET NOT NULL scans no row (PostgreSQL 12 and newer). */
function hasValidCheck({ shape, before }: Subject): boolean {
  const column = /alter column ([\w"]+) set not null/.exec(shape)?.[1] ?? "";
  const check = before
    .map((other) => /add constraint ([\w"]+) check \( ?([\w"]+) is not null ?\)/.exec(other))
    .find((found) => found?.[2] === column)?.[1];
  return check !== undefined && before.some((other) => other.includes(`validate constraint ${check}`));
}

const COLUMN = /\badd (?:column )?(?:if not exists )?(?!constraint|check|primary|unique|foreign|value)/;
/** `now()` is one value for the whole statement: the table is not rewritten. */
const VOLATILE = /\bdefault (?!now\(\)|current_timestamp|current_date)[^,]*\w\(/;

const rules: readonly Rule[] = [
  refuse(
    "contract-drop",
    /\bdrop (?:column|table)\b/,
    "the version that still serves uses it: drop it in a contract, when no version that could come back reads it",
    contracts,
  ),
  refuse(
    "no-rename",
    /\brename (?:column |constraint |to )|\brename \w+ to /,
    "everything with the old name fails at once: add the new one, fill it, drop the old one in three releases",
  ),
  refuse(
    "no-type-change",
    /\balter (?:column )?[\w"]+ (?:set data )?type /,
    "prepared statements fail even where nothing is rewritten: add a column of the new type, fill it, drop the old one",
  ),
  refuse(
    "not-null-needs-check",
    /\bset not null\b/,
    "it reads the whole table under a lock that blocks every use: add CHECK (… IS NOT NULL) NOT VALID, validate it in another migration, then this",
    (subject) => hasValidCheck(subject) || onNewTable(subject),
  ),
  refuse(
    "not-null-contracts",
    /\bset not null\b/,
    "inserts of a version without the column fail: this is a contract",
    (subject) => contracts(subject) || onNewTable(subject),
  ),
  refuse(
    "check-contracts",
    /\badd constraint [\w"]+ check\b/,
    "NOT VALID spares old rows, and refuses new ones at once: inserts of a version without it fail, so this is a contract",
    contracts,
  ),
  {
    name: "required-column",
    find: ({ shape }) =>
      COLUMN.test(shape) && / not null\b/.test(shape) && !/ default /.test(shape)
        ? "rows that are there have no value for it: give it a constant default"
        : undefined,
  },
  {
    name: "volatile-default",
    find: ({ shape }) =>
      COLUMN.test(shape) && (VOLATILE.test(shape) || / generated always as \(/.test(shape))
        ? "it rewrites the whole table under a lock that blocks every use: add the column without a default, and fill it in batches"
        : undefined,
  },
  refuse(
    "constraint-at-once",
    /\badd (?:constraint [\w"]+ )?(?:check|foreign key|unique|exclude)\b/,
    "it scans every row while writes are blocked: NOT VALID and VALIDATE in two migrations, or a unique index CONCURRENTLY and USING INDEX",
    ({ shape, ...rest }) => /\bnot valid\b|\busing index\b/.test(shape) || onNewTable({ shape, ...rest }),
  ),
  refuse(
    "validate-alone",
    /\bvalidate constraint\b/,
    "in one transaction with NOT VALID it keeps that one's lock: a migration of its own",
    ({ file }) => file.length === 1,
  ),
  refuse(
    "index-concurrently",
    /^create (?:unique )?index (?!concurrently)/,
    "writes are blocked until it is built: CREATE INDEX CONCURRENTLY",
    onNewTable,
  ),
  refuse(
    "index-concurrently",
    /^(?:drop index|reindex) (?!concurrently|.* concurrently)/,
    "it waits for every reader, and all behind it wait too: CONCURRENTLY",
  ),
  refuse(
    "key-of-new-table",
    /^create table .*\breferences\b/,
    "a new table's key takes a lock on the old one, and writers wait behind its holder: add the key NOT VALID in a migration of its own",
  ),
  refuse(
    "batches",
    /^(?:update|delete from)\b/,
    "every row stays locked until the end: phase backfill, with LIMIT, which is repeated until nothing changes",
    fills,
  ),
  refuse(
    "no-table-lock",
    /^(?:lock|truncate|vacuum full|cluster|refresh materialized view (?!concurrently))/,
    "every use of the table is blocked until it ends",
  ),
  {
    name: "concurrently-alone",
    find: ({ migration, file }) =>
      concurrent(migration) && file.length > 1
        ? "it runs outside of a transaction: one statement, in a migration of its own"
        : undefined,
  },
  refuse(
    "enum-alone",
    /^alter type .* add value\b/,
    "the value cannot be used in the transaction that adds it: a migration of its own",
    ({ file }) => file.length === 1,
  ),
  refuse(
    "no-own-transaction",
    /^(?:begin|commit|rollback|start transaction)\b/,
    "the runner has a transaction for each migration, with the lock's time-out",
  ),
];

function findingsOf(migration: Migration, before: readonly string[]): readonly Finding[] {
  const file = migration.statements.map(shapeOf);
  const found = file.flatMap((shape, index) => {
    const subject: Subject = { shape, migration, file, before: [...before, ...file.slice(0, index)] };
    return rules.flatMap((rule) => {
      const message = rule.find(subject);
      return message === undefined ? [] : [{ migration: migration.name, rule: rule.name, message }];
    });
  });
  const keys = new Set<string>();
  return found.filter(({ rule }) => !keys.has(rule) && keys.add(rule));
}

/** What is wrong with the migrations, in their order. */
export function lint(migrations: readonly Migration[]): readonly Finding[] {
  return migrations.flatMap((migration, index) => {
    const before = migrations.slice(0, index).flatMap(({ statements }) => statements.map(shapeOf));
    return findingsOf(migration, before);
  });
}
