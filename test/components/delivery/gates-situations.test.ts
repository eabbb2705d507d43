/** Every gate in every situation in which numbers are missing, wrong or counted anew, run by promtool. */
import { describe, expect, test } from "vitest";
import { gates } from "../../../components/delivery/analysis";
import { differences, havePromtool } from "../../support/promtool";
import type { Traffic } from "../../support/synthetic-series";
import { canary, since, stable, type Verdict } from "./gate-cases";
import { gateGroup, verdictTests } from "./gate-verdicts";

const both = (traffic: Partial<Traffic>): readonly Traffic[] => [canary(traffic), stable(traffic)];

/** What happens to both versions alike; the look is at the 40th scrape. */
const situations: Readonly<Record<string, readonly Traffic[]>> = {
  "no series at all": [],
  "no traffic any more": both({ busy: (at) => at < 15 }),
  "traffic without an error": both({}),
  "counters that start anew": both({ reset: 37 }),
  NaN: both({ nan: true }),
  "a Prometheus that started a minute ago": both({ seen: since(36) }),
  "a Prometheus that has scraped once": both({ seen: since(40) }),
  "a scrape that failed": both({ seen: (at) => at !== 38 }),
  "buckets as Prometheus 2 kept them": both({ major: 2 }),
};

/** In the order of the situations. */
const verdicts: Readonly<Record<string, readonly Verdict[]>> = {
  [gates.errorRatio]: [
    "no number",
    "no number",
    "passes",
    "passes",
    "no number",
    "no number",
    "no number",
    "passes",
    "passes",
  ],
  [gates.serverErrors]: [
    "no number",
    "no number",
    "passes",
    "passes",
    "no number",
    "passes",
    "no number",
    "passes",
    "passes",
  ],
  [gates.serverErrorsStrict]: [
    "no number",
    "no number",
    "passes",
    "passes",
    "no number",
    "passes",
    "no number",
    "passes",
    "passes",
  ],
  [gates.rejections]: [
    "no number",
    "no number",
    "passes",
    "passes",
    "no number",
    "passes",
    "no number",
    "passes",
    "passes",
  ],
  [gates.tripwire]: ["passes", "passes", "passes", "passes", "passes", "passes", "passes", "passes", "passes"],
  [gates.latencyP95]: [
    "no number",
    "no number",
    "passes",
    "passes",
    "no number",
    "passes",
    "no number",
    "passes",
    "passes",
  ],
  [gates.latencyP95History]: [
    "no number",
    "no number",
    "passes",
    "passes",
    "no number",
    "passes",
    "no number",
    "passes",
    "passes",
  ],
  [gates.latencyP99]: [
    "no number",
    "no number",
    "passes",
    "passes",
    "no number",
    "passes",
    "no number",
    "passes",
    "passes",
  ],
  [gates.baseline]: [
    "no number",
    "no number",
    "passes",
    "passes",
    "no number",
    "passes",
    "no number",
    "passes",
    "passes",
  ],
  [gates.volume]: ["fails", "fails", "passes", "passes", "no number", "passes", "fails", "passes", "passes"],
};

describe.skipIf(!havePromtool)("run by promtool (skipped where it is not built: make go-tools)", () => {
  test("every gate that asks Prometheus has a verdict on every situation", () => {
    const querying = Object.values(gates).filter((name) => name !== gates.smoke);
    expect(Object.keys(verdicts).sort()).toEqual(querying.sort());
    for (const row of Object.values(verdicts)) expect(row).toHaveLength(Object.keys(situations).length);
  });

  test.each(Object.entries(verdicts))("%s", async (name, row) => {
    const found = await Promise.all(
      Object.entries(situations).map(async ([title, traffic], index) => {
        const verdict = row[index];
        if (verdict === undefined) throw new Error(`no verdict of ${name} on ${title}`);
        return [title, await differences([gateGroup(title, traffic, verdictTests(name, verdict))])] as const;
      }),
    );
    expect(found.filter(([, difference]) => difference !== "")).toEqual([]);
  });
});
