/** Every field of the controllers' kinds is decided on: a rule judges it, or the table says why nobody need. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fieldPattern, fieldRows, type FieldRow, fieldTables, isUse, tableOf } from "../../policies/fields/table";
import { rules } from "../../policies/rules";
import { fieldPage, fieldPageFile } from "../../tools/docs/field-docs";
import { crdFields, haveCrds } from "../support/crds";
import { specs } from "./specs";
import { deliveredPods } from "./support/delivered-pods";
import { readsOf } from "./support/reads";

const tables = fieldTables();
const kinds = tables.flatMap((table) => table.kinds.map((kind) => [kind, table] as const));
const rowsOf = new Map(tables.map((table) => [table, fieldRows(table, tables)] as const));
const rowsAt = (kind: string): readonly FieldRow[] => {
  const table = kinds.find(([name]) => name === kind)?.[1];
  return (table && rowsOf.get(table)) ?? [];
};

describe("the tables of fields", () => {
  it("say of each field, once, either what it may do and who judges it, or why it is harmless", () => {
    for (const [kind] of kinds) {
      const rows = rowsAt(kind);
      expect(new Set(rows.map(({ field }) => field)).size, kind).toBe(rows.length);
      for (const { field, may, rules: ruleIds, harmless } of rows) {
        const isChecked = may !== undefined && may !== "" && ruleIds.length > 0 && harmless === undefined;
        const spared = harmless !== undefined && harmless !== "" && ruleIds.length === 0 && may === undefined;
        expect(isChecked || spared, `${kind} ${field}`).toBe(true);
      }
    }
  });

  it("name rules that exist", () => {
    const ids = new Set(rules.map(({ id }) => id));
    const unknown = kinds.flatMap(([kind]) =>
      rowsAt(kind).flatMap(({ field, rules: ruleIds }) =>
        ruleIds.filter((id) => !ids.has(id)).map((id) => `${kind} ${field}: ${id}`),
      ),
    );
    expect(unknown).toEqual([]);
  });

  it("use every part that they declare", () => {
    const all = tables.flatMap((table) => [...table.rows, ...table.parts.flatMap(({ rows }) => rows)]);
    const used = new Set(all.filter(isUse).map(({ part }) => part));
    const declared = tables.flatMap(({ parts }) => parts.map(({ name }) => name));
    expect(declared.filter((name) => !used.has(name))).toEqual([]);
    expect(new Set(declared).size).toBe(declared.length);
  });

  it("stand in the documentation as they are", () => {
    expect(readFileSync(fieldPageFile, "utf8")).toBe(fieldPage());
  });
});

describe("a rule that is named for a field", () => {
  const ids = [...new Set(kinds.flatMap(([kind]) => rowsAt(kind).flatMap(({ rules: ruleIds }) => ruleIds)))];

  it.each(ids)("%s reads it in one of its cases", (id) => {
    const spec = specs.find(({ rule }) => rule.id === id);
    if (spec === undefined) throw new Error(`${id} has no cases`);
    const reads = [...readsOf(spec.rule, [...Object.values(spec.good), ...Object.values(spec.bad), ...deliveredPods])];
    // Kinds of one table have the same fields, and rules read them in the same way.
    const unread = tables.flatMap((table) => {
      const heads = table.kinds.map((kind) => `kubernetes:${table.group}:${kind}#`);
      const own = reads
        .filter((path) => heads.some((head) => path.startsWith(head)))
        .map((path) => path.slice(path.indexOf("#") + 1));
      return (rowsOf.get(table) ?? [])
        .filter(({ rules: ruleIds }) => ruleIds.includes(id))
        .filter(({ field }) => !own.some((path) => fieldPattern(field).test(path)))
        .map(({ field }) => `${table.kinds.join(", ")} ${field}`);
    });
    expect(unread).toEqual([]);
  });
});

describe.skipIf(!haveCrds)("beside the definitions of the projects (CRDS_DIR)", () => {
  it.each(kinds)("%s: every field has a row, and every row a field", (kind, { group }) => {
    const fields = crdFields(group, kind);
    const patterns = rowsAt(kind).map(({ field }) => [field, fieldPattern(field)] as const);
    expect(fields.filter((field) => !patterns.some(([, pattern]) => pattern.test(field)))).toEqual([]);
    expect(
      patterns.filter(([, pattern]) => !fields.some((field) => pattern.test(field))).map(([field]) => field),
    ).toEqual([]);
  });
});

describe("a table's notation", () => {
  const rows = [{ field: "spec.a[]", part: "inner" }];

  it("writes out parts at their place", () => {
    const table = tableOf({
      group: "g",
      kinds: ["K"],
      source: "",
      rows: [{ field: "spec.x", harmless: "y" }, ...rows],
      parts: {
        inner: [
          { field: "b", harmless: "c" },
          { field: "[].d", may: "e", rules: ["f"] },
        ],
      },
    });
    expect(fieldRows(table, [table])).toEqual([
      { field: "spec.x", harmless: "y", rules: [] },
      { field: "spec.a[].b", harmless: "c", rules: [] },
      { field: "spec.a[][].d", may: "e", rules: ["f"] },
    ]);
  });

  it.each([
    ["is not declared", {}],
    ["holds itself", { inner: [{ field: "b", part: "inner" }] }],
  ])("refuses a part that %s", (fault, parts) => {
    const table = tableOf({ group: "g", kinds: ["K"], source: "", rows, parts });
    expect(() => fieldRows(table, [table])).toThrow(fault);
  });

  it.each([
    ["spec.a", ["spec.a"], ["spec.ab", "spec.a.b", "xspec.a"]],
    ["spec.a[].b", ["spec.a[].b", "spec.a[12].b"], ["spec.a.b", "spec.a[].bc"]],
    ["spec.a{}", ["spec.a{}", "spec.a.one", 'spec.a["x/y"]'], ["spec.a", "spec.a.one.two"]],
    ["spec.a.**", ["spec.a", "spec.a.b.c", "spec.a[].b", "spec.a{}"], ["spec.ab"]],
  ])("%s", (field, matched, others) => {
    for (const path of matched) expect(path).toMatch(fieldPattern(field));
    for (const path of others) expect(path).not.toMatch(fieldPattern(field));
  });
});
