/** What a drill found: every step with how it went, its time, its budget and what is left of it. */
import type { Percentiles } from "../timeline/draws";
import { tableFacts, type TableFacts } from "../timeline/durations";
import type { Outcome, Scenario } from "./scenarios";
import type { DrillStep, Line } from "./steps";
import { type Recoveries, type RpoRow, rpoOf, type Store } from "./stores";
import { type ClientShare, clientShares, sumOf } from "./times";

/** Whether something was done on the sandbox, or not at all. Times are SIMULATED, wherever they stand. */
export type Ran = "MEASURED" | "NOT RUN";

/** How a step went. */
export interface StepResult {
  readonly id: string;
  /** False where it did not end as it must. */
  readonly passed: boolean;
  readonly ran: Ran;
  /** What was seen, or why it was not run, in a sentence. */
  readonly saw: string;
  /** What was run. */
  readonly command?: string;
}

/** One thing of the preflight. */
export interface PreflightRow {
  readonly what: string;
  readonly ran: Ran;
  readonly passed: boolean;
  /** Something is missing that this failover does not need, and another might. @default false */
  readonly warns?: boolean;
  readonly saw: string;
}

/** A step as it is reported. */
export interface ReportedStep extends StepResult {
  readonly line: Line;
  readonly title: string;
  readonly seconds?: Percentiles;
  readonly budget?: number;
  /** Budget less p95; negative where it is over. */
  readonly slack?: number;
}

/** One line of a failover. */
export interface ReportedLine {
  readonly line: "detect" | "decide" | "act" | "whole";
  readonly seconds: Percentiles;
  readonly budget: number;
  readonly slack: number;
}

/** What a report is made from beside steps and results. */
export interface DrillFacts extends Pick<DrillReport, "day" | "preflight"> {
  /** What the primary keeps data in. @default nothing */
  readonly stores?: readonly Store[];
  /** What the platform promises of each; needed where there are stores. */
  readonly recoveries?: Recoveries;
}

/** The whole drill. */
export interface DrillReport {
  readonly format: 1;
  readonly scenario: Pick<Scenario, "name" | "title" | "incident" | "requirement" | "expects">;
  readonly day: string;
  /** How it ended: `expects`, or that it did not. */
  readonly outcome: Outcome | "failed";
  /** Whether every line kept its budget. */
  readonly inBudget: boolean;
  readonly lines: readonly ReportedLine[];
  readonly steps: readonly ReportedStep[];
  readonly preflight: readonly PreflightRow[];
  readonly clients: readonly ClientShare[];
  readonly rpo: readonly RpoRow[];
  /** What stays lost. */
  readonly lost: readonly string[];
  readonly notRun: readonly string[];
  readonly tables: readonly TableFacts[];
}

/** What is gone with a region, failover or not. */
const LOST: readonly string[] = [
  "logs and metrics of the primary's region, until it is back",
  "the account's trail, which is written in the primary's region: what people did meanwhile comes late or not at all",
  "requests under way at the primary, and connections that clients keep until they break",
  "images pushed since the last replication",
];

/** What no drill here runs. */
const NOT_RUN: readonly string[] = [
  "AWS itself: nothing was run there, and no time here is an RTO",
  "clients that keep a name longer than its TTL, such as a JVM with a security manager",
  "whether instances can be launched in the replica's region on the day, when every customer fails over",
  "how long EKS takes for node groups that grow one zone after another: one scale-out is counted",
];

const LINES = ["detect", "decide", "act"] as const;

function reported(step: DrillStep, results: readonly StepResult[]): ReportedStep {
  const { id, line, title, times, budget } = step;
  const result = results.find((one) => one.id === id);
  const none: StepResult = { id, passed: false, ran: "NOT RUN", saw: "an earlier step failed" };
  const seconds = times.length === 0 ? undefined : sumOf(times);
  const slack = budget === undefined || seconds === undefined ? undefined : budget - seconds.p95;
  return { ...(result ?? none), line, title, seconds, budget, slack };
}

function lineOf(line: ReportedLine["line"], steps: readonly DrillStep[]): ReportedLine {
  const seconds = sumOf(steps.flatMap(({ times }) => times));
  const budget = steps.reduce((sum, step) => sum + (step.budget ?? 0), 0);
  return { line, seconds, budget, slack: budget - seconds.p95 };
}

/** Puts a drill together. @param results of the steps that were reached, by their ids. */
export function drillReport(
  scenario: Scenario,
  steps: readonly DrillStep[],
  results: readonly StepResult[],
  facts: DrillFacts,
): DrillReport {
  const all = steps.map((step) => reported(step, results));
  const timed = steps.filter(({ times }) => times.length > 0);
  const own = LINES.map((line) =>
    lineOf(
      line,
      timed.filter((step) => step.line === line),
    ),
  );
  const lines = [...own, lineOf("whole", timed)].filter(({ budget }) => budget > 0);
  const { name, title, incident, requirement, expects } = scenario;
  const isFailover = expects === "failed over";
  const idle = new Set(steps.filter(({ action }) => action.does === "skip").map(({ id }) => id));
  const skipped = all.filter(({ id }) => idle.has(id)).map(({ title: what, saw }) => `${what}: ${saw}`);
  const unchecked = facts.preflight.filter(({ ran }) => ran === "NOT RUN").map(({ what, saw }) => `${what}: ${saw}`);
  return {
    format: 1,
    scenario: { name, title, incident, requirement, expects },
    day: facts.day,
    outcome: all.every(({ passed }) => passed) ? expects : "failed",
    inBudget: lines.every(({ slack }) => slack >= 0),
    lines,
    steps: all,
    preflight: facts.preflight,
    clients: isFailover ? clientShares() : [],
    rpo: rpoOf(facts.stores ?? [], facts.recoveries),
    lost: isFailover ? LOST : [],
    notRun: [...skipped, ...unchecked, ...NOT_RUN],
    tables: tableFacts(),
  };
}
