/** Other weights in an environment's file: one line changes, a reason comes and goes with the weights that it explains. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shift } from "../../tools/generate/shift";

const FILE = path.join("stacks", "environments", "prod.ts");
const ROOT = path.resolve(__dirname, "../..");

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "shift-"));
  mkdirSync(path.join(root, "stacks", "environments"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (text: string): void => writeFileSync(path.join(root, FILE), text);
const shifted = (weights: Record<string, number>, reason?: string): string =>
  shift(root, { stack: "prod", weights, ...(reason === undefined ? {} : { reason }) }).files[0]?.text ?? "";

describe("the file of prod", () => {
  const standing = readFileSync(path.join(ROOT, FILE), "utf8");

  it("has the weights in the line that a shift changes, and keeps all else", () => {
    put(standing);
    expect(shifted({ blue: 95, green: 5 })).toBe(
      standing.replace("weights: { blue: 100, green: 0 }", "weights: { blue: 95, green: 5 }"),
    );
  });

  it("gets a reason with the weights that it explains, and loses it with the next ones", () => {
    put(standing);
    const large = shifted({ blue: 0, green: 100 }, 'the page shows "it" at once');
    expect(large).toContain(
      "  weights: { blue: 0, green: 100 },\n" +
        "  shiftReason: { weights: { blue: 0, green: 100 }, reason: 'the page shows \"it\" at once' },\n",
    );
    put(large);
    expect(shifted({ blue: 100, green: 0 })).toBe(standing);
  });

  it("loses a reason that stands on several lines", () => {
    const reason = '  shiftReason: {\n    weights: { blue: 0, green: 100 },\n    reason: "long",\n  },\n';
    put(`{\n  weights: { blue: 0, green: 100 },\n${reason}  pools: {},\n}`);
    expect(shifted({ blue: 20, green: 80 })).toBe("{\n  weights: { blue: 20, green: 80 },\n  pools: {},\n}");
  });
});

it("names what carries the weights", () => {
  put("  weights: { blue: 100, green: 0 },\n");
  expect(shift(root, { stack: "prod", weights: { blue: 95, green: 5 } }).targets).toEqual([
    "front-door-https",
    "front-door-weights-rule",
  ]);
});

it.each([
  ["no file", undefined, "stacks/environments/prod.ts is not there: prod is no environment with weights of its own."],
  [
    "weights that are computed",
    "  weights: half,\n",
    'stacks/environments/prod.ts has no line like "  weights: { blue: 100, green: 0 },": change its weights by hand.',
  ],
])("refuses %s", (_, text, message) => {
  if (text !== undefined) put(text);
  expect(() => shift(root, { stack: "prod", weights: { blue: 95, green: 5 } })).toThrow(new Error(message));
});
