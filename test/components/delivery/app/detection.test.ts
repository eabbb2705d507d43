/** How soon a gate sees a bug and how often it is wrong, against the figures that a simulation of the same gates gave. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  detections,
  failedByMeasurement,
  gateProblems,
  gateWarnings,
} from "../../../../components/delivery/app/detection";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import { smallest, undo } from "./spec-fixture";

const seconds = (last: number): readonly number[] => Array.from({ length: last }, (_, at) => at + 1);
const eachSecond = (rps: number, bound: number, minimum: number, last: number) => ({
  rate: rps * 0.05,
  bound,
  minimum,
  measurements: seconds(last),
});

/** Of 400 simulated runs a cell: looked at each second, 5 % of the traffic, one request in ten fails. */
const simulated = [
  { rps: 50, bound: 0.02, minimum: 50, half: 20, falseAlarms: { 0.001: 0.0025, 0.005: 0.1025, 0.01: 0.2925 } },
  { rps: 50, bound: 0.05, minimum: 50, half: 21, falseAlarms: { 0.001: 0, 0.005: 0, 0.01: 0.0175 } },
  { rps: 100, bound: 0.02, minimum: 50, half: 11, falseAlarms: { 0.001: 0, 0.005: 0.0975, 0.01: 0.2725 } },
  { rps: 100, bound: 0.05, minimum: 50, half: 10, falseAlarms: { 0.001: 0, 0.005: 0.005, 0.01: 0.025 } },
  { rps: 200, bound: 0.02, minimum: 50, half: 5, falseAlarms: { 0.001: 0.005, 0.005: 0.0825, 0.01: 0.3175 } },
];

describe.each(simulated)("$rps requests a second, above $bound of at least $minimum", (row) => {
  test("half of the bugs are seen as soon as the simulation sees them", () => {
    const seen = failedByMeasurement(eachSecond(row.rps, row.bound, row.minimum, 180), 0.1);
    const half = seen.findIndex((probability) => probability >= 0.5) + 1;
    expect(Math.abs(half - row.half)).toBeLessThanOrEqual(1);
  });

  test.each(Object.entries(row.falseAlarms))("at %s usual errors it is wrong as often", (usual, share) => {
    const wrong = failedByMeasurement(eachSecond(row.rps, row.bound, row.minimum, 60), Number(usual)).at(-1) ?? 0;
    // Three standard errors of 400 runs, and the requests are taken as even here.
    expect(Math.abs(wrong - share)).toBeLessThanOrEqual(0.08);
  });
});

test("a probability never falls from look to look, and is one", () => {
  const gate = fc.record({
    rate: fc.double({ min: 0.1, max: 20, noNaN: true }),
    bound: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
    minimum: fc.integer({ min: 0, max: 100 }),
    measurements: fc.constant([10, 40, 70, 100]),
  });
  fc.assert(
    fc.property(gate, fc.double({ min: 0, max: 0.3, noNaN: true }), (each, ratio) => {
      const failed = failedByMeasurement(each, ratio);
      failed.forEach((probability, look) => {
        expect(probability).toBeGreaterThanOrEqual((failed[look - 1] ?? 0) - 1e-9);
        expect(probability).toBeLessThanOrEqual(1 + 1e-9);
      });
    }),
  );
});

test("without an expected rate nothing is known", () => {
  expect(detections(smallest)).toEqual([]);
});

test("a bug of one in ten is seen at the first look of the first step", () => {
  const [first] = detections({ ...smallest, expectedRps: 100 });
  expect(first).toMatchObject({ weight: 5, seenAfter: 105 });
  expect(first?.seen).toBeGreaterThan(0.999);
  expect(first?.falseAlarm).toBeLessThan(0.05);
});

test("usual errors near the bound of the gate are warned of, step by step", () => {
  const warnings = gateWarnings({ ...smallest, expectedRps: 100, usualErrorRatio: 0.004, strategy: "canary-5-20-100" });
  expect(warnings[0]).toMatch(
    /^at 5 % the gate on 5xx sends \d+\.\d % of good versions back: 0\.4 % of requests fail without a bug, and the gate allows 0\.5 %\. Lower the usual errors, or take more traffic into the step\.$/,
  );
  expect(gateWarnings({ ...smallest, expectedRps: 100 })).toEqual([]);
});

