/** What `release plan` says of aborts, undos, newer versions, missing data and deadlines is what the controller was seen to do. */
import { describe, expect, test } from "vitest";
import { applicationLimits } from "../../../../components/core/limits/application";
import { type Outcome, outcomes, type ReleaseTimes } from "../../../../components/delivery/app/outcomes";
import { timetable } from "../../../../components/delivery/app/timetable";
import { steps } from "../../../../components/delivery/app/strategy";
import { firstSeen, givenAt, type Recording, recordingOf, secondsAfter, type Seen } from "./recordings";
import { smallest, undo } from "./spec-fixture";

/** Times of the recordings, of which each file states its own part: a tenth of those that are rendered. */
function timesOf({ settings }: Recording, gate: Partial<ReleaseTimes> = {}): ReleaseTimes {
  const { minReadySeconds: minReady, progressDeadlineSeconds: progressDeadline } = settings;
  const recorded = { podStart: 3, gateDelay: 0, gateInterval: 3, gateSilence: 0, gateErrors: 4 };
  return { ...recorded, minReady, progressDeadline, ...gate };
}

function planned(when: Outcome["when"], recording: Recording, gate?: Partial<ReleaseTimes>): Outcome["within"] {
  const all = [smallest, { ...smallest, undo }].flatMap((spec) => outcomes(spec, timesOf(recording, gate)));
  const found = all.find((each) => each.when === when);
  if (found === undefined) throw new Error(`no outcome ${when}`);
  return found.within;
}

function expectWithin(seconds: number, { soonest, latest }: Outcome["within"]): void {
  expect(seconds).toBeGreaterThanOrEqual(soonest);
  expect(seconds).toBeLessThanOrEqual(latest);
}

const isBack = ({ canaryWeight }: Seen): boolean => canaryWeight === 0;
const aborts = ({ rollout }: Seen): boolean => rollout?.abort === true || rollout?.phase === "Degraded";
const weightsOf = ({ events }: Recording): readonly number[] =>
  events.flatMap(({ canaryWeight }) => canaryWeight ?? []);
const servesAgain = ({ service, pods }: Seen): boolean => service === "app-stable" && pods === "8475cc49f4";

describe("traffic is back in time", () => {
  test.each(["c-error-abort", "c5-abort-with-replica-progress-threshold"])("when a gate fails: %s", (scenario) => {
    const recording = recordingOf(scenario);
    const failed = firstSeen(recording, aborts).t;
    expectWithin(firstSeen(recording, isBack, failed).t - failed, planned("a gate fails", recording));
  });

  test.each([
    ["t3-revert-at-25", "git revert"],
    ["g3-no-data-abort-or-revert", "git revert while paused"],
  ])("when it is undone during the release: %s", (scenario, command) => {
    const recording = recordingOf(scenario);
    expectWithin(secondsAfter(recording, command, isBack), planned("an undo during the release", recording));
    expect(
      firstSeen(recording, ({ rollout }) => rollout?.phase === "Healthy", givenAt(recording, command)).t,
    ).toBeDefined();
  });

  test.each(["e-preemption", "e6-preemption-degraded-stable-threshold"])(
    "when a newer version comes: %s",
    (scenario) => {
      const recording = recordingOf(scenario);
      const within = planned("a newer version during the release", recording);
      expectWithin(secondsAfter(recording, "git: third version", isBack), within);
    },
  );

  test("when Prometheus is gone: after as many failed queries as are forgiven, ten seconds apart", () => {
    const recording = recordingOf("h3-prometheus-down");
    const gone = recording.events.find((seen) => "note" in seen)?.t ?? 0;
    expectWithin(firstSeen(recording, isBack, gone).t - gone, planned("Prometheus is gone", recording));
    expect(planned("Prometheus is gone", recording, { gateErrors: 30 }).soonest).toBeGreaterThan(60);
    const borne = recordingOf("v-prometheus-outage-tolerated");
    expect(weightsOf(borne)).toEqual([25, 100]);
    expect(borne.events.some(aborts)).toBe(false);
  });
});

