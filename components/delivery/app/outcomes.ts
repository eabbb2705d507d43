/** What else a release may do than go through its steps: where each way leads, and how long it takes to get there. */
import { analysisLimits } from "../../core/limits/analysis";
import { applicationLimits } from "../../core/limits/application";
import { inSeconds } from "../../core/units";
import { isRollout } from "./manifest";
import type { AppSpec } from "./spec";

/** What ends or holds up a release. */
export type Event =
  | "a gate fails"
  | "an undo during the release"
  | "an undo while the old pods stay"
  | "an undo after that"
  | "a newer version during the release"
  | "a gate has no numbers"
  | "Prometheus is gone"
  | "Argo Rollouts' controller ends"
  | "the new pods never become ready"
  | "a newer version during the undo"
  | "the pods that return never become ready";

/** Where an event leads. */
export interface Outcome {
  readonly when: Event;
  /** What happens to the traffic and to the release. */
  readonly then: string;
  /**
   * How long it takes, counted from the event or from the synchronization that brings it.
   * @unit seconds
   */
  readonly within: { readonly soonest: number; readonly latest: number };
}

/** Settings that decide how long an outcome takes, in seconds and counts. */
export interface ReleaseTimes {
  readonly podStart: number;
  readonly minReady: number;
  readonly progressDeadline: number;
  readonly gateDelay: number;
  readonly gateInterval: number;
  /** Measurements without a number that are tolerated. */
  readonly gateSilence: number;
  /** Failed queries in a row that are forgiven. */
  readonly gateErrors: number;
}

/** The settings of what is rendered. */
const rendered: ReleaseTimes = {
  podStart: inSeconds(applicationLimits.podStart),
  minReady: inSeconds(applicationLimits.minReady),
  progressDeadline: inSeconds(applicationLimits.progressDeadline),
  gateDelay: inSeconds(analysisLimits.gateDelay),
  gateInterval: inSeconds(analysisLimits.gateInterval),
  gateSilence: analysisLimits.gateSilence.value,
  gateErrors: analysisLimits.gateErrors.value,
};

type Span = Outcome["within"];

/** From soonest to the controller's own time later. */
function reacts(after: number, slack = 0): Span {
  return { soonest: after, latest: after + slack + inSeconds(applicationLimits.trafficBack) };
}

/** An undo has no gate, and moves no traffic before all of it: where it ends early, nothing has moved. */
function undoOutcomes({ progressDeadline }: ReleaseTimes): readonly Outcome[] {
  const stays = "all traffic stays on the version that it takes back";
  return [
    {
      when: "a newer version during the undo",
      then: `${stays}, and the newer version begins with the first step`,
      within: reacts(0),
    },
    {
      when: "the pods that return never become ready",
      then: `the undo is aborted; ${stays}`,
      within: reacts(progressDeadline),
    },
  ];
}

/**
 * Every such way. Recordings of the controller hold these times at settings of their own (`test/recordings/rollouts`).
 * A rolling update has none of them: no gate checks it, and its way back is another rolling update.
 */
export function outcomes(spec: AppSpec, times: ReleaseTimes = rendered): readonly Outcome[] {
  if (!isRollout(spec)) return [];
  if (spec.undo !== undefined) return undoOutcomes(times);
  const { podStart, minReady, progressDeadline, gateDelay, gateInterval, gateSilence, gateErrors } = times;
  return [
    {
      when: "a gate fails",
      then: "all traffic goes back to the old pods; the release is aborted until Git has another version",
      within: reacts(0),
    },
    { when: "an undo during the release", then: "all traffic goes back to the old pods", within: reacts(0) },
    {
      when: "an undo while the old pods stay",
      then: "all traffic goes back to the old pods, without a step or a gate",
      within: reacts(0),
    },
    {
      when: "an undo after that",
      then: "pods of the old version start; all traffic goes to them when three quarters are available",
      within: reacts(podStart + minReady),
    },
    {
      when: "a newer version during the release",
      then: "all traffic goes back to the old pods, then the newer version begins with the first step",
      within: reacts(0),
    },
    {
      when: "a gate has no numbers",
      then: "the release pauses and both versions keep their traffic; nothing resumes by itself",
      within: reacts(gateDelay + gateSilence * gateInterval, gateInterval),
    },
    {
      when: "Prometheus is gone",
      then: "all traffic goes back to the old pods",
      within: reacts(gateErrors * inSeconds(analysisLimits.queryRetry), gateInterval),
    },
    {
      when: "Argo Rollouts' controller ends",
      then: "the next one goes on where it was; until then both versions keep their traffic, whatever the gates would say",
      within: reacts(0, inSeconds(applicationLimits.controllerTakeover)),
    },
    {
      when: "the new pods never become ready",
      then: "the release is aborted; no user has met it",
      within: reacts(progressDeadline),
    },
  ];
}
