/** Each statement that was measured as harmful is refused, by our rules or by squawk; each harmless one passes both. */
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { migrationsOf } from "../../../apps/sample/migrate/migration";
import { lint } from "../../../apps/sample/migrate/rules";
import { shapeOf, statementsOf } from "../../../apps/sample/migrate/statements";
import { textsIn } from "../../../apps/sample/migrate/files";
import { allFindings } from "../../../tools/migrations/lint";
import { squawkPath } from "../../../tools/migrations/squawk";
import * as path from "node:path";

const FIRST = "-- phase: expand\ncreate table t (id bigint primary key, a integer, b text);\n";

/** The rules that find something in one migration after the first. */
function rulesFor(sql: string, phase = "expand"): readonly string[] {
  const of = phase === "expand" ? "" : "-- of: 0001_first\n";
  const migrations = migrationsOf({ "0001_first.sql": FIRST, "0002_next.sql": `-- phase: ${phase}\n${of}${sql}` });
  return lint(migrations).map(({ rule }) => rule);
}

const refused: readonly (readonly [sql: string, rules: readonly string[], phase?: string])[] = [
  ["alter table t drop column a;", ["contract-drop"]],
  ["drop table t;", ["contract-drop"]],
  ["alter table t rename column a to c;", ["no-rename"]],
  ["alter table t rename a to c;", ["no-rename"]],
  ["alter table t rename to u;", ["no-rename"], "contract"],
  ["alter table t alter column a type bigint;", ["no-type-change"], "contract"],
  ["alter table t alter column b set data type varchar(9);", ["no-type-change"]],
  ["alter table t alter column a set not null;", ["not-null-needs-check"], "contract"],
  ["alter table t alter column a set not null;", ["not-null-needs-check", "not-null-contracts"]],
  ["alter table t add constraint c check (a > 0) not valid;", ["check-contracts"]],
  ["alter table t add constraint c check (a > 0);", ["constraint-at-once"], "contract"],
  ["alter table t add column c text not null;", ["required-column"]],
  ["alter table t add c text default gen_random_uuid();", ["volatile-default"]],
  ["alter table t add column c text generated always as (b || 'x') stored;", ["volatile-default"]],
  ["alter table t add constraint u unique (b);", ["constraint-at-once"]],
  ["alter table t add foreign key (a) references u (id);", ["constraint-at-once"]],
  ["create index i on t (a);", ["index-concurrently"]],
  ["create unique index i on t (a);", ["index-concurrently"]],
  ["drop index i;", ["index-concurrently"]],
  ["create table n (id bigint primary key, t bigint references t (id));", ["key-of-new-table"]],
  ["update t set a = 1;", ["batches"]],
  ["update t set a = 1 where a is null;", ["batches"], "backfill"],
  ["delete from t;", ["batches"]],
  ["lock table t;", ["no-table-lock"]],
  ["truncate t;", ["no-table-lock"]],
  ["create index concurrently i on t (a); alter table t add column c text;", ["concurrently-alone"]],
  ["alter type mood add value 'fine'; select 1;", ["enum-alone"]],
  [
    "alter table t add constraint k foreign key (a) references u (id) not valid; alter table t validate constraint k;",
    ["validate-alone"],
  ],
  ["begin; alter table t add column c text; commit;", ["no-own-transaction"]],
];

