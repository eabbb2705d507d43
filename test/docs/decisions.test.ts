/** The index of the decisions: each has one line, under one subject, with its number and what was decided. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";

const FOLDER = path.resolve(__dirname, "../../docs/decisions");
const INDEX = "README.md";
const ROW = /^- \[(\d+)\]\(([\w-]+\.md)\): (\S.*)\.$/gm;

const read = (file: string): string => readFileSync(path.join(FOLDER, file), "utf8");
const rows = [...read(INDEX).matchAll(ROW)].map(([, number = "", file = ""]) => ({ number, file }));
const files = readdirSync(FOLDER).filter((file) => file !== INDEX);

test("every decision has one line", () => {
  expect(rows.map(({ file }) => file).sort()).toEqual(files.sort());
});

test("every line has the number of its file, and so has the file's title", () => {
  for (const { number, file } of rows) {
    expect(file.slice(0, 4), file).toBe(number.padStart(4, "0"));
    expect(read(file), file).toMatch(new RegExp(`^# ${number}\\. `));
  }
});
