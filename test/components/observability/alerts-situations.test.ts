/** Every alert where numbers are missing, no number at all, or counted anew: derived from its own cases, run by promtool. */
import { describe, expect, test } from "vitest";
import { inSeconds } from "../../../components/core/units";
import { type Alert, alertRule } from "../../../components/observability/alert";
import { alerts } from "../../../components/observability/alerts";
import { differences, havePromtool, type InputSeries } from "../../support/promtool";
import { alertCases } from "./alert-cases";

const SCRAPE_SECONDS = 15;
/** Between the first sample of a Prometheus that has just started and the time by which the alert must be back. */
const GRACE_SECONDS = 90;

const secondsOf = (moment: string): number => {
  const [, minutes = "0", seconds = "0"] = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(moment) ?? [];
  return Number(minutes) * 60 + Number(seconds);
};

/** The series with each sample seen through `change`; a sample is a number, "_" or NaN, the index its scrape. */
function seen(series: readonly InputSeries[], change: (sample: string, scrape: number) => string): InputSeries[] {
  return series.map((one) => ({ ...one, values: one.values.split(" ").map(change).join(" ") }));
}

const lastOf = (input: readonly InputSeries[]): number =>
  Math.max(...input.map(({ values }) => values.split(" ").length)) - 1;

interface Firing {
  readonly input: readonly InputSeries[];
  /** Seconds since the first sample. */
  readonly at: number;
}

/** The alert's own cases of a fault that lasts: it fires at the last moment that is asked about. */
function firingOf(name: string): readonly Firing[] {
  return (alertCases[name] ?? []).flatMap(([, input, fires]) => {
    const [moment, fire] = Object.entries(fires).at(-1) ?? [];
    return fire === true && moment !== undefined && input.length > 0 ? [{ input, at: secondsOf(moment) }] : [];
  });
}

/** What promtool has against the expectation, "" when nothing. @param at seconds since the first sample. */
async function difference(alert: Alert, input: readonly InputSeries[], at: number, fires: boolean): Promise<string> {
  const expr = `count(ALERTS{alertname="${alert.name}",alertstate="firing"})`;
  const answer = { expr, eval_time: `${at}s`, exp_samples: fires ? [{ labels: "{}", value: 1 }] : [] };
  const rules = [{ name: "own", rules: [alertRule(alert, "https://example.com")] }];
  return differences([{ name: alert.name, input_series: input, promql_expr_test: [answer] }], rules);
}

const named = alerts.map((alert) => [alert.name, alert] as const);

describe.skipIf(!havePromtool)("run by promtool (skipped where it is not built: make go-tools)", () => {
  test.each(named)("%s", async (name, alert) => {
    const firing = firingOf(name);
    expect(firing.length, "a fault that lasts").toBeGreaterThan(0);
    const silence = await difference(alert, [], 3600, name === "GatewayDown");
    expect(silence, "no series at all: only a gateway that is nowhere is a fault").toBe("");
    for (const { input, at } of firing) {
      const nothing = seen(input, (sample) => (sample === "_" ? "_" : "NaN"));
      expect(await difference(alert, nothing, at, false), "NaN is no fault").toBe("");
      const reset = Math.floor(at / SCRAPE_SECONDS / 2);
      const once = seen(input, (sample, scrape) => (scrape === reset ? "_" : sample));
      expect(await difference(alert, once, at, true), "a scrape that failed hides no fault").toBe("");
    }
  });

  test.each(named)("%s, after Prometheus has started anew", async (name, alert) => {
    const patience = inSeconds(alert.holds) + (alert.window === undefined ? 0 : inSeconds(alert.window));
    for (const { input, at } of firingOf(name)) {
      const start = Math.ceil((at - patience - GRACE_SECONDS) / SCRAPE_SECONDS);
      const late = start <= 0 ? input : seen(input, (sample, scrape) => (scrape < start ? "_" : sample));
      expect(at / SCRAPE_SECONDS).toBeLessThanOrEqual(lastOf(input));
      expect(await difference(alert, late, at, true)).toBe("");
    }
  });
});
