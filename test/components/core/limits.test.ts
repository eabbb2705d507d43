/** Every number of the platform says who set it, where that stands, when it was read and what depends on it. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, expectTypeOf, test } from "vitest";
import { byDefault, choice, hardLimit, limits, quota } from "../../../components/core/limits/limit";
import { duration, inSeconds, percentage } from "../../../components/core/units";
import { allLimits } from "../../support/all-limits";

const root = path.join(__dirname, "../../..");
const folders = Object.entries(allLimits);
const tables = folders.flatMap(([folder, subjects]) =>
  Object.entries(subjects).map(([subject, table]) => [`${folder}/${subject}.ts`, table] as const),
);
const rows = tables.flatMap(([file, table]) =>
  Object.entries(table).map(([name, row]) => [`${path.basename(file, ".ts")}.${name}`, row] as const),
);
const row = { kind: "choice", source: "test", checked: "2026-11-21", reason: "test" } as const;

describe("limits", () => {
  test.each(folders)("every file of %s is in the list", (folder, subjects) => {
    const files = readdirSync(path.join(root, folder)).map((file) => path.basename(file, ".ts"));
    expect(Object.keys(subjects).sort()).toEqual(files.filter((name) => name !== "limit" && name !== "index").sort());
  });

  test.each(tables)("%s exports its rows", async (file, table) => {
    const exported = (await import(pathToFileURL(path.join(root, file)).href)) as Record<string, unknown>;
    expect(Object.values(exported)).toContain(table);
  });

  test.each(rows)("%s is complete", (_name, limit) => {
    expect(Number.isFinite(limit.value)).toBe(true);
    expect(limit.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(limit.reason.length).toBeGreaterThan(10);
    expect(limit.source.length).toBeGreaterThan(10);
    // What somebody else decides needs that somebody's page; a choice says what it rests on.
    if (limit.kind !== "choice") expect(limit.source).toMatch(/^https:\/\//);
  });

  test("what holds when nothing is said is a default, and each default stands once", () => {
    const unsaid = rows.filter(([name, { reason }]) => /ByDefault$/.test(name) || reason.includes("nothing is said"));
    expect(unsaid.length).toBeGreaterThan(10);
    expect(unsaid.filter(([, { kind }]) => kind !== "default")).toEqual([]);
    const facts = rows.flatMap(([, { kind, value, unit, source }]) =>
      kind === "default" ? [`${value} ${unit}, ${source}`] : [],
    );
    expect(facts).toEqual([...new Set(facts)]);
  });
});

describe("a table of limits", () => {
  const evidence = { source: "https://example.com", reason: "A test needs rows." };
  const table = limits("2026-11-21", {
    name: hardLimit(64, "characters", evidence),
    vpcs: quota(5, "count", evidence),
    port: byDefault(443, "port", evidence),
    wait: choice(60, "seconds", { ...evidence, checked: "2026-11-29" }),
  });

  test("gives each row its kind and the table's day, unless the row has its own", () => {
    const checked = "2026-11-21";
    expect(table).toEqual({
      name: { ...evidence, value: 64, unit: "characters", kind: "hard limit", checked },
      vpcs: { ...evidence, value: 5, unit: "count", kind: "quota", checked },
      port: { ...evidence, value: 443, unit: "port", kind: "default", checked },
      wait: { ...evidence, value: 60, unit: "seconds", kind: "choice", checked: "2026-11-29" },
    });
  });

  test("keeps names, units and kinds exact", () => {
    expectTypeOf<keyof typeof table>().toEqualTypeOf<"name" | "vpcs" | "port" | "wait">();
    expectTypeOf(table.wait.unit).toEqualTypeOf<"seconds">();
    expectTypeOf(table.port.kind).toEqualTypeOf<"default">();
    expectTypeOf(table.name.value).toEqualTypeOf<number>();
    expectTypeOf(table.vpcs.checked).toEqualTypeOf<string>();
  });
});

describe("units", () => {
  test("durations become seconds", () => {
    expect(inSeconds({ ...row, value: 2, unit: "minutes" })).toBe(120);
    expect(inSeconds({ ...row, value: 1, unit: "hours" })).toBe(3600);
    expect(inSeconds({ ...row, value: 1, unit: "days" })).toBe(86_400);
    expect(duration({ ...row, value: 20, unit: "minutes" })).toBe("1200s");
  });

  test("a count is not a duration and a duration is not a share", () => {
    expect(() => inSeconds({ ...row, value: 2, unit: "count" })).toThrow(
      new Error("a limit in count is not a duration"),
    );
    expect(() => percentage({ ...row, value: 2, unit: "seconds" })).toThrow(
      new Error("a limit in seconds is not a percentage"),
    );
    expect(percentage({ ...row, value: 25, unit: "percent" })).toBe("25%");
  });
});
