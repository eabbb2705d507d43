/** What a gate concludes from traffic, as a question that promtool answers. */
import { analysisTemplates, gates } from "../../../components/delivery/analysis";
import type { PrometheusMetric } from "../../../components/delivery/analysis-template";
import { resolveMetric } from "../../support/analysis-rules";
import type { ExprTest, TestGroup } from "../../support/promtool";
import { seriesOf, type Traffic } from "../../support/synthetic-series";
import type { Verdict } from "./gate-cases";

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

/** What promtool must answer to both conditions. The condition in PromQL: a comparison lets through what holds, and nothing and NaN never hold. */
export function verdictTests(name: string, verdict: Verdict, at = AT): readonly ExprTest[] {
  const { successCondition, failureCondition, provider } = metricOf(name);
  const evaluated = (condition: string, holds: boolean): ExprTest => ({
    expr: `count((${provider.prometheus.query}) ${comparison(condition)})`,
    eval_time: at,
    exp_samples: holds ? [{ labels: "{}", value: 1 }] : [],
  });
  const fails = evaluated(failureCondition, verdict === "fails");
  // The tripwire passes on silence, so only what it stops is asked.
  return name === gates.tripwire ? [fails] : [evaluated(successCondition, verdict === "passes"), fails];
}

/** Traffic to one or both versions, and what is asked of it. */
export function gateGroup(
  title: string,
  traffic: readonly Traffic[],
  tests: readonly ExprTest[],
  last = LAST,
): TestGroup {
  return { name: title, input_series: traffic.flatMap((one) => seriesOf(one, last)), promql_expr_test: tests };
}
