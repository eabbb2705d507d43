/** Every number of the platform says who set it, where that stands, when it was read and what depends on it. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { allLimits } from "../../../components/core/limits";
import { duration, inSeconds, percentage } from "../../../components/core/units";

const folder = path.join(__dirname, "../../../components/core/limits");
const subjects = readdirSync(folder)
  .map((file) => path.basename(file, ".ts"))
  .filter((name) => name !== "index" && name !== "limit");
const rows = Object.entries(allLimits).flatMap(([subject, table]) =>
  Object.entries(table).map(([name, row]) => [`${subject}.${name}`, row] as const),
);
const row = { kind: "choice", source: "test", checked: "2026-11-21", reason: "test" } as const;

describe("limits", () => {
  test("every subject's file is in the index", () => {
    expect(Object.keys(allLimits).sort()).toEqual(subjects.sort());
  });

  test("every subject's file exports its rows", async () => {
    for (const subject of subjects) {
      const exported = (await import(pathToFileURL(path.join(folder, `${subject}.ts`)).href)) as Record<
        string,
        unknown
      >;
      expect(Object.values(exported)).toContain(allLimits[subject]);
    }
  });

  test.each(rows)("%s is complete", (_name, limit) => {
    expect(Number.isFinite(limit.value)).toBe(true);
    expect(limit.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(limit.reason.length).toBeGreaterThan(10);
    expect(limit.source.length).toBeGreaterThan(10);
    // What somebody else decides needs that somebody's page; a choice says what it rests on.
    if (limit.kind !== "choice") expect(limit.source).toMatch(/^https:\/\//);
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
