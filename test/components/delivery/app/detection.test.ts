/** How soon a gate sees a bug and how often it is wrong, against the figures that a simulation of the same gates gave. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detections, failedByLook, gateWarnings } from "../../../../components/delivery/app/detection";
import { smallest } from "./spec-fixture";

const seconds = (last: number): readonly number[] => Array.from({ length: last }, (_, at) => at + 1);
const eachSecond = (rps: number, bound: number, minimum: number, last: number) => ({
  rate: rps * 0.05,
  bound,
  minimum,
  looks: seconds(last),
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
    const seen = failedByLook(eachSecond(row.rps, row.bound, row.minimum, 180), 0.1);
    const half = seen.findIndex((probability) => probability >= 0.5) + 1;
    expect(Math.abs(half - row.half)).toBeLessThanOrEqual(1);
  });

  test.each(Object.entries(row.falseAlarms))("at %s usual errors it is wrong as often", (usual, share) => {
    const wrong = failedByLook(eachSecond(row.rps, row.bound, row.minimum, 60), Number(usual)).at(-1) ?? 0;
    // Three standard errors of 400 runs, and the requests are taken as even here.
    expect(Math.abs(wrong - share)).toBeLessThanOrEqual(0.08);
  });
});

test("a probability never falls from look to look, and is one", () => {
  const gate = fc.record({
    rate: fc.double({ min: 0.1, max: 20, noNaN: true }),
    bound: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
    minimum: fc.integer({ min: 0, max: 100 }),
    looks: fc.constant([10, 40, 70, 100]),
  });
  fc.assert(
    fc.property(gate, fc.double({ min: 0, max: 0.3, noNaN: true }), (each, ratio) => {
      const failed = failedByLook(each, ratio);
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
