/** The release gates' queries on synthetic series, run by promtool: what each makes of good, bad and missing numbers. */
import { describe, expect, test } from "vitest";
import { gates } from "../../../components/delivery/analysis";
import { latencyBuckets } from "../../../components/traffic/histogram-buckets";
import { differences, havePromtool } from "../../support/promtool";
import type { Traffic } from "../../support/synthetic-series";
import { all, canary, gateCases, since, stable, type Verdict } from "./gate-cases";
import { gateGroup, verdictTests } from "./gate-verdicts";

describe.skipIf(!havePromtool)("run by promtool (skipped where it is not built: make go-tools)", () => {
  test("every gate that asks Prometheus is asked", () => {
    const querying = Object.values(gates).filter((name) => name !== gates.smoke);
    expect(Object.keys(gateCases).sort()).toEqual(querying.sort());
  });

  test.each(Object.entries(gateCases))("%s", async (name, rows) => {
    const groups = rows.map(([title, traffic, verdict]) => gateGroup(title, traffic, verdictTests(name, verdict)));
    if ((await differences(groups)) === "") return;
    // One by one, because promtool does not say which group differs.
    const single = await Promise.all(groups.map(async (one) => [one.name, await differences([one])] as const));
    expect(single.filter(([, difference]) => difference !== "")).toEqual([]);
  });

  test("a version 2% slower passes, one of two and a half times fails, wherever the boundaries lie", async () => {
    const edges = [
      3, 4, 7, 9.9, 10, 25, 49, 50, 99, 100, 101, 240, 249, 250, 490, 499, 500, 501, 999, 1200, 5000, 20_000,
    ];
    const groups = edges.flatMap((time) => [
      gateGroup(
        `${time} ms and 2% more`,
        [canary(all(time * 1.02)), stable(all(time))],
        verdictTests(gates.latencyP95, "passes"),
      ),
      gateGroup(
        `${time} ms and 2.5 times`,
        [canary(all(time * 2.5)), stable(all(time))],
        verdictTests(gates.latencyP95, "fails"),
      ),
    ]);
    expect(await differences(groups)).toBe("");
    expect(latencyBuckets.filter((bound) => edges.includes(bound)).length).toBeGreaterThan(2);
  });

  test("the past holds over another release's bake: an hour ago the serving version was idle", async () => {
    const last = 300;
    const idle = (at: number) => at < last - 260 || (at > last - 220 && at < last - 20);
    const traffic = (times: Partial<Traffic>) => [canary({ ...times, busy: since(last - 20) }), stable({ busy: idle })];
    const testsOf = (verdict: Verdict) => verdictTests(gates.latencyP95History, verdict, "75m");
    expect(await differences([gateGroup("as fast", traffic(all(102)), testsOf("passes"), last)])).toBe("");
    expect(await differences([gateGroup("slower", traffic(all(250)), testsOf("fails"), last)])).toBe("");
  });

  test("what rate() cannot see: failures that end before the first scrape of their series", async () => {
    const burst = [canary({ failing: (at) => (at === 35 ? 900 : 0) })];
    expect(await differences([gateGroup("unseen", burst, verdictTests(gates.serverErrors, "passes"))])).toBe("");
    const goesOn = [canary({ failing: (at) => (at >= 35 ? 900 : 0) })];
    expect(await differences([gateGroup("seen at the next", goesOn, verdictTests(gates.serverErrors, "fails"))])).toBe(
      "",
    );
  });

  test("a difference would be found", async () => {
    expect(await differences([gateGroup("wrong", [canary()], verdictTests(gates.errorRatio, "fails"))])).toContain(
      "FAILED",
    );
  });
});
