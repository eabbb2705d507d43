/** The checklist names rules and tests that there are, and no promise without anybody who checks it. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { rules } from "../../policies/rules";
import { ROOT } from "./promises";

/** The cells of each promise: what, rule, test, person. */
const promises = readFileSync(path.join(ROOT, "docs/checklist.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| promise"))
  .map((line) =>
    line
      .split("|")
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

const spans = (cell = ""): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []);

test("every rule and every test that it names is there", () => {
  const known = new Set(rules.map(({ id }) => id));
  expect(promises.length).toBeGreaterThan(10);
  expect(promises.flatMap(([, rule]) => spans(rule)).filter((id) => !known.has(id))).toEqual([]);
  expect(promises.flatMap(([, , file]) => spans(file)).filter((file) => !existsSync(path.join(ROOT, file)))).toEqual(
    [],
  );
});

test("every promise is checked by somebody", () => {
  const unchecked = promises.filter(([, ...checkers]) => checkers.every((checker) => checker === ""));
  expect(unchecked.map(([promise]) => promise)).toEqual([]);
});
