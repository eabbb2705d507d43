/** The alerts on synthetic series, run by promtool: when each fires, when not, and what the page says. */
import { describe, expect, test } from "vitest";
import { alertRule } from "../../../components/observability/alert";
import { alertGroups, alerts } from "../../../components/observability/alerts";
import { dashboardJson } from "../../../components/observability/dashboard";
import { deploymentDashboard } from "../../../components/observability/deployment-dashboard";
import {
  differences,
  type ExprTest,
  havePromtool,
  type InputSeries,
  ruleFaults,
  type TestGroup,
} from "../../support/promtool";
import { series, seriesOf, steady } from "../../support/synthetic-series";
import { alertCases, bindingErrors } from "./alert-cases";

const runbooks = "https://example.com/blob/main";
const groups = Object.entries(alertGroups).map(([name, members]) => ({
  name: `fridayproof.${name}`,
  rules: members.map((alert) => alertRule(alert, runbooks)),
}));

/** The one rule: the others are as slow as it. */
const ruleOf = (alert: string) =>
  groups.map(({ name, rules }) => ({ name, rules: rules.filter((rule) => rule.alert === alert) }));

/** Whether the alert fires at the moment: Prometheus keeps a series of each that does. */
function firing(alert: string, at: string, fires: boolean): ExprTest {
  const expr = `count(ALERTS{alertname="${alert}",alertstate="firing"})`;
  return { expr, eval_time: at, exp_samples: fires ? [{ labels: "{}", value: 1 }] : [] };
}

function groupsOf(alert: string): readonly TestGroup[] {
  return (alertCases[alert] ?? []).map(([name, input_series, fires]) => ({
    name,
    input_series,
    promql_expr_test: Object.entries(fires).map(([at, fire]) => firing(alert, at, fire)),
  }));
}

describe.skipIf(!havePromtool)("alerts run by promtool (skipped where it is not built: make go-tools)", () => {
  test("promtool has nothing against the rules", async () => {
    expect(await ruleFaults(groups)).toBe("");
  });

  test("every alert has a case in which it fires and one in which it does not", () => {
    expect(Object.keys(alertCases).sort()).toEqual(alerts.map(({ name }) => name).sort());
    for (const [name, cases] of Object.entries(alertCases)) {
      const answers = cases.flatMap(([, , fires]) => Object.values(fires));
      expect(new Set(answers), name).toEqual(new Set([true, false]));
    }
  });

  test.each(Object.keys(alertCases))("%s", async (alert) => {
    const cases = groupsOf(alert);
    if ((await differences(cases, ruleOf(alert))) === "") return;
    // One by one, because promtool does not say which group differs.
    const single = await Promise.all(
      cases.map(async (one) => [one.name, await differences([one], ruleOf(alert))] as const),
    );
    expect(single.filter(([, difference]) => difference !== "")).toEqual([]);
  });

  test("at the load balancer controller's own longest wait, a binding that fails for good would fall silent", async () => {
    const silent = firing("TargetGroupBindingFailing", "60m", false);
    const series_ = [bindingErrors(1000, 100)];
    const binding = ruleOf("TargetGroupBindingFailing");
    expect(await differences([{ name: "1000 s", input_series: series_, promql_expr_test: [silent] }], binding)).toBe(
      "",
    );
  });

  test("the page says which version fails, how much, and where to read on", async () => {
    const page = {
      exp_labels: {
        severity: "critical",
        team: "platform",
        destination_service_name: "canary",
        destination_service_namespace: "shop",
      },
      exp_annotations: {
        summary: "shop/canary: 20% of requests fail",
        runbook_url: `${runbooks}/docs/runbooks/release-error-ratio.md`,
      },
    };
    const alert_rule_test = [{ alertname: "ReleaseErrorRatio", eval_time: "10m", exp_alerts: [page] }];
    const input_series = seriesOf({ service: "canary", failing: () => 200 }, 40);
    expect(await differences([{ name: "page", input_series, alert_rule_test }], groups)).toBe("");
  });
});

interface Json {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
  readonly annotations: { readonly list: readonly { readonly name: string; readonly expr: string }[] };
}

