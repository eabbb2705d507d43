/** Where a line of a terminal may end. */
import { describe, expect, it } from "vitest";
import { wrap } from "../../../../sandbox/display/plan/layout";

const COLUMNS = 60;
const LONG = "x".repeat(COLUMNS + 5);

describe("a wrapped text", () => {
  it("ends no line inside of a command with its verb and stack", () => {
    const words = "a ".repeat(20).trim();
    expect(wrap(`${words}: npx fridayproof preview -s prod now`, 0, COLUMNS)).toEqual([
      `${words}:`,
      "npx fridayproof preview -s prod now",
    ]);
  });

  it("leaves no sign alone above the word that it belongs to", () => {
    expect(wrap(`  + ${LONG}`, 4, COLUMNS)).toEqual([`  + ${LONG}`]);
  });

  it("gives a word that is too long a line of its own", () => {
    expect(wrap(`before ${LONG} after`, 2, COLUMNS)).toEqual(["before", `  ${LONG}`, "  after"]);
  });
});
