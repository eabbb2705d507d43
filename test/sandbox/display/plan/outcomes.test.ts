/** Whole runs as a person sees them, at both widths: refused, under way, failed half-way, stopped, and in a log of CI. */
import pc from "picocolors";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { RunDisplay, type DisplayOptions } from "../../../../sandbox/display/run-display";
import type { Terminal } from "../../../../sandbox/display/text/terminal";
import type { PolicyFinding, RunResult, StepEvent } from "../../../../sandbox/events/events";
import { prod } from "../../../../stacks/environments/prod";
import type { EnvironmentInput } from "../../../../stacks/environments/schema";
import { foreseen, Standing } from "../../../support/change";
import { recordingTerminal, step } from "../support";

const MINUTES_3 = 180_000;
const WIDTHS = [80, 160];
const START = Date.parse("2026-11-29T03:06:00Z");

const version = (changes: Partial<EnvironmentInput> = {}) => ({ environment: { ...prod, ...changes } });
const URN = "urn:pulumi:prod::fridayproof::";

const finding = (policy: string, type: string, name: string, message: string): PolicyFinding => {
  const urn = `${URN}${type}::${name}`;
  return { policy, pack: "fridayproof", packVersion: "0.1.0", level: "mandatory", urn, message, remediated: false };
};

/** As the rule says it of production with one NAT gateway. */
const NAT = finding(
  "nat-per-az",
  "aws:eks/nodeGroup:NodeGroup",
  "blue-apps-use1-az2-nodes",
  "Nodes in a zone whose way out leads through another zone, by a gateway or by a route.\n" +
    "blue-apps-use1-az2-nodes (aws:eks/nodeGroup:NodeGroup), subnetIds: got no NAT gateway in 2 of 3 zones with nodes; " +
    "expected one in every zone with nodes. Fix: add a NAT gateway per zone, or one with availabilityMode: regional.",
);

const MANY = [
  ...["alb", "blue", "green", "https", "redirect", "apex", "wildcard"].map((name) =>
    finding("protect-critical", "aws:lb/loadBalancer:LoadBalancer", `front-door-${name}`, "Why.\nprotect: got false."),
  ),
  ...["a", "b"].map((name) => finding("revision-pinned", "a:b:ApplicationSet", `blue-git-ops-${name}`, "Why.\nWhat.")),
  finding("analysis-strength", "a:b:ClusterAnalysisTemplate", "blue-argo-rollouts-error-tripwire", "Why.\nWhat."),
  finding("image-digest", "a:b:ClusterAnalysisTemplate", "blue-argo-rollouts-smoke", "Why.\nWhat."),
  finding("psa-enforced", "a:b:Namespace", "blue-monitoring-crds-namespace", "Why.\nWhat."),
];

const refused = (plan: RunResult, findings: readonly PolicyFinding[]): RunResult => ({
  ...plan,
  findings,
  diagnostics: [{ severity: "error", message: "preview failed", urn: `${URN}pulumi:pulumi:Stack::fridayproof-prod` }],
  checked: { rules: 96, resources: 208 },
  exitCode: 1,
  applied: false,
  seconds: 1.52,
});

type Play = (display: RunDisplay) => void;

/** Plays a run on terminals of both widths against its files; no line is longer than the terminal. */
async function expectScreens(name: string, play: Play, more: Partial<Terminal> = {}, live = false): Promise<void> {
  for (const columns of WIDTHS) {
    vi.setSystemTime(START);
    const terminal = recordingTerminal(live, columns, { colors: pc.createColors(false), ...more });
    const options: DisplayOptions = { operation: "update", stack: "prod", root: "/", expected: 211, terminal };
    play(new RunDisplay(options));
    // Of what was drawn again only the last drawing stands on the screen.
    const shown = terminal.text().split("\u001b[0J").at(-1) ?? "";
    expect(shown.split("\n").filter((line) => line.length > columns)).toEqual([]);
    await expect(shown).toMatchFileSnapshot(`../../../goldens/screens/${name}-${columns}.txt`);
  }
}

