/** Counts, outputs, durations. */
import { describe, expect, it } from "vitest";
import { formatDuration } from "../../../sandbox/display/duration";
import { closingLine, countLines, summaryLines } from "../../../sandbox/display/summary";
import { outputLines } from "../../../sandbox/display/values";
import { masked } from "../../../sandbox/property/values";
import type { RunResult } from "../../../sandbox/events/events";
import { SECRET_SIG, secret, SIG, UNKNOWN } from "../../../sandbox/property/values";
import { plain } from "./support";

const result = (more: Partial<RunResult>): RunResult => ({
  exitCode: 0,
  plan: { steps: [], duration: 0, changeSummary: {} },
  findings: [],
  diagnostics: [],
  outputs: {},
  changeSummary: {},
  seconds: 3.21,
  changes: [],
  drifts: [],
  known: [],
  ...more,
});

describe("durations", () => {
  it("lose their tenths once they no longer matter", () => {
    expect([0, 0.44, 9.94, 9.96, 59.4, 59.6, 185].map(formatDuration)).toEqual([
      "0.0 s",
      "0.4 s",
      "9.9 s",
      "10 s",
      "59 s",
      "1 min 00 s",
      "3 min 05 s",
    ]);
  });
});

describe("counts", () => {
  it("are in the future for a plan and in the past afterwards", () => {
    const summary = { create: 2, replace: 1, same: 5 };
    expect(countLines(summary, true, plain)).toEqual(["   + 2 to create", "  +- 1 to replace", "     5 unchanged"]);
    expect(countLines(summary, false, plain)).toEqual(["   + 2 created", "  +- 1 replaced", "     5 unchanged"]);
  });
});

describe("outputs", () => {
  it("mask secrets, also encrypted ones, at any depth", () => {
    const outputs = {
      token: secret("abc"),
      nested: { key: { [SIG]: SECRET_SIG, ciphertext: "xyz" }, list: [1, UNKNOWN] },
      none: [],
    };
    expect(outputLines(outputs)).toEqual([
      "    nested: {",
      "        key : [secret]",
      "        list: [",
      "            [0]: 1",
      "            [1]: [unknown]",
      "        ]",
      "    }",
      "    none  : []",
      "    token : [secret]",
    ]);
    expect(JSON.stringify(masked(outputs))).not.toMatch(/abc|xyz/);
  });
});

const update = { operation: "update", stack: "dev", planned: false } as const;
const preview = { operation: "preview", stack: "dev", planned: true } as const;
const foreseen = { operation: "refresh", stack: "dev", planned: true } as const;

describe("the end of a run", () => {
  it("that only foresaw says so, and nothing of what was done", () => {
    expect(closingLine(foreseen, result({ changeSummary: { delete: 1 } }), plain)).toBe(
      "Previewed the refresh of dev in 3.2 s.",
    );
    expect(closingLine(foreseen, result({ exitCode: 1 }), plain)).toBe(
      "preview of the refresh of dev failed after 3.2 s.",
    );
  });

  it("says when nothing changed", () => {
    const same = result({ changeSummary: { same: 7 } });
    expect(closingLine(update, same, plain)).toBe("Updated dev in 3.2 s, no changes.");
  });

  it("says that what was done is saved when it failed", () => {
    expect(closingLine(update, result({ exitCode: 1 }), plain)).toBe(
      "update of dev failed after 3.2 s; what was done is saved.",
    );
  });

  it("says that there are changes where none were expected", () => {
    const why = "failed because there are changes though none were expected (exit code 7), after 3.2 s";
    expect(closingLine(preview, result({ exitCode: 7 }), plain)).toBe(`preview of dev ${why}.`);
    expect(closingLine(update, result({ exitCode: 7 }), plain)).toBe(`update of dev ${why}; what was done is saved.`);
  });

  it("says when policies stopped it", () => {
    const finding = {
      policy: "p",
      pack: "f",
      packVersion: "1",
      level: "mandatory",
      urn: "u",
      message: "m",
      remediated: false,
    } as const;
    const stopped = result({ exitCode: 1, findings: [finding] });
    expect(closingLine(preview, stopped, plain)).toBe("preview of dev was stopped by policies after 3.2 s.");
  });

  it("prints outputs before counts", () => {
    const lines = summaryLines(result({ outputs: { id: "vpc-1" }, changeSummary: { create: 1 } }), false, plain);
    expect(lines).toEqual(["Outputs:", '    id: "vpc-1"', "Resources:", "   + 1 created"]);
  });
});
