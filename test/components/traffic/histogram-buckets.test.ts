/** Boundaries of the gateway's latency histogram. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketAnnotation, histogramBuckets, latencyBuckets } from "../../../components/traffic/histogram-buckets";

const neighbours = (bounds: readonly number[]) => bounds.slice(1).map((bound, at) => bound / (bounds[at] ?? NaN));

describe("the gateway's", () => {
  test("go from its resolution to the load balancer's patience, through the gate's bound, in small steps", () => {
    expect(latencyBuckets[0]).toBe(1.7);
    expect(latencyBuckets.at(-1)).toBe(60_000);
    expect(latencyBuckets).toContain(500);
    expect(Math.max(...neighbours(latencyBuckets))).toBeLessThanOrEqual(1.25);
    const at = latencyBuckets.indexOf(500);
    expect(latencyBuckets.slice(at - 3, at + 4)).toEqual([260, 320, 400, 500, 620, 770, 960]);
  });

  test("are this many: each is a series for every service, answer code and gateway pod", () => {
    expect(latencyBuckets).toHaveLength(51);
  });

  test("are what Istio's agent reads: JSON, by the prefix of what Istio counts", () => {
    const text = bucketAnnotation["sidecar.istio.io/statsHistogramBuckets"] ?? "";
    expect(JSON.parse(text)).toEqual({ istiocustom: latencyBuckets });
    expect(text).toMatch(/^\{"istiocustom":\[1\.7,2\.1,/);
  });
});

describe("a plan", () => {
  const twoDigits = fc
    .tuple(fc.integer({ min: 10, max: 99 }), fc.integer({ min: -2, max: 4 }))
    .map(([digits, exponent]) => Number((digits * 10 ** exponent).toPrecision(2)));

  test("ascends, keeps its step and its three bounds, and has two digits everywhere", () => {
    fc.assert(
      fc.property(
        fc.tuple(twoDigits, twoDigits, twoDigits).map((bounds) => [...bounds].sort((a, b) => a - b)),
        fc.double({ min: 1.11, max: 3, noNaN: true }),
        ([lowest = 1, through = 1, highest = 1], step) => {
          const bounds = histogramBuckets({ lowest, through, highest, step });
          for (const factor of neighbours(bounds)) {
            expect(factor).toBeGreaterThan(1);
            expect(factor).toBeLessThanOrEqual(step * (1 + 1e-9));
          }
          expect(bounds[0]).toBeLessThanOrEqual(lowest);
          expect(bounds).toContain(through);
          expect(bounds.at(-1)).toBe(highest);
          expect(bounds.map((bound) => Number(bound.toPrecision(2)))).toEqual(bounds);
        },
      ),
    );
  });

  test("starts at the first boundary that is not above the lowest", () => {
    expect(histogramBuckets({ lowest: 5, through: 10, highest: 20, step: 1.5 })).toEqual([4.5, 6.7, 10, 15, 20]);
    expect(histogramBuckets({ lowest: 10, through: 10, highest: 10, step: 2 })).toEqual([10]);
  });

  const sound = { lowest: 1, through: 500, highest: 1000, step: 1.25 };
  test.each([
    [{ lowest: 0 }, "0 < lowest <= through <= highest must hold, got 0, 500, 1000"],
    [{ lowest: 501 }, "0 < lowest <= through <= highest must hold, got 501, 500, 1000"],
    [{ highest: 499 }, "0 < lowest <= through <= highest must hold, got 1, 500, 499"],
    [{ step: 1.1 }, "a step must be above 1.1, got 1.1"],
    [{ through: 505 }, "505 has more than two significant digits"],
    [{ highest: 1010 }, "1010 has more than two significant digits"],
  ])("%j is refused", (change, message) => {
    expect(() => histogramBuckets({ ...sound, ...change })).toThrow(new Error(message));
  });
});