test("a controller that is killed at a bad moment is replaced in time, and its successor sends the traffic back", () => {
  const recording = recordingOf("s3-lease-takeover");
  const back = secondsAfter(recording, "kill the leading controller", isBack);
  expectWithin(back, planned("Argo Rollouts' controller ends", recording));
  // Without a leader nothing moves, for longer than any other way back takes.
  expect(back).toBeGreaterThan(planned("a gate fails", recording).latest);
});

describe("a release that cannot go on", () => {
  test("pauses without numbers, and resumes by nothing but a person", () => {
    const recording = recordingOf("g-no-data-promote");
    const paused = firstSeen(recording, ({ rollout }) => rollout?.phase === "Paused").t;
    const moved = firstSeen(recording, ({ canaryWeight }) => canaryWeight === 5).t;
    expectWithin(paused - moved, planned("a gate has no numbers", recording));
    const promoted = givenAt(recording, "kubectl argo rollouts promote");
    expect(promoted - paused).toBeGreaterThan(10);
    const between = recording.events.filter(({ t }) => t > paused && t < promoted);
    expect(between.flatMap(({ canaryWeight, rollout }) => canaryWeight ?? rollout?.phase ?? [])).toEqual([]);
  });

  test("is given up at the deadline where its pods never become ready, and no user meets it", () => {
    const recording = recordingOf("i-progress-deadline");
    const given = secondsAfter(recording, "git: new image", aborts);
    expectWithin(given, planned("the new pods never become ready", recording));
    expectWithin(given, planned("the pods that return never become ready", recording));
    expect(weightsOf(recording)).toEqual([]);
    expect(secondsAfter(recording, "git revert", ({ rollout }) => rollout?.abort === false)).toBeLessThan(1);
  });

  test("is not given up because a bake takes longer than the deadline", () => {
    const recording = recordingOf("i3-bake-longer-than-deadline");
    const all = firstSeen(recording, ({ canaryWeight }) => canaryWeight === 100).t;
    const over = firstSeen(recording, ({ rollout }) => rollout?.phase === "Healthy").t;
    expect(over - all).toBeGreaterThan(recording.settings.progressDeadlineSeconds);
    expect(recording.events.some(aborts)).toBe(false);
  });
});

