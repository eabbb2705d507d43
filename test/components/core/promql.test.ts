/** Pieces of PromQL. */
import { expect, test } from "vitest";
import { analysisLimits } from "../../../components/core/limits/analysis";
import { bucketAt } from "../../../components/core/promql";

test("a bucket is found as Prometheus 2 and as Prometheus 3 store it, and no other bucket is", () => {
  const matcher = bucketAt(analysisLimits.latencyBound);
  expect(matcher).toBe(String.raw`le=~"500(\\.0)?"`);
  // In PromQL's quotes two backslashes are one; a matcher is anchored at both ends.
  const pattern = new RegExp(`^(?:${matcher.slice('le=~"'.length, -1).replaceAll("\\\\", "\\")})$`);
  expect(["500", "500.0", "5000", "500.5", "500x0", "1500"].filter((le) => pattern.test(le))).toEqual(["500", "500.0"]);
});

test.each([
  [{ value: 0.5 }, "0.5 milliseconds is no bucket: a whole number of milliseconds above 0 is"],
  [{ value: 0 }, "0 milliseconds is no bucket: a whole number of milliseconds above 0 is"],
  [{ unit: "seconds" } as const, "500 seconds is no bucket: a whole number of milliseconds above 0 is"],
])("%j is refused", (change, message) => {
  expect(() => bucketAt({ ...analysisLimits.latencyBound, ...change })).toThrow(new Error(message));
});
