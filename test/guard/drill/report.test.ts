/** The report of a drill: how it ended, what each line took of its budget, what was run and what was not. */
import { describe, expect, it } from "vitest";
import {
  drillMarkdown,
  drillPicture,
  drillReport,
  drillText,
  type Scenario,
  scenarios,
  stepsOf,
  type StepResult,
} from "../../../guard/drill";
import { clientShares, sumOf } from "../../../guard/drill/times";

const named = (name: string): Scenario => scenarios.find((scenario) => scenario.name === name) as Scenario;
const passed = (id: string): StepResult => ({ id, passed: true, ran: "MEASURED", saw: `saw ${id}` });
const PREFLIGHT = [
  { what: "identity", ran: "MEASURED", passed: true, saw: "there" },
  { what: "way in", ran: "MEASURED", passed: true, warns: true, saw: "nobody" },
  { what: "capacity", ran: "NOT RUN", passed: true, saw: "known on the day" },
] as const;
const FACTS = { day: "2026-11-30", preflight: PREFLIGHT };

function reported(name: string, until?: string) {
  const steps = stepsOf(named(name));
  const reached = steps.slice(0, until === undefined ? undefined : steps.findIndex(({ id }) => id === until) + 1);
  const results = reached.map(({ id, action }): StepResult => {
    const result = passed(id);
    if (action.does === "skip") return { ...result, ran: "NOT RUN", saw: action.why };
    return { ...result, passed: id !== until };
  });
  return drillReport(named(name), steps, results, FACTS);
}

describe("times", () => {
  it("are sums of draws, the same for a seed", () => {
    const fixed = { row: "x", low: 60, typical: 60, high: 60, source: "", isEstimate: false, isDefault: false };
    expect(sumOf([fixed, fixed])).toEqual({ p50: 120, p90: 120, p95: 120 });
    expect(sumOf([])).toEqual({ p50: 0, p90: 0, p95: 0 });
    const wide = { ...fixed, low: 0, high: 120 };
    const { p50, p90, p95 } = sumOf([wide], 1);
    expect(Math.abs(p50 - 60)).toBeLessThan(2);
    expect(p50 < p90 && p90 < p95 && p95 < 120).toBe(true);
    expect(sumOf([wide], 1)).toEqual({ p50, p90, p95 });
    expect(sumOf([wide], 2)).not.toEqual({ p50, p90, p95 });
  });

  it("of clients never fall, begin at none and end at all of those that keep to the TTL", () => {
    const shares = clientShares();
    expect([shares[0], shares.at(-1)]).toEqual([
      { at: 0, share: 0 },
      { at: 180, share: 1 },
    ]);
    expect(shares.map(({ share }) => share)).toEqual(
      shares.map(({ share }) => share).toSorted((one, other) => one - other),
    );
    // Nobody sees the other leg before three health checks have failed.
    expect(shares.filter(({ at }) => at <= 20).every(({ share }) => share === 0)).toBe(true);
  });
});

describe("a drill in which every step ended as it must", () => {
  const report = reported("region-lost");

  it("failed over, each line within its budget, and the whole is their sum", () => {
    expect([report.outcome, report.inBudget]).toEqual(["failed over", true]);
    expect(report.lines.map(({ line, budget }) => [line, budget])).toEqual([
      ["detect", 120],
      ["decide", 900],
      ["act", 720],
      ["whole", 1740],
    ]);
    for (const { seconds, budget, slack } of report.lines) expect(slack).toBe(budget - seconds.p95);
  });

  it("names what was not run: idle steps, what the sandbox cannot check, and AWS itself", () => {
    expect(report.notRun).toContain("data is promoted: no data store declared");
    expect(report.notRun).toContain("capacity: known on the day");
    expect(report.notRun).toContain("AWS itself: nothing was run there, and no time here is an RTO");
    expect(report.rpo).toEqual([{ store: "no data store declared", rpo: "nothing to lose, nothing to promote" }]);
    expect(report.lost.length).toBe(4);
  });

  it("is text and Markdown in which every time is SIMULATED", () => {
    const [head, incident] = drillText(report);
    expect(head).toBe("region-lost: the primary's region is lost at once: failed over (2026-11-30, on the sandbox)");
    expect(incident).toMatch(/^incident {5}Cloudflare, 2023-11-02/);
    expect(
      drillText(report)
        .filter((line) => /^(detect|decide|act|whole) /.test(line))
        .every((line) => line.endsWith("SIMULATED")),
    ).toBe(true);
    expect(drillText(report)).toEqual(
      expect.arrayContaining(["ok     identity: there", "WARN   way in: nobody", "--     capacity: known on the day"]),
    );
    const markdown = drillMarkdown(report);
    expect(markdown).toContain("- WARN way in: nobody");
    expect(markdown).toContain("all times are SIMULATED, and none is an RTO");
    for (const { title } of report.steps) expect(markdown).toContain(title);
  });

  it("is a picture with a bar for each step that takes time, and the clients' curve", () => {
    const svg = drillPicture(report);
    expect(svg.match(/ of \d+:\d\d</g)?.length).toBe(5);
    expect(svg).toContain("<polyline");
    expect(svg).toContain("All times are SIMULATED");
    expect(drillPicture(reported("blip"))).not.toContain("<polyline");
  });
});

it("a decision after an hour is over its budget, and so is the whole, though the drill failed over", () => {
  const report = reported("late-decision");
  expect([report.outcome, report.inBudget]).toEqual(["failed over", false]);
  expect(report.lines.filter(({ slack }) => slack < 0).map(({ line }) => line)).toEqual(["decide", "whole"]);
  expect(drillText(report)[0]).toContain("failed over, OVER BUDGET");
  expect(drillText(report).join("\n")).toContain("slack -45:00");
});

it("a step that does not end as it must fails the drill, and what comes after it was not reached", () => {
  const report = reported("region-lost", "parity");
  expect(report.outcome).toBe("failed");
  const parity = report.steps.find(({ id }) => id === "parity");
  const open = report.steps.find(({ id }) => id === "open");
  expect([parity?.passed, parity?.ran, open?.passed, open?.ran, open?.saw]).toEqual([
    false,
    "MEASURED",
    false,
    "NOT RUN",
    "an earlier step failed",
  ]);
});

it("nothing changed: no clients, nothing lost, and no line but detection", () => {
  const report = reported("blip");
  expect([report.outcome, report.clients, report.lost]).toEqual(["nothing changed", [], []]);
  expect(report.lines.map(({ line }) => line)).toEqual(["detect", "whole"]);
});

it("a bar in a Markdown cell does not end it", () => {
  const steps = stepsOf(named("blip"));
  const report = drillReport(named("blip"), steps, [{ ...passed("preflight"), saw: "a | b" }], FACTS);
  expect(drillMarkdown(report)).toContain("a \\| b");
});
