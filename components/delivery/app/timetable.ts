/** What a release does, minute by minute: when each step may begin and end, how much traffic it has, where it leads. */
import { analysisLimits } from "../../core/limits/analysis";
import { applicationLimits } from "../../core/limits/application";
import { observabilityLimits } from "../../core/limits/observability";
import { weightLimits } from "../../core/limits/weights";
import { clock, inSeconds } from "../../core/units";
import { gates } from "../analysis";
import { replicaBounds } from "./scaling";
import { isRollout } from "./manifest";
import type { AppSpec } from "./spec";
import { loadSeconds, type Step, steps } from "./strategy";

/** One row of the timetable. */
export interface TimetableRow {
  /** What happens, in words. */
  readonly what: string;
  /**
   * Percent of the traffic that the new version has meanwhile.
   * @unit percent
   */
  readonly weight: number;
  /** Pods of the new version, and of the old one. */
  readonly pods: { readonly new: number; readonly old: number };
  /**
   * Soonest and latest end, counted from the merge.
   * @unit seconds
   */
  readonly ends: { readonly soonest: number; readonly latest: number };
  /** Names of the gates that must hold. */
  readonly gates: readonly string[];
}

/** A release from the merge to the end of the old pods. */
export interface Timetable {
  /** Set where it takes a release back: the new version is then the one that returns. */
  readonly undo?: true;
  readonly rows: readonly TimetableRow[];
  /**
   * Latest time at which the first users reach the new version, counted from the merge.
   * @unit seconds
   */
  readonly liveBy: number;
  /**
   * For how long the old pods stay after the last step.
   * @unit seconds
   */
  readonly wayBack: number;
}

interface Duration {
  readonly soonest: number;
  readonly latest: number;
}

const { gateAttempts, gateCount, gateDelay, gateInterval, smokeDeadline, volumeAttempts } = analysisLimits;

/** How long an analysis takes: good measurements in a row at the soonest, every attempt at the latest. */
function analysisTime(names: readonly string[], count: number): Duration {
  const interval = inSeconds(gateInterval);
  const scrape = inSeconds(observabilityLimits.scrapeInterval);
  if (names.includes(gates.volume)) return { soonest: 0, latest: volumeAttempts.value * scrape };
  if (names.some((name) => name.endsWith(gates.smoke))) {
    const loaded = names.length > 1 ? loadSeconds.lead : 1;
    return { soonest: loaded, latest: inSeconds(smokeDeadline) };
  }
  const delay = inSeconds(names.includes(gates.errorRatio) ? analysisLimits.errorRatioFor : gateDelay);
  return {
    soonest: delay + (count - 1) * interval,
    latest: delay + (gateAttempts.value - 1) * interval,
  };
}

/** How long a pod takes from its creation until it counts as available. */
const start = inSeconds(applicationLimits.podStart) + inSeconds(applicationLimits.minReady);

function stepTime(step: Step, { undo }: AppSpec): Duration {
  if ("setCanaryScale" in step) {
    // The pods of an undo stand, for as long as they are kept.
    return { soonest: undo === undefined ? start : 0, latest: inSeconds(applicationLimits.progressDeadline) };
  }
  if ("setWeight" in step) return { soonest: 0, latest: 0 };
  const count = Number(step.analysis.args.find(({ name }) => name === "count")?.value ?? gateCount.value);
  return analysisTime(names(step), count);
}

const names = (step: Step): readonly string[] =>
  "analysis" in step ? step.analysis.templates.map(({ templateName }) => templateName) : [];

function words(step: Step, { undo }: AppSpec): string {
  if ("setCanaryScale" in step && undo !== undefined)
    return `${applicationLimits.replicaProgress.value} % of the pods that return are available, at once where they still stand`;
  if ("setCanaryScale" in step) return "all pods of the new version start, without users";
  if ("setWeight" in step) return `${step.setWeight} % of the traffic goes to the new version`;
  if (names(step).includes(gates.volume)) return "wait for enough requests";
  if (names(step).some((name) => name.endsWith(gates.smoke))) return "smoke test through the gateway, without users";
  const bake = step.analysis.args.some(({ name }) => name === "count");
  return bake ? "bake with all of the traffic" : "gates";
}