/** Every change of the plan begins and ends, one after the other, a second each. */
function carriedOut(display: RunDisplay, { changes }: RunResult, until = changes.length): void {
  for (const { urn, op, now } of changes.filter((one) => one.op !== "same").slice(0, until)) {
    const event: Partial<StepEvent> = { urn, type: now?.type ?? "" };
    const name = urn.split("::").at(-1) ?? "";
    if (op !== "create" && op !== "update") throw new Error(`the test carries out no ${op}`);
    display.onEvent(step(op, name, "begin", event));
    vi.advanceTimersByTime(1000);
    display.onEvent(step(op, name, "end", event));
  }
}

let single: RunResult;
let fromNothing: RunResult;
let shifted: RunResult;

beforeAll(async () => {
  const standing = await Standing.of(version());
  single = (await standing.foresee(version({ natGateways: "single" }))).graph.result;
  fromNothing = (await foreseen(version())).result;
  const both = { slots: { blue: { kubernetes: "1.35" }, green: { kubernetes: "1.35" } } };
  const twoSlots = await Standing.of(version({ ...both, weights: { blue: 100, green: 0 } }));
  shifted = (await twoSlots.foresee(version({ ...both, weights: { blue: 95, green: 5 } }))).graph.result;
}, MINUTES_3);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("a plan that is refused", () => {
  it("by one rule ends with the finding, and nothing was changed", async () => {
    await expectScreens("refused", (display) => display.finish(refused(single, [NAT])));
  });

  it("by many is a line for each rule", async () => {
    await expectScreens("refused-by-many", (display) => display.finish(refused(fromNothing, MANY)));
  });
});

describe("an update", () => {
  const [first, second] = ["aws:lb/loadBalancer:LoadBalancer", "aws:eks/cluster:Cluster"];

  it("under way says how far it has come, of how many, and what runs", async () => {
    const play: Play = (display) => {
      display.showPlan(fromNothing);
      display.start();
      carriedOut(display, fromNothing, 82);
      display.onEvent(
        step("create", "front-door-alb", "begin", { urn: `${URN}${first}::front-door-alb`, type: first }),
      );
      vi.advanceTimersByTime(122_000);
      const name = "blue-cluster-eks-eksCluster";
      display.onEvent(step("create", name, "begin", { urn: `${URN}${second}::${name}`, type: second }));
      vi.advanceTimersByTime(500_000);
    };
    await expectScreens("progress", play, {}, true);
  });

  it("that fails half-way says what failed, why, and how it goes on", async () => {
    const change = shifted.changes.findLast(({ op }) => op === "update");
    const { urn = "", now } = change ?? {};
    const event = { urn, type: now?.type ?? "" };
    const before = shifted.changes.find(({ urn: root }) => root.includes("pulumi:pulumi:Stack::"))?.old?.outputs;
    const play: Play = (display) => {
      display.showPlan(shifted);
      display.start();
      display.onEvent(step("update", "front-door-weights-rule", "begin", event));
      display.onEvent(step("update", "front-door-weights-rule", "failed", event));
      const message = "PriorityInUse: priority 1 is currently in use";
      const diagnostics = [
        { severity: "error", message, urn },
        { severity: "error", message: "update failed" },
      ] as const;
      display.finish({ ...shifted, diagnostics, exitCode: 1, applied: true, outputs: before ?? {}, seconds: 1.3 });
    };
    await expectScreens("failed", play, {}, true);
  });

  it("that a person stops says what was done and how it goes on", async () => {
    const play: Play = (display) => {
      display.showPlan(fromNothing);
      display.start();
      carriedOut(display, fromNothing, 77);
      display.interrupt(
        "Stopping: what is under way ends and is saved, nothing new begins. Ctrl-C again leaves at once.",
      );
      const diagnostics = [{ severity: "error", message: "update canceled" }] as const;
      display.finish({ ...fromNothing, diagnostics, exitCode: 1, applied: true, seconds: 1.3, outputs: {} });
    };
    await expectScreens("stopped", play);
  });

  it("in a log of GitHub is folded, and draws nothing again", async () => {
    const play: Play = (display) => {
      display.start();
      display.showPlan(shifted);
      display.start();
      carriedOut(display, shifted);
      display.finish({ ...shifted, applied: true, seconds: 3, exitCode: 0 });
    };
    await expectScreens("log", play, { folds: true });
  });
});