describe("by hand", () => {
  const gate = { rate: 1, bound: 0.5, minimum: 2, measurements: [2, 4] };
  const rounded = (probabilities: readonly number[]): readonly string[] => probabilities.map((each) => each.toFixed(6));

  test("two requests of which more than one fails: 1 - e^-0.6 (1 + 0.6); then four of which more than two do", () => {
    expect(rounded(failedByMeasurement(gate, 0.3))).toEqual([(1 - Math.exp(-0.6) * 1.6).toFixed(6), "0.174728"]);
  });

  test("a look before the least number of requests does not count, and its failures do", () => {
    expect(rounded(failedByMeasurement({ ...gate, minimum: 3 }, 0.3))).toEqual([
      "0.000000",
      (1 - Math.exp(-1.2) * (1 + 1.2 + 0.72)).toFixed(6),
    ]);
  });

  test("without a look there is nothing to fail", () => {
    expect(failedByMeasurement({ ...gate, measurements: [] }, 0.3)).toEqual([]);
  });

  test("a million requests a second are summed as those that are counted", () => {
    const large = { rate: 1e6, bound: 0.005, minimum: 500, measurements: [60, 90] };
    expect(rounded(failedByMeasurement(large, 0.0049))).toEqual(["0.301565", "0.362362"]);
    expect(rounded(failedByMeasurement(large, 0.0051))).toEqual(["0.696030", "0.796372"]);
  });
});

const chances = (spec: AppSpec): readonly string[] =>
  detections(spec).map(({ weight, falseAlarm, seenAfter }) => `${weight} %: ${falseAlarm.toFixed(4)}, ${seenAfter} s`);

test.each<[string, AppSpec, readonly string[]]>([
  [
    "a small service that is near the bound",
    { ...smallest, expectedRps: 17, usualErrorRatio: 0.004 },
    ["5 %: 0.4847, 105 s", "25 %: 0.4444, 105 s", "50 %: 0.3984, 105 s", "100 %: 0.4210, 75 s"],
  ],
  [
    "the same with strict objectives",
    { ...smallest, expectedRps: 17, usualErrorRatio: 0.0001, objectives: "strict" },
    ["5 %: 0.0164, 105 s", "25 %: 0.0795, 105 s", "50 %: 0.0879, 105 s", "100 %: 0.0152, 75 s"],
  ],
  [
    "a larger one",
    { ...smallest, expectedRps: 100, usualErrorRatio: 0.004 },
    ["5 %: 0.4652, 105 s", "25 %: 0.3248, 75 s", "50 %: 0.2347, 60 s", "100 %: 0.1318, 60 s"],
  ],
  ["an undo, which has no gate", { ...smallest, expectedRps: 100, undo }, []],
])("%s: how often a good version is sent back, and when a bug is seen", (_title, spec, expected) => {
  expect(chances(spec)).toEqual(expected);
});

describe("gates that could not work are refused", () => {
  const bound = (most: number): readonly string[] => [
    `up to ${most}, above which the gate on 5xx sends a version back`,
    "Mend what fails first: as it is, no version could be released.",
  ];
  const share = [
    "a share from 0 to below 1",
    "Write the share of requests that fails without a bug, such as 0.001.",
  ] as const;

  test.each<[Partial<AppSpec>, readonly string[] | undefined]>([
    [{ usualErrorRatio: 0 }, undefined],
    [{ usualErrorRatio: 0.005 }, undefined],
    [{ usualErrorRatio: 0.0051 }, bound(0.005)],
    [{ usualErrorRatio: 0.001, objectives: "strict" }, undefined],
    [{ usualErrorRatio: 0.002, objectives: "strict" }, bound(0.001)],
    [{ usualErrorRatio: 0.2, strategy: "rolling" }, undefined],
    [{ usualErrorRatio: -0.1 }, share],
    [{ usualErrorRatio: 1 }, share],
    [{ usualErrorRatio: 1, strategy: "rolling" }, share],
  ])("%j", (change, expected) => {
    const problems = gateProblems({ ...smallest, ...change });
    expect(problems.map(({ path, got }) => [path, got])).toEqual(
      expected === undefined ? [] : [["usualErrorRatio", change.usualErrorRatio]],
    );
    expect(problems.flatMap(({ allowed, fix }) => [allowed, fix])).toEqual(expected ?? []);
  });

  test.each([0, -1, Number.NaN])("a rate of %d", (expectedRps) => {
    const fix = "Leave it out where it is unknown: a Job then sends the requests that a step needs.";
    const problem = { path: "expectedRps", got: expectedRps, allowed: "a number above 0", fix };
    expect(gateProblems({ ...smallest, expectedRps })).toEqual([problem]);
  });

  test("a rate that cannot fill the first step's gate; a rolling update has none", () => {
    expect(gateProblems({ ...smallest, expectedRps: 1 })).toEqual([
      {
        path: "expectedRps",
        got: 1,
        allowed: "at least 17 at a first step of 5 %: it brings 6 requests in 120 s, and a step needs 100 or more",
        fix: "Begin with more traffic, or leave expectedRps out: a Job then sends the requests that a step needs.",
      },
    ]);
    expect(gateProblems({ ...smallest, expectedRps: 1, strategy: "rolling" })).toEqual([]);
  });

  test("a rate that fills the first step's gate to the request is accepted", () => {
    const paths = (expectedRps: number) => gateProblems({ ...smallest, expectedRps }).map(({ path }) => path);
    expect([16.6, 16.7, 17].map(paths)).toEqual([["expectedRps"], [], []]);
  });
});
