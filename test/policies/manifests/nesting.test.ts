/** Deep texts are refused before a parser runs out of stack, and long ones that are flat are read. */
import { describe, expect, it } from "vitest";
import { manifestLimits } from "../../../policies/limits/manifests";
import { isTooDeep } from "../../../policies/manifests/nesting";
import { readManifests } from "../../../policies/manifests/parse";

const most = manifestLimits.nestedLevels.value;
const lists = (levels: number): string => `${"- ".repeat(levels)}a\n`;
const flow = (levels: number): string => `- ${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}\n`;
const maps = (levels: number): string =>
  Array.from({ length: levels }, (_each, level) => `${" ".repeat(level)}a:\n`).join("");
/** A list at its key's own column, so that two levels take two columns. */
const mixed = (levels: number): string =>
  Array.from({ length: levels / 2 }, (_each, level) => (level === 0 ? "a:\n" : `${"  ".repeat(level - 1)}- a:\n`)).join(
    "",
  );

describe.each([
  ["lists on a line", lists],
  ["lists in brackets", flow],
  ["maps", maps],
] as const)("%s", (_title, text) => {
  it("are read up to the bound, and not beyond it", () => {
    expect([isTooDeep(text(most)), isTooDeep(text(most + 1))]).toEqual([false, true]);
  });

  it("of thousands of levels end in a sentence", () => {
    expect(readManifests("a.yaml", text(4_000)).problems).toEqual([
      "a.yaml#0: got more nested levels than can be read; expected a Kubernetes object. Fix: flatten it.",
    ]);
  });
});

it("a list at its key's column counts as a level of its own", () => {
  expect([isTooDeep(mixed(most - 2)), isTooDeep(mixed(most + 4))]).toEqual([false, true]);
});

it("many brackets beside one another are no depth", () => {
  expect(isTooDeep(`a: [${"{}, ".repeat(most * 2)}]\n`)).toBe(false);
});

it("a remark before the first document holds nothing, and hides nothing", () => {
  const note = "# note\n%YAML 1.1\n---\n";
  expect([isTooDeep(`${note}${flow(most)}`), isTooDeep(`${note}${flow(most + 1)}`)]).toEqual([false, true]);
});

it("keys that are lists are as deep as their values", () => {
  expect(isTooDeep(`${"? [".repeat(most)}a${"]".repeat(most)}\n`)).toBe(true);
});

it("brackets that nobody closes are as deep as they are many", () => {
  expect(isTooDeep("[".repeat(most + 2))).toBe(true);
});
