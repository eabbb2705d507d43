/** The release gates' queries on synthetic series, run by promtool: what each makes of good, bad and missing numbers. */
import { describe, expect, test } from "vitest";
import { analysisTemplates, gates } from "../../../components/delivery/analysis";
import type { PrometheusMetric } from "../../../components/delivery/analysis-template";
import { all, canary, gateCases, since, stable, type Verdict } from "./gate-cases";
import { latencyBuckets } from "../../../components/traffic/histogram-buckets";
import { resolveMetric } from "../../support/analysis-rules";
import { differences, type ExprTest, havePromtool, type TestGroup } from "../../support/promtool";
import { seriesOf, type Traffic } from "../../support/synthetic-series";

/** The look is at the 40th scrape. */
const LAST = 40;
const AT = "10m";

const templates = analysisTemplates({ prometheusAddress: "http://prometheus:9090", gatewayAddress: "http://gateway" });
const services = {
  "canary-service": "canary.shop.svc.cluster.local",
  "stable-service": "stable.shop.svc.cluster.local",
};

function metricOf(name: string): PrometheusMetric {
  const template = templates.find(({ metadata }) => metadata.name === name);
  if (template === undefined) throw new Error(`no gate ${name}`);
  const own = Object.fromEntries(template.spec.args.flatMap(({ name: key, value }) => (value ? [[key, value]] : [])));
  return resolveMetric(template.spec.metrics[0], { ...own, ...services }) as unknown as PrometheusMetric;
}

/** What `result[0]` is compared with where the condition holds only if there is a number. */
function comparison(condition: string): string {
  const found = /^len\(result\) > 0 && !isNaN\(result\[0\]\) && result\[0\] ([<>]=? [\d.]+)$/.exec(condition);
  if (found?.[1] === undefined) throw new Error(`unexpected condition ${condition}`);
  return found[1];
}

/** The condition in PromQL: a comparison lets through what holds, and nothing and NaN never hold. */
function verdictTests(name: string, verdict: Verdict, at = AT): readonly ExprTest[] {
  const { successCondition, failureCondition, provider } = metricOf(name);
  const asked = (condition: string, holds: boolean): ExprTest => ({
    expr: `count((${provider.prometheus.query}) ${comparison(condition)})`,
    eval_time: at,
    exp_samples: holds ? [{ labels: "{}", value: 1 }] : [],
  });
  const fails = asked(failureCondition, verdict === "fails");
  // The tripwire passes on silence, so only what it stops is asked.
  return name === gates.tripwire ? [fails] : [asked(successCondition, verdict === "passes"), fails];
}

function group(title: string, traffic: readonly Traffic[], tests: readonly ExprTest[], last = LAST): TestGroup {
  return { name: title, input_series: traffic.flatMap((one) => seriesOf(one, last)), promql_expr_test: tests };
}

describe.skipIf(!havePromtool)("run by promtool (skipped where it is not built: make go-tools)", () => {
  test("every gate that asks Prometheus is asked", () => {
    const asking = Object.values(gates).filter((name) => name !== gates.smoke);
    expect(Object.keys(gateCases).sort()).toEqual(asking.sort());
  });

  test.each(Object.entries(gateCases))("%s", async (name, rows) => {
    const groups = rows.map(([title, traffic, verdict]) => group(title, traffic, verdictTests(name, verdict)));
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
      group(
        `${time} ms and 2% more`,
        [canary(all(time * 1.02)), stable(all(time))],
        verdictTests(gates.latencyP95, "passes"),
      ),
      group(
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
    const ask = (verdict: Verdict) => verdictTests(gates.latencyP95History, verdict, "75m");
    expect(await differences([group("as fast", traffic(all(102)), ask("passes"), last)])).toBe("");
    expect(await differences([group("slower", traffic(all(250)), ask("fails"), last)])).toBe("");
  });

  test("what rate() cannot see: failures that end before the first scrape of their series", async () => {
    const burst = [canary({ failing: (at) => (at === 35 ? 900 : 0) })];
    expect(await differences([group("unseen", burst, verdictTests(gates.serverErrors, "passes"))])).toBe("");
    const goesOn = [canary({ failing: (at) => (at >= 35 ? 900 : 0) })];
    expect(await differences([group("seen at the next", goesOn, verdictTests(gates.serverErrors, "fails"))])).toBe("");
  });

  test("a difference would be found", async () => {
    expect(await differences([group("wrong", [canary()], verdictTests(gates.errorRatio, "fails"))])).toContain(
      "FAILED",
    );
  });
});
