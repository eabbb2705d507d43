/** Cases of the rule about what Argo Rollouts accepts of an analysis. */
import { analysisRuns } from "../../../../../policies/zero-downtime/analysis/analysis-runs";
import { analysisTemplate, but } from "../../../support/fixtures";
import type { Case, Given } from "../../../support/rule";
import { given, object, type Spec } from "../../../support/spec";

const metric = "spec.metrics.0";
const limited = (more: object): Case =>
  given(
    but(
      analysisTemplate,
      Object.fromEntries(Object.entries(more).map(([key, value]) => [`${metric}.${key}`, value as unknown])),
    ),
  );
const declaring = (...args: readonly object[]): Given => but(analysisTemplate, { "spec.args": args });
const monitor = (kind: string, spec: object): Given =>
  object(`monitoring.coreos.com/v1:${kind}`, "shop", { metadata: { name: "shop", namespace: "shop" }, spec });
const url = "https://checks.example.com/ready";
const selector = { matchLabels: { app: "shop" } };
const query = `${metric}.provider.prometheus.query`;

/** Cases of the rule about what Argo Rollouts accepts of an analysis. */
export const analysisRunsSpecs: readonly Spec[] = [
  {
    rule: analysisRuns,
    good: {
      "one measurement": given(analysisTemplate),
      "reads in time": given(
        monitor("ServiceMonitor", {
          selector,
          endpoints: [{ interval: "15s", scrapeTimeout: "15s" }, { scrapeTimeout: "30s" }, { interval: "1d" }],
        }),
        monitor("ScrapeConfig", { interval: "1s", scrapeTimeout: "30s" }),
      ),
      "requests with one body or none": given(
        ...[{ method: "POST", body: "{}" }, { method: "PUT", jsonBody: { a: 1 } }, { body: "" }].map((web) =>
          but(analysisTemplate, { [`${metric}.provider`]: { web: { url, ...web } } }),
        ),
      ),
      "five of them, with time between": limited({ count: 5, interval: "30s" }),
      "as many as both limits together": limited({
        count: 21,
        interval: "30s",
        failureLimit: 20,
        consecutiveSuccessLimit: 1,
      }),
      "a streak that failures do not end": limited({
        count: 4,
        interval: "1m",
        failureLimit: -1,
        consecutiveSuccessLimit: 4,
      }),
      "a declared argument": given(
        but(declaring({ name: "service" }), { [query]: "rate(ok{service='{{ args.service }}'}[1m])" }),
      ),
      "arguments of the templates that it is made of": given(
        but(analysisTemplate, { [query]: "{{args.service}}", "spec.templates": [{ templateName: "other" }] }),
      ),
      "a streak beside no count, and one that failures cannot outlast": given(
        but(analysisTemplate, { [`${metric}.consecutiveSuccessLimit`]: 3 }),
        but(analysisTemplate, {
          [`${metric}.count`]: 2,
          [`${metric}.interval`]: "30s",
          [`${metric}.failureLimit`]: 2,
          [`${metric}.consecutiveSuccessLimit`]: 1,
        }),
      ),
      "a single measurement, and a limit without a streak": given(
        but(analysisTemplate, { [`${metric}.count`]: 1, [`${metric}.failureLimit`]: 3 }),
      ),
      "a job with a deadline": given(
        but(analysisTemplate, { [`${metric}.provider`]: { job: { spec: { activeDeadlineSeconds: 120 } } } }),
      ),
      "a plugin": given(but(analysisTemplate, { [`${metric}.provider`]: { plugin: { "acme/metric": {} } } })),
      "a count that the rollout decides": given(
        but(declaring({ name: "count" }), { [`${metric}.count`]: "{{args.count}}", [`${metric}.interval`]: "30s" }),
      ),
      "a delay that the rollout decides": given(
        but(declaring({ name: "delay" }), { [`${metric}.initialDelay`]: "{{args.delay}}" }),
      ),
    },
    bad: {
      "a read that waits longer than until the next": given(
        monitor("ServiceMonitor", { selector, endpoints: [{ interval: "15s", scrapeTimeout: "30s" }] }),
        monitor("PodMonitor", {
          selector,
          podMetricsEndpoints: [{ port: "http" }, { interval: "1m", scrapeTimeout: "1m30s" }],
        }),
        monitor("Probe", { interval: "10s", scrapeTimeout: "1d" }),
        monitor("ScrapeConfig", { scrapeInterval: "5s", scrapeTimeout: "5001ms" }),
      ),
      "a read every so often": given(monitor("ServiceMonitor", { selector, endpoints: [{ interval: "often" }] })),
      "five measurements at once": limited({ count: 5 }),
      "five measurements at once, by an argument": given(
        but(declaring({ name: "count", value: "5" }), { [`${metric}.count`]: "{{args.count}}" }),
      ),
      "fewer than both limits together": limited({
        count: 20,
        interval: "30s",
        failureLimit: 19,
        consecutiveSuccessLimit: 2,
      }),
      "a body with the method that is meant by none": limited({ provider: { web: { url, body: "{}" } } }),
      "two bodies, of a GET": limited({ provider: { web: { url, method: "GET", body: "{}", jsonBody: {} } } }),
      "a negative limit": limited({ inconclusiveLimit: -1 }),
      "negative limits of a streak and of errors": limited({ consecutiveSuccessLimit: -1, consecutiveErrorLimit: -1 }),
      "an interval that is none": limited({ interval: "1 day" }),
      "a count that is none": limited({ count: "many" }),
      "a delay in days": limited({ initialDelay: "1d" }),
      "no provider": limited({ provider: {} }),
      "two providers": limited({ provider: { prometheus: {}, web: {} } }),
      "two plugins": limited({ provider: { plugin: { "acme/a": {}, "acme/b": {} } } }),
      "a job that may hang": limited({ provider: { job: { spec: {} } } }),
      "two metrics of one name": given(
        but(analysisTemplate, {
          "spec.metrics": [0, 1].map(() => ({ name: "success", provider: { prometheus: {} } })),
        }),
      ),
      "an argument with two values": given(
        declaring({ name: "a", value: "1", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }),
      ),
      "an argument that is not declared": limited({ provider: { prometheus: { query: "rate({{args.service}})" } } }),
      "a placeholder of another language": limited({
        provider: { web: { headers: [{ key: "a", value: "{{inputs.b}}" }] } },
      }),
    },
  },
];
