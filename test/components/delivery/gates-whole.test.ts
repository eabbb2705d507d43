/** Every release gate as a whole: arguments, query, and when it passes and fails, in literals. */
import { expect, test } from "vitest";
import { analysisTemplates, gateArguments } from "../../../components/delivery/analysis";

const settings = { prometheusAddress: "http://prometheus:9090", gatewayAddress: "http://gateway" };
const canary = { name: "canary-service" };
const stable = { name: "stable-service" };
const count = { name: "count", value: "4" };

const [C, S] = ["canary", "stable"].map(
  (version) => `reporter="source",destination_service="{{args.${version}-service}}"`,
) as [string, string];
const share = (service: string, codes: string, window: string): string =>
  `(sum(rate(istio_requests_total{${service},response_code=~"${codes}"}[${window}])) or vector(0)) / ` +
  `(sum(rate(istio_requests_total{${service}}[${window}])) > 0)`;
const p95 = (service: string, window: string): string =>
  `(clamp_min(histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${service}}[${window}]))), 2)` +
  ` and sum(rate(istio_request_duration_milliseconds_count{${service}}[${window}])) > 0)`;
const usual = share(S, "401|403|3..", "300s");
const past = `(${share(C, "5..", "60s")})[120s:15s]`;
const known = (condition: string): string => `len(result) > 0 && !isNaN(result[0]) && result[0] ${condition}`;

const measured = (query: string, pass: string, fail: string, initialDelay = "45s") => ({
  initialDelay,
  interval: "30s",
  count: 120,
  failureLimit: 0,
  inconclusiveLimit: 6,
  consecutiveErrorLimit: 30,
  consecutiveSuccessLimit: "{{args.count}}",
  successCondition: known(pass),
  failureCondition: known(fail),
  provider: { prometheus: { address: settings.prometheusAddress, query } },
});

const whole: readonly (readonly [string, readonly object[], object])[] = [
  [
    "error-ratio",
    [canary, count],
    measured(`min_over_time(${past}) and count_over_time(${past}) >= 8`, "<= 0.01", "> 0.01", "120s"),
  ],
  ["server-error-ratio", [canary, count], measured(share(C, "5..", "300s"), "<= 0.005", "> 0.005")],
  ["server-error-ratio-strict", [canary, count], measured(share(C, "5..", "300s"), "<= 0.001", "> 0.001")],
  [
    "rejection-ratio",
    [canary, stable, count],
    measured(
      `(${share(C, "401|403|3..", "300s")}) - ((1.5 * (${usual}) > (${usual}) + 0.02) or ((${usual}) + 0.02))`,
      "<= 0",
      "> 0",
    ),
  ],
  ["latency-p95", [canary, stable, count], measured(`${p95(C, "120s")} / ${p95(S, "120s")}`, "<= 2", "> 2")],
  [
    "latency-p95-history",
    [canary, stable, { name: "history", value: "3600s" }, count],
    measured(`${p95(C, "120s")} / ${p95(S, "{{args.history}}")}`, "<= 2", "> 2"),
  ],
  [
    "latency-p99",
    [canary, count],
    measured(
      String.raw`sum(rate(istio_request_duration_milliseconds_bucket{${C},le=~"500(\\.0)?"}[120s])) / sum(rate(istio_request_duration_milliseconds_count{${C}}[120s]))`,
      ">= 0.99",
      "< 0.99",
    ),
  ],
  [
    "error-baseline",
    [canary, stable, count],
    measured(`(${share(C, "5..", "300s")}) - clamp_min(1.2 * (${share(S, "5..", "300s")}), 0.0025)`, "<= 0", "> 0"),
  ],
  [
    "request-volume",
    [canary, { name: "minimum-requests", value: "500" }],
    {
      interval: "15s",
      count: 21,
      failureLimit: 20,
      consecutiveErrorLimit: 30,
      consecutiveSuccessLimit: 1,
      successCondition: known(">= {{args.minimum-requests}}"),
      failureCondition: known("< {{args.minimum-requests}}"),
      provider: {
        prometheus: {
          address: settings.prometheusAddress,
          query: `sum(increase(istio_requests_total{${C}}[120s])) or vector(0)`,
        },
      },
    },
  ],
  [
    "error-tripwire",
    [canary],
    {
      interval: "30s",
      failureLimit: 1,
      consecutiveErrorLimit: 30,
      successCondition: "len(result) == 0 || isNaN(result[0]) || result[0] <= 0.01",
      failureCondition: known("> 0.01"),
      provider: { prometheus: { address: settings.prometheusAddress, query: share(C, "5..", "60s") } },
    },
  ],
];

test.each(whole)("%s", (name, args, metric) => {
  expect(analysisTemplates(settings).find(({ metadata }) => metadata.name === name)).toEqual({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ClusterAnalysisTemplate",
    metadata: { name },
    spec: { args, metrics: [{ name, ...metric }] },
  });
});

test("the smoke test of the cluster takes its image, host, path and gateway as arguments", () => {
  const found = analysisTemplates(settings).find(({ metadata }) => metadata.name === "smoke");
  expect(found?.spec.args).toEqual([
    { name: "image" },
    { name: "host" },
    { name: "path", value: "/" },
    { name: "gateway", value: "http://gateway" },
  ]);
  expect(found?.spec.metrics[0]?.provider).toMatchObject({
    job: {
      spec: {
        template: {
          spec: {
            containers: [
              {
                image: "{{args.image}}",
                command: [
                  ...["curl", "--fail", "--silent", "--show-error", "--max-time", "10"],
                  ...["--header", "Host: {{args.host}}", "--header", "x-preview: true"],
                  "{{args.gateway}}{{args.path}}",
                ],
              },
            ],
          },
        },
      },
    },
  });
});

test("what a rollout must give each gate is what has no value", () => {
  const required = gateArguments().filter(({ isRequired }) => isRequired);
  const both = ["error-baseline", "latency-p95", "latency-p95-history", "rejection-ratio"];
  const one = ["error-ratio", "error-tripwire", "latency-p99", "request-volume"];
  const canaries = [...both, ...one, "server-error-ratio", "server-error-ratio-strict"];
  expect(required.map(({ template, argument }) => `${template}: ${argument}`).sort()).toEqual(
    [
      ...canaries.map((name) => `${name}: canary-service`),
      ...both.map((name) => `${name}: stable-service`),
      "smoke: host",
      "smoke: image",
    ].sort(),
  );
  expect(gateArguments().length - required.length).toBe(12);
});
