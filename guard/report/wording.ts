/** Words that every form of the report shares. */
import { clock, counted } from "@fridayproof/components/core";
import { usd } from "../costs";
import { type Operation, verdicts } from "../verdict";
import type { EnvironmentReport, Report, ReportedChange } from "./report";

const DONE: Readonly<Record<Operation, string>> = {
  none: "unchanged",
  create: "created",
  update: "updated",
  replace: "replaced",
  delete: "deleted",
  forget: "forgotten",
  read: "read",
};

/** `1 replaced, 3 updated`, or `nothing`. */
export function changesOf({ changes, problem }: EnvironmentReport): string {
  if (problem !== undefined) return "no plan";
  const parts = (Object.keys(DONE) as Operation[])
    .map((operation) => [operation, changes.filter((change) => change.operation === operation).length] as const)
    .filter(([, count]) => count > 0)
    .map(([operation, count]) => `${count} ${DONE[operation]}`);
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

/** `replaced, delete-first`. */
export function operationOf({ operation, order }: ReportedChange): string {
  return order === undefined ? DONE[operation] : `${DONE[operation]}, ${order}`;
}

/** What the rules say: `refused: 2 findings`, `1 advisory finding`, `no findings`, or that they did not run. */
export function rulesOf({ outcome, findings }: EnvironmentReport): string {
  if (outcome === undefined) return "not run";
  const blocking = findings.filter(({ blocks }) => blocks).length;
  if (blocking > 0) return `refused: ${counted(blocking, "finding")}`;
  return findings.length === 0 ? "no findings" : counted(findings.length, "advisory finding");
}

/** USD a month before and after, or that nobody knows. */
export function costsOf({ costs }: EnvironmentReport): string {
  if (costs === undefined) return "not known";
  if (costs.before === costs.after) return `${usd(costs.after)}, no change`;
  const more = costs.after - costs.before;
  return `${usd(costs.before)} → ${usd(costs.after)} (${more > 0 ? "+" : "−"}${usd(Math.abs(more))})`;
}

/** `21:59 (p50), 24:10 (p95)` for what is made, minutes and seconds; what the tables have no times of is counted. */
export function timeOf({ time }: EnvironmentReport): string {
  if (time === undefined) return "not timed";
  const { made, untimedSteps } = time;
  if (made === undefined) return untimedSteps === 0 ? "nothing to make" : "not timed";
  const rest = untimedSteps === 0 ? "" : `; ${counted(untimedSteps, "other step")} not timed`;
  return `${clock(made.p50)} (p50), ${clock(made.p95)} (p95)${rest}`;
}

/** Heads of the table of environments. */
export const tableHeads: readonly string[] = [
  "environment",
  "verdict",
  "changes",
  "rules",
  "USD a month (SIMULATED, list prices)",
  "to make it, min:s (SIMULATED, no RTO)",
];

/** One line: the worst verdict first, with the environments that have it; many are counted. */
export function headlineOf({ environments }: Report): string {
  const most = 5;
  const parts = verdicts.flatMap((verdict) => {
    const names = environments.filter((each) => each.verdict === verdict).map(({ environment }) => environment);
    if (names.length === 0) return [];
    return [`${verdict} in ${names.length > most ? counted(names.length, "environment") : names.join(", ")}`];
  });
  return parts.length === 0 ? "SAFE: no plan" : parts.join("; ");
}