describe.skipIf(!havePromtool)("the dashboard run by promtool (skipped where it is not built: make go-tools)", () => {
  const json = dashboardJson(deploymentDashboard) as unknown as Json;
  // What Grafana fills in: the choice at the head, and four times the scrape interval.
  const filled = (expr: string) => expr.replaceAll("$__rate_interval", "1m").replaceAll("$application", "shop");
  const queries = json.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }) => [title, filled(expr)] as const),
  );
  const last = 40;
  const versions = ["canary", "stable"].flatMap((service) => [...seriesOf({ service, failing: () => 10 }, last)]);
  const pods = ["shop-6d4b75cb6d-x7k2p", "shop-6d4b75cb6d-abcde", "shop-799b8f5c44-fghij"].flatMap((pod) => {
    const labels = { namespace: "shop", pod, container: "app", image: "shop" };
    return [
      series(
        "container_cpu_usage_seconds_total",
        labels,
        steady(1, last).map((_, at) => at * 15),
      ),
      series("container_memory_working_set_bytes", labels, steady(1000, last)),
    ];
  });
  const count = (expr: string, value?: number): ExprTest => ({
    expr: `count(${expr})`,
    eval_time: "10m",
    exp_samples: value === undefined ? [] : [{ labels: "{}", value }],
  });
  const testOf = (input_series: readonly InputSeries[], test_: ExprTest) =>
    differences([{ name: "dashboard", input_series, promql_expr_test: [test_] }]);

  test.each(queries)("%s: a line for each version, and none without data", async (_title, expr) => {
    expect(await testOf([...versions, ...pods], count(expr, 2))).toBe("");
    expect(await testOf([], count(expr))).toBe("");
  });

  test.each(queries)(
    "%s: a line for each version that has never failed, and after its counters start anew",
    async (_title, expr) => {
      const sound = ["canary", "stable"].flatMap((service) => seriesOf({ service, reset: 38 }, last));
      expect(await testOf([...sound, ...pods], count(expr, 2))).toBe("");
    },
  );

  test("the error ratio is zero where nothing failed, and the share where something did", async () => {
    const ratio = queries.find(([title]) => title === "Error ratio by version")?.[1] ?? "";
    const samples = [
      { labels: '{destination_service_name="canary"}', value: 0.01 },
      { labels: '{destination_service_name="stable"}', value: 0 },
    ];
    const traffic = [
      ...seriesOf({ service: "canary", failing: () => 10 }, last),
      ...seriesOf({ service: "stable" }, last),
    ];
    expect(await testOf(traffic, { expr: ratio, eval_time: "10m", exp_samples: samples })).toBe("");
  });

  test("NaN is drawn as no line of requests or failures", async () => {
    const nothing = seriesOf({ service: "canary", failing: () => 10, nan: true }, last);
    for (const [title, expr] of queries.filter(([name]) => !/CPU|Memory/.test(name)))
      expect(await testOf(nothing, count(`(${expr}) >= 0`)), title).toBe("");
  });

  test("its p95 and p99 are those of the answers", async () => {
    const p95 = queries.find(([title]) => title === "p95 by version")?.[1] ?? "";
    const within = {
      expr: `count((${p95}) > 96 and (${p95}) < 125)`,
      eval_time: "10m",
      exp_samples: [{ labels: "{}", value: 1 }],
    };
    expect(await testOf(seriesOf({ service: "canary", times: [[101, 1000]] }, last), within)).toBe("");
  });

  test.each(json.annotations.list.map(({ name, expr }) => [name, filled(expr)] as const))(
    "%s: a line when Argo CD synced, the first time too, and none else",
    async (name, expr) => {
      const phase = name === "Deployed" ? "Succeeded" : "Failed";
      const labels = { name: "shop", phase, dry_run: "false" };
      const synced = (samples: readonly (number | "_")[]) => [series("argocd_app_sync_total", labels, samples)];
      const before = (sample: number | "_") => Array<number | "_">(last - 1).fill(sample);
      expect(await testOf(synced([...before(3), 4, 4]), count(expr, 1))).toBe("");
      expect(await testOf(synced([...before("_"), 1, 1]), count(expr, 1))).toBe("");
      expect(await testOf(synced([...before(3), 3, 3]), count(expr))).toBe("");
    },
  );
});
