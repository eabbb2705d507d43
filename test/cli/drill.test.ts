/** A drill end to end on the sandbox: over, proven, and back; the scenarios beside it run with `make drill-tests`. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { DrillReport } from "../../guard/drill";
import { fridayproof, ROOT } from "./support";

const MINUTES_8 = 480_000;
const folder = mkdtempSync(path.join(tmpdir(), "friday drill "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const OWN = ["stacks/environments/prod.ts", "stacks/environments/replica.ts"];

async function drilled(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly report: DrillReport }> {
  const { code, stdout, stderr } = await fridayproof(["drill", "--json", "-C", ROOT, ...args]);
  if (!stdout.startsWith("{")) throw new Error(stderr);
  return { code, report: JSON.parse(stdout) as DrillReport };
}

const saw = (report: DrillReport, id: string): string => report.steps.find((step) => step.id === id)?.saw ?? "";

it(
  "without us-east-1: the pilot is scaled, compared, opened and closed again, and nothing of it is left",
  async () => {
    const before = OWN.map(read);
    const [markdown, svg] = [path.join(folder, "drill.md"), path.join(folder, "drill.svg")];
    const { code, report } = await drilled("--markdown", markdown, "--svg", svg);
    expect(report.steps.filter(({ passed }) => !passed).map(({ id, saw: what }) => `${id}: ${what}`)).toEqual([]);
    expect([code, report.outcome, report.inBudget]).toEqual([0, "failed over", true]);
    expect(saw(report, "scale")).toMatch(/^replica is up to date with the program: \d+ updated, \d+ unchanged/);
    expect(saw(report, "fence")).toMatch(/^prod was not changed: the plan failed/);
    expect(saw(report, "data")).toMatch(/^replica is up to date with the program: \d+ created, \d+ unchanged/);
    expect(saw(report, "ready")).toBe(
      "read, not requested: health check 503, 8 of 8 nodes, bound to its target group, 3 records",
    );
    expect(saw(report, "parity")).toMatch(/^prod and replica: STANDBY, \d+ resources compared, 0 differences/);
    expect(saw(report, "opened")).toBe(
      "read, not requested: health check 200, 8 of 8 nodes, bound to its target group, 3 records",
    );
    expect(saw(report, "identical")).toMatch(/^prod and replica: IDENTICAL, \d+ resources compared, 0 differences/);
    expect(report.steps.filter(({ ran }) => ran === "NOT RUN").map(({ id }) => id)).toEqual([
      "detect",
      "decide",
      "stop",
      "secrets",
      "smoke",
      "clients",
      "watch",
      "data-back",
    ]);
    expect(saw(report, "parity-back")).toMatch(/^prod and replica: STANDBY, \d+ resources compared, 0 differences/);
    expect(report.rpo.map(({ store }) => store)).toEqual(["fridayproof-prod (database, recovery: backups)"]);
    expect(saw(report, "leaks")).toBe("no object of the replica is left");
    expect(report.preflight.filter(({ ran }) => ran === "MEASURED").length).toBe(9);
    expect(report.preflight.filter(({ warns }) => warns === true).map(({ what }) => what)).toEqual([
      "deploying without GitHub",
    ]);
    expect(readFileSync(markdown, "utf8")).toMatch(/^# Drill: region-lost/);
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg /);
    expect(OWN.map(read)).toEqual(before);
  },
  MINUTES_8,
);

describe.runIf(process.env.LONG_RUNS === "1")("every other scenario", () => {
  it(
    "for a minute: an update meanwhile is refused, nobody fails over, and nothing is different",
    async () => {
      const { code, report } = await drilled("--scenario", "blip");
      expect([report.steps.filter(({ passed }) => !passed), code, report.outcome]).toEqual([[], 0, "nothing changed"]);
      expect(saw(report, "changes")).toBe("prod was not changed: the plan failed for the reason above. (exit 1)");
      expect(saw(report, "same")).toBe("the same hash as before");
    },
    MINUTES_8,
  );

  it.each<[string, number, DrillReport["outcome"], string, RegExp]>([
    ["region-hangs", 0, "failed over", "opened", /^read, not requested: health check 200/],
    ["sign-in", 0, "failed over", "opened", /^read, not requested: health check 200/],
    ["late-decision", 3, "failed over", "opened", /^read, not requested: health check 200/],
    ["flap", 0, "nothing changed", "same", /^the same hash as before$/],
    ["zone", 0, "nothing changed", "same", /^the same hash as before$/],
    [
      "cold",
      0,
      "refused",
      "scale",
      /^replica needs IAM \(25 resources\), S3 \(5\) and Route 53 \(4\), all written through us-east-1, which is denied: use the pilot or wait\. Nothing was changed\.$/,
    ],
    ["replica-zone", 0, "refused", "scale", /^replica needs EKS \(\d resources?\) in zone usw2-az3, which is lost/],
    ["both-regions", 0, "refused", "scale", /^replica was not changed: the plan failed/],
  ])(
    "%s",
    async (name, exit, outcome, step, sentence) => {
      const { code, report } = await drilled("--scenario", name);
      expect([report.steps.filter(({ passed }) => !passed), code, report.outcome]).toEqual([[], exit, outcome]);
      expect(saw(report, step)).toMatch(sentence);
    },
    MINUTES_8,
  );
});

it("a scenario that there is not is refused with the one that may be meant; --list runs nothing", async () => {
  const { code, stderr } = await fridayproof(["drill", "--scenario", "region-lst", "-C", ROOT]);
  expect([code, stderr]).toEqual([
    2,
    "fridayproof: --scenario region-lst: allowed: region-lost, region-hangs, blip, flap, zone, sign-in, late-decision, cold, replica-zone, both-regions. Did you mean region-lost?\n",
  ]);
  const list = await fridayproof(["drill", "--list", "-C", ROOT]);
  expect([list.code, list.stdout.split("\n").length]).toEqual([0, 21]);
});
