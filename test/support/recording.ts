/** What tests record: with UPDATE=1 they rewrite it instead of comparing, which `make update` does for all of them. */
import { readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { expect } from "vitest";

/** Whether this run rewrites what is recorded. */
export const recording = process.env["UPDATE"] === "1";

/** Expects the file to hold this text; when recording, it is written instead. */
export function expectRecorded(file: string, text: string): void {
  if (recording) writeFileSync(file, text);
  else expect(readFileSync(file, "utf8"), staleness(file)).toBe(text);
}

/** What is said about a file that is not up to date. */
export function staleness(file: string): string {
  return `${relative(process.cwd(), file)} is stale: run \`make update\` and read the diff before you commit it`;
}