describe("an undo (decision 53)", () => {
  test("is the one step that waits for all pods, whatever the strategy", () => {
    expect(steps({ ...smallest, strategy: "canary-5-10-25-50-100", undo })).toEqual([
      { setCanaryScale: { weight: 100 } },
    ]);
  });

  test("while the old pods stay: that step is done at once, and what follows the last step is done in time", () => {
    const recording = recordingOf("j-undo-within-delay");
    const scaled = secondsAfter(recording, "git revert", ({ rollout }) => rollout?.step === 1);
    const done = firstSeen(recording, ({ rollout }) => rollout?.step === 6).t;
    const back = firstSeen(recording, servesAgain, done).t - done;
    expectWithin(scaled + back, planned("an undo while the old pods stay", recording));
    // The gates between are what an undo leaves out: with them it took as long as the release.
    expect(done - givenAt(recording, "git revert")).toBeGreaterThan(40);
  });

  test("its timetable ends with all traffic on the version that returns, as late as was seen after a last step", () => {
    const recording = recordingOf("j-undo-within-delay");
    const done = firstSeen(recording, ({ rollout }) => rollout?.step === 6).t;
    const [waits, moves] = timetable({ ...smallest, undo }).rows.slice(-2);
    if (waits === undefined || moves === undefined) throw new Error("an undo has two rows after the synchronization");
    expect([waits.weight, moves.weight]).toEqual([0, 100]);
    const within = { soonest: 0, latest: moves.ends.latest - waits.ends.latest };
    expectWithin(firstSeen(recording, servesAgain, done).t - done, within);
    // The serving Service selects the version first, then the route's own weight is 0 again: nobody is sent back.
    expect(firstSeen(recording, isBack, done).t).toBeGreaterThan(firstSeen(recording, servesAgain, done).t);
  });

  test("after that: the step waits for all pods, and no user meets the first of them alone", () => {
    const recording = recordingOf("j4-undo-after-delay");
    const scaled = firstSeen(recording, ({ rollout }) => rollout?.step === 1);
    expectWithin(scaled.t - givenAt(recording, "git revert"), planned("an undo after that", recording));
    expect(scaled.rollout?.available).toBe(2 * recording.settings.replicas);
    expect(weightsOf(recording)).toEqual([]);
  });

  test("steps left out altogether, as by rollbackWindow, send everybody to the first of four pods for seconds", () => {
    const recording = recordingOf("x3-rollback-window-staggered");
    const all = firstSeen(recording, ({ canaryWeight }) => canaryWeight === 100);
    const available = firstSeen(recording, ({ rollout }) => rollout?.available !== undefined, all.t).rollout?.available;
    expect(available).toBe(recording.settings.replicas + 1);
    expect(firstSeen(recording, isBack, all.t).t - all.t).toBeGreaterThan(10);
  });

  test("waits for three quarters of the pods, which never is one of several", () => {
    const recording = recordingOf("c8-threshold-and-a-slow-canary");
    const scaled = firstSeen(recording, ({ rollout }) => rollout?.step === 1);
    const { replicas } = recording.settings;
    const least = (of: number): number => Math.ceil((of * applicationLimits.replicaProgress.value) / 100);
    expect(scaled.rollout?.available).toBe(replicas + least(replicas));
    for (let count = applicationLimits.replicasFloor.value; count <= 50; count++)
      expect(least(count)).toBeGreaterThan(1);
  });

  test("by promoting fully instead would be lost where the controller has not seen the revert yet", () => {
    const recording = recordingOf("j8-promote-full-before-controller-saw");
    const given = givenAt(recording, "kubectl argo rollouts promote app --full");
    const taken = firstSeen(recording, ({ rollout }) => rollout?.promoteFull === true).t;
    expect(taken - given).toBeGreaterThan(8);
    expect(weightsOf({ ...recording, events: recording.events.filter(({ t }) => t < taken) })).toEqual([25]);
  });
});

test("a rolling update has no such ways, and every other strategy has all", () => {
  expect(outcomes({ ...smallest, strategy: "rolling" })).toEqual([]);
  expect(
    outcomes({ ...smallest, strategy: "blueGreen" }).map(({ within }) => `${within.soonest}-${within.latest}`),
  ).toEqual(["0-3", "0-3", "0-3", "40-43", "0-3", "225-258", "300-333", "0-23", "600-603"]);
});

test("where each way leads stands in words", () => {
  expect(outcomes(smallest).map(({ when, then }) => `${when}: ${then}`)).toEqual([
    "a gate fails: all traffic goes back to the old pods; the release is aborted until Git has another version",
    "an undo during the release: all traffic goes back to the old pods",
    "an undo while the old pods stay: all traffic goes back to the old pods, without a step or a gate",
    "an undo after that: pods of the old version start; all traffic goes to them when three quarters are available",
    "a newer version during the release: all traffic goes back to the old pods, then the newer version begins with the first step",
    "a gate has no numbers: the release pauses and both versions keep their traffic; nothing resumes by itself",
    "Prometheus is gone: all traffic goes back to the old pods",
    "Argo Rollouts' controller ends: the next one goes on where it was; until then both versions keep their traffic, whatever the gates would say",
    "the new pods never become ready: the release is aborted; no user has met it",
  ]);
});

test("an undo has no gate that could end it, and where it ends early nothing has moved", () => {
  expect(outcomes({ ...smallest, undo })).toEqual([
    {
      when: "a newer version during the undo",
      then: "all traffic stays on the version that it takes back, and the newer version begins with the first step",
      within: { soonest: 0, latest: 3 },
    },
    {
      when: "the pods that return never become ready",
      then: "the undo is aborted; all traffic stays on the version that it takes back",
      within: { soonest: 600, latest: 603 },
    },
  ]);
  expect(outcomes({ ...smallest, strategy: "rolling", undo })).toEqual([]);
});