describe("our rules", () => {
  for (const [sql, rules, phase] of refused)
    test(`${sql} (${phase ?? "expand"})`, () => {
      expect(rulesFor(sql, phase)).toEqual(rules);
    });

  const harmless: readonly (readonly [sql: string, phase?: string])[] = [
    ["alter table t add column c text;"],
    ["alter table t add column c text not null default 'x';"],
    ["alter table t add column c timestamptz not null default now();"],
    ["alter table t alter column a set default 7;"],
    ["create index concurrently i on t (a);"],
    ["drop index concurrently i;"],
    ["create table n (id bigint primary key, t bigint); create index on n (t);"],
    ["alter table t add constraint k foreign key (a) references u (id) not valid;"],
    ["alter table t validate constraint k;"],
    ["alter table t add constraint u unique using index i;"],
    ["alter type mood add value 'fine';"],
    ["-- drop table t;\nselect 'drop table t; rename';"],
    ["alter table t drop column a;", "contract"],
    ["update t set a = 1 where id in (select id from t where a is null limit 500);", "backfill"],
  ];

  for (const [sql, phase] of harmless)
    test(`pass ${sql}`, () => {
      expect(rulesFor(sql, phase)).toEqual([]);
    });

  test("let a column be required once a check of it is valid, which squawk would refuse", async () => {
    const contract = "-- phase: contract\n-- of: 0001_first\n";
    const files = {
      "0001_first.sql": FIRST,
      "0002_check.sql": `${contract}alter table t add constraint c check (a is not null) not valid;`,
      "0003_valid.sql": `${contract}alter table t validate constraint c;`,
      "0004_required.sql": `${contract}alter table t alter column a set not null;`,
    };
    expect(await allFindings(files)).toEqual([]);
    const { "0003_valid.sql": _valid, ...without } = files;
    expect(lint(migrationsOf(without)).map(({ rule }) => rule)).toEqual(["not-null-needs-check"]);
  });
});

describe("the migrations of the sample", () => {
  test("pass our rules and squawk", async () => {
    expect(await allFindings(textsIn(path.resolve(__dirname, "../../../apps/sample/migrations")))).toEqual([]);
  });

  test.skipIf(squawkPath() === undefined)("are looked at by squawk, which finds what it knows", async () => {
    const files = { "0001_first.sql": FIRST, "0002_next.sql": "-- phase: expand\nalter table t drop column a;" };
    const rules = (await allFindings(files)).map(({ rule }) => rule);
    expect(rules).toEqual(["contract-drop", "squawk:ban-drop-column"]);
  });
});

describe("a file of migrations", () => {
  test.each([
    [{ "1_first.sql": FIRST }, "1_first.sql: got 1_first; allowed: four digits, then words of a-z, 0-9 and _"],
    [
      { "0001_first.sql": "select 1;" },
      '0001_first.sql: got nothing; allowed: a line "-- phase: expand|backfill|contract"',
    ],
    [{ "0001_first.sql": "-- phase: fill\nselect 1;" }, "0001_first.sql: got fill; allowed"],
    [
      { "0001_first.sql": "-- phase: contract\nselect 1;" },
      'allowed: a line "-- of: <migration>" beside phase contract',
    ],
    [{ "0001_first.sql": "-- phase: expand\n;" }, "0001_first.sql: got no statement; allowed: at least one"],
    [{ "0001_first.sql": FIRST, "0001_second.sql": FIRST }, "0001_second.sql: its number is taken by 0001_first.sql"],
    [
      { "0001_first.sql": "-- phase: contract\n-- of: 0002_second\nselect 1;", "0002_second.sql": FIRST },
      "0001_first.sql: of: got 0002_second; allowed: an expand before it",
    ],
  ] as readonly (readonly [Readonly<Record<string, string>>, string])[])("is refused: %j", (files, message) => {
    expect(() => migrationsOf(files)).toThrow(message);
  });

  test("is split at semicolons that stand in no quotes and no comments", () => {
    const sql = "select ';'; -- a; b\ncreate function f() as $x$ begin; end $x$; /* ; */ select \"a;b\", 'it''s; so'";
    expect(statementsOf(sql)).toEqual([
      "select ';'",
      "create function f() as $x$ begin; end $x$",
      "select \"a;b\", 'it''s; so'",
    ]);
    expect(shapeOf("SELECT  'Drop Table'\n FROM t")).toBe("select '' from t");
  });

  test("gives as many statements as were written, whatever stands in their quotes", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), (texts) => {
        const sql = texts.map((text) => `select '${text.replaceAll("'", "''")}';`).join("\n");
        expect(statementsOf(sql)).toHaveLength(texts.length);
      }),
    );
  });
});