/** Pods of a Deployment are replaced one by one; users meet the first of them. */
function rollingRow(min: number, { ends }: TimetableRow): TimetableRow {
  const deadline = inSeconds(applicationLimits.progressDeadline);
  return {
    what: "pods are replaced one by one, each with its share of users; no gate checks them",
    weight: weightLimits.weightTotal.value,
    pods: { new: min, old: 0 },
    ends: { soonest: ends.soonest + min * start, latest: ends.latest + min * deadline },
    gates: [],
  };
}

/** The migration, which the workload waits for; none where the spec has none, or takes a release back. */
function migrationRows(spec: AppSpec, { ends, pods }: TimetableRow): readonly TimetableRow[] {
  if (spec.migration === undefined || spec.undo !== undefined) return [];
  const latest = ends.latest + inSeconds(applicationLimits.migrationDeadline);
  const what = "the migration runs, in one cluster alone; one that fails ends the release here";
  return [{ what, weight: 0, pods, ends: { soonest: ends.soonest, latest }, gates: [] }];
}

/** What may bring the first users later than promised, as sentences. */
export function liveWarnings(spec: AppSpec): readonly string[] {
  const { liveBy } = timetable(spec);
  const promised = inSeconds(applicationLimits.liveWithin);
  if (liveBy <= promised) return [];
  const deadline = clock(inSeconds(applicationLimits.migrationDeadline));
  return [
    `the first users may come at ${clock(liveBy)}, later than the ${clock(promised)} of a release: the migration has ${deadline}. ` +
      "Release one that takes long by itself, before the version that needs it.",
  ];
}

/**
 * The end of an undo: no step of it sets a weight, so the traffic moves when the last one is done. Argo Rollouts then
 * gives all of it to the coming version, makes that the serving one, and the route's own weight is 0 again (`make releases`).
 */
function returnRows({ undo }: AppSpec, { ends, pods }: TimetableRow): readonly TimetableRow[] {
  if (undo === undefined) return [];
  const latest = ends.latest + inSeconds(applicationLimits.trafficBack);
  const what = "all traffic goes to them, without a gate";
  return [{ what, weight: weightLimits.weightTotal.value, pods, ends: { ...ends, latest }, gates: [] }];
}

/** The timetable of a release, counted from the merge. Pure arithmetic over the limits: no measurement. */
export function timetable(spec: AppSpec): Timetable {
  const { min } = replicaBounds(spec.replicas);
  let weight = 0;
  let scaled = 0;
  const sync: TimetableRow = {
    what: "Argo CD detects the merge and applies it",
    weight: 0,
    pods: { new: 0, old: min },
    ends: { soonest: 0, latest: inSeconds(applicationLimits.syncPoll) },
    gates: [],
  };
  const first = [sync, ...migrationRows(spec, sync)];
  const before = first.at(-1) ?? sync;
  const kind = spec.undo !== undefined && ({ undo: true } as const);
  if (!isRollout(spec)) {
    const liveBy = before.ends.latest + inSeconds(applicationLimits.progressDeadline);
    return { ...kind, rows: [...first, rollingRow(min, before)], liveBy, wayBack: 0 };
  }
  let ends = before.ends;
  const rows = steps(spec).map((step): TimetableRow => {
    if ("setWeight" in step) weight = step.setWeight;
    if ("setCanaryScale" in step) scaled = (min * step.setCanaryScale.weight) / weightLimits.weightTotal.value;
    const { soonest, latest } = stepTime(step, spec);
    ends = { soonest: ends.soonest + soonest, latest: ends.latest + latest };
    return { what: words(step, spec), weight, pods: { new: scaled, old: min }, ends, gates: names(step) };
  });
  const all = [...rows, ...returnRows(spec, rows.at(-1) ?? before)];
  const live = all.find((row) => row.weight > 0);
  return {
    ...kind,
    rows: [...first, ...all],
    liveBy: live?.ends.latest ?? ends.latest,
    wayBack: inSeconds(applicationLimits.scaleDownDelay),
  };
}
