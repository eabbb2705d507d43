/** Recorded expectations: a value against its file in test/goldens, which `make update` rewrites. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "vitest";

const folder = path.resolve(__dirname, "..", "goldens");
const INDENT = 2;

/**
 * Expects the value to be what `test/goldens/<name>.json` records; with UPDATE_GOLDENS=1 it is recorded instead.
 * @param value plain JSON with a stable order of keys.
 */
export function expectGolden(name: string, value: unknown): void {
  const file = path.join(folder, `${name}.json`);
  if (process.env.UPDATE_GOLDENS !== undefined) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(value, undefined, INDENT)}\n`);
    return;
  }
  const recorded: unknown = JSON.parse(readFileSync(file, "utf8"));
  const hint = `test/goldens/${name}.json differs: run \`make update\` and read the diff before you commit it`;
  expect(value, hint).toEqual(recorded);
}
