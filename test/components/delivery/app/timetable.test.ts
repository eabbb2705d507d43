/** What a release does, minute by minute, and that the first users meet it within the specification's fifteen minutes. */
import { expect, test } from "vitest";
import { applicationLimits } from "../../../../components/core/limits/application";
import { liveWarnings, timetable } from "../../../../components/delivery/app/timetable";
import type { AppSpec, Strategy } from "../../../../components/delivery/app/spec";
import { smallest, undo } from "./spec-fixture";

test.each<Strategy>(["canary", "canary-5-20-100", "canary-5-10-25-50-100", "blueGreen"])(
  "%s: live within fifteen minutes of the merge at the latest",
  (strategy) => {
    const { liveBy } = timetable({ ...smallest, strategy });
    expect(liveBy).toBe(180 + 600 + 120);
    expect(liveBy).toBeLessThanOrEqual(applicationLimits.liveWithin.value);
  },
);

test("rolling: live within fifteen minutes too, pod by pod", () => {
  expect(timetable({ ...smallest, strategy: "rolling" }).liveBy).toBe(180 + 600);
});

const late =
  "the first users may come at 30:00, later than the 15:00 of a release: the migration has 15:00. Release one that takes long by itself, before the version that needs it.";

test.each<[string, AppSpec, number, readonly string[]]>([
  ["a migration is waited for", { ...smallest, migration: ["/migrate"] }, 1800, [late]],
  ["without one nothing is later", smallest, 900, []],
  ["an undo runs none", { ...smallest, migration: ["/migrate"], undo }, 783, []],
])("%s", (_title, spec, liveBy, warnings) => {
  expect(timetable(spec).liveBy).toBe(liveBy);
  expect(liveWarnings(spec)).toEqual(warnings);
});

test("the migration stands between the merge and the pods", () => {
  const { rows } = timetable({ ...smallest, migration: ["/migrate"] });
  expect(rows.slice(0, 3).map(({ what, ends }) => `${ends.soonest}-${ends.latest} s: ${what}`)).toEqual([
    "0-180 s: Argo CD detects the merge and applies it",
    "0-1080 s: the migration runs, in one cluster alone; one that fails ends the release here",
    "40-1680 s: all pods of the new version start, without users",
  ]);
});

test("weights, pods and times of the default, counted from the merge", () => {
  const { rows, wayBack } = timetable({ ...smallest, expectedRps: 500 });
  const written = rows.map(
    ({ what, weight, pods, ends }) => `${weight} % ${pods.new}/${pods.old} ${ends.soonest}-${ends.latest} s: ${what}`,
  );
  expect(written.slice(0, 6)).toEqual([
    "0 % 0/3 0-180 s: Argo CD detects the merge and applies it",
    "0 % 3/3 40-780 s: all pods of the new version start, without users",
    "0 % 3/3 41-900 s: smoke test through the gateway, without users",
    "5 % 3/3 41-900 s: 5 % of the traffic goes to the new version",
    "5 % 3/3 41-1200 s: wait for enough requests",
    "5 % 3/3 251-4890 s: gates",
  ]);
  expect(rows[5]?.gates).toEqual(["error-ratio", "server-error-ratio", "latency-p95", "rejection-ratio"]);
  expect(written.at(-1)).toBe("100 % 3/3 1661-16860 s: bake with all of the traffic");
  expect(wayBack).toBe(540);
});

const written = (spec: AppSpec): readonly string[] =>
  timetable(spec).rows.map(
    ({ what, weight, pods, ends, gates }) =>
      `${weight} % ${pods.new}/${pods.old} ${ends.soonest}-${ends.latest} s: ${[what, ...gates].join(" ")}`,
  );

test("rolling has a row for all pods, one start after the other, behind the migration", () => {
  expect(written({ ...smallest, strategy: "rolling", replicas: 4, migration: ["/migrate"] })).toEqual([
    "0 % 0/4 0-180 s: Argo CD detects the merge and applies it",
    "0 % 0/4 0-1080 s: the migration runs, in one cluster alone; one that fails ends the release here",
    "100 % 4/0 160-3480 s: pods are replaced one by one, each with its share of users; no gate checks them",
  ]);
});

test("an undo waits for pods alone, which may stand already; load is part of a smoke test where no rate is known", () => {
  expect(written({ ...smallest, undo }).slice(1)).toEqual([
    "0 % 3/3 0-780 s: 75 % of the pods that return are available, at once where they still stand",
    "100 % 3/3 0-783 s: all traffic goes to them, without a gate",
  ]);
  expect(written({ ...smallest, strategy: "blueGreen" }).slice(2)).toEqual([
    "0 % 3/3 100-900 s: smoke test through the gateway, without users shop-smoke shop-load-lead",
    "100 % 3/3 100-900 s: 100 % of the traffic goes to the new version",
    "100 % 3/3 100-1200 s: wait for enough requests request-volume",
    "100 % 3/3 1090-4890 s: bake with all of the traffic shop-load-bake error-ratio server-error-ratio latency-p95-history",
  ]);
});

test.each<[string, AppSpec, true | undefined]>([
  ["a release", smallest, undefined],
  ["an undo", { ...smallest, undo }, true],
  ["a rolling update", { ...smallest, strategy: "rolling" }, undefined],
  ["an undo by a rolling update", { ...smallest, strategy: "rolling", undo }, true],
])("%s ends with all users on its version, and says what it is", (_title, spec, expected) => {
  const { rows, undo: taken } = timetable(spec);
  expect(rows.at(-1)?.weight).toBe(100);
  expect(taken).toBe(expected);
});
