/** The release gates: what each asks, when it passes, when it fails, and what it does without data. */
import { describe, expect, test } from "vitest";
import { analysisTemplates, gates } from "../../../components/delivery/analysis";
import type { PrometheusMetric } from "../../../components/delivery/analysis-template";
import { analysisLimits } from "../../../components/core/limits/analysis";
import { holds } from "../../support/analysis-run";
import { crdProblems, haveCrds } from "../../support/crds";

const settings = { prometheusAddress: "http://prometheus:9090", gatewayAddress: "http://gateway" };
const templates = analysisTemplates(settings);
const named = (name: string) => {
  const found = templates.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`no gate ${name}`);
  return found;
};
const queried = templates
  .filter(({ metadata }) => metadata.name !== gates.smoke)
  .map((template) => [template.metadata.name, template.spec.metrics[0] as PrometheusMetric] as const);

const C = 'reporter="source",destination_service="{{args.canary-service}}"';
const S = 'reporter="source",destination_service="{{args.stable-service}}"';
const ratio = (service: string, window: string) =>
  `(sum(rate(istio_requests_total{${service},response_code=~"5.."}[${window}])) or vector(0)) / ` +
  `(sum(rate(istio_requests_total{${service}}[${window}])) > 0)`;
const p95 = (service: string, window = "120s") =>
  "(clamp_min(histogram_quantile(0.95, sum by (le) " +
  `(rate(istio_request_duration_milliseconds_bucket{${service}}[${window}]))), 2)` +
  ` and sum(rate(istio_request_duration_milliseconds_count{${service}}[${window}])) > 0)`;
const data = "len(result) > 0 && !isNaN(result[0])";

describe("the gates", () => {
  test("every name has its template, and every template its name", () => {
    expect(templates.map(({ metadata }) => metadata.name).sort()).toEqual(Object.values(gates).sort());
  });

  test("the whole of one", () => {
    expect(named("server-error-ratio")).toEqual({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "ClusterAnalysisTemplate",
      metadata: { name: "server-error-ratio" },
      spec: {
        args: [{ name: "canary-service" }, { name: "count", value: "4" }],
        metrics: [
          {
            name: "server-error-ratio",
            initialDelay: "45s",
            interval: "30s",
            count: 120,
            failureLimit: 0,
            inconclusiveLimit: 6,
            consecutiveErrorLimit: 30,
            consecutiveSuccessLimit: "{{args.count}}",
            successCondition: `${data} && result[0] <= 0.005`,
            failureCondition: `${data} && result[0] > 0.005`,
            provider: { prometheus: { address: "http://prometheus:9090", query: ratio(C, "300s") } },
          },
        ],
      },
    });
  });

  test.each([
    [
      "error-ratio",
      `min_over_time((${ratio(C, "60s")})[120s:15s]) and count_over_time((${ratio(C, "60s")})[120s:15s]) >= 8`,
      "<= 0.01",
      "> 0.01",
    ],
    ["server-error-ratio", ratio(C, "300s"), "<= 0.005", "> 0.005"],
    ["latency-p95", `${p95(C)} / ${p95(S)}`, "<= 2", "> 2"],
    ["latency-p95-history", `${p95(C)} / ${p95(S, "{{args.history}}")}`, "<= 2", "> 2"],
    [
      "latency-p99",
      `sum(rate(istio_request_duration_milliseconds_bucket{${C},le=~"500(\\\\.0)?"}[120s])) / ` +
        `sum(rate(istio_request_duration_milliseconds_count{${C}}[120s]))`,
      ">= 0.99",
      "< 0.99",
    ],
    ["error-baseline", `(${ratio(C, "300s")}) - clamp_min(1.2 * (${ratio(S, "300s")}), 0.0025)`, "<= 0", "> 0"],
    [
      "request-volume",
      `sum(increase(istio_requests_total{${C}}[120s])) or vector(0)`,
      ">= {{args.minimum-requests}}",
      "< {{args.minimum-requests}}",
    ],
  ])("%s asks for it, passes and fails", (name, query, pass, fail) => {
    const metric = named(name).spec.metrics[0] as PrometheusMetric;
    expect(metric.provider.prometheus).toEqual({ address: "http://prometheus:9090", query });
    expect(metric.successCondition).toBe(`${data} && result[0] ${pass}`);
    expect(metric.failureCondition).toBe(`${data} && result[0] ${fail}`);
  });

  test.each(queried)(
    "%s has both conditions: with none, every measurement would count as a success",
    (_name, metric) => {
      expect(metric.successCondition).not.toBe("");
      expect(metric.failureCondition).toContain(data);
    },
  );

  test.each(queried)("%s has one answer to any number: never both conditions, never neither", (_name, metric) => {
    const successful = metric.successCondition.replaceAll("{{args.minimum-requests}}", "500");
    const failed = metric.failureCondition.replaceAll("{{args.minimum-requests}}", "500");
    for (const value of [-1, 0, 0.004, 0.005, 0.006, 0.01, 0.02, 0.989, 0.99, 1, 2, 2.1, 499, 500, Infinity]) {
      expect(holds(successful, [value]), String(value)).not.toBe(holds(failed, [value]));
    }
    // Without a number nothing fails, and only the tripwire, which never vouches for a release, lets it pass.
    const silent = metric.name === gates.tripwire;
    for (const nothing of [[], [NaN]]) {
      expect(holds(failed, nothing)).toBe(false);
      expect(holds(successful, nothing)).toBe(silent);
    }
  });

  test.each(queried)("%s bears five minutes without an answer from Prometheus", (_name, metric) => {
    expect(metric.consecutiveErrorLimit).toBe(30);
  });

  test.each(queried.filter(([name]) => name !== gates.volume && name !== gates.tripwire))(
    "%s does not look before a rate can have a value",
    (_name, { initialDelay }) => {
      expect(Number.parseInt(initialDelay ?? "0", 10)).toBeGreaterThanOrEqual(45);
    },
  );

  test("no query names a bucket by a number: Prometheus 3 stores 500 as 500.0", () => {
    for (const [name, { provider }] of queried) expect(provider.prometheus.query, name).not.toMatch(/\ble="/);
  });

  test("the fewest requests that a step is judged by may hold one failure, and not two", () => {
    const { baselineFloor, minimumRequests } = analysisLimits;
    expect(1 / minimumRequests.value).toBeLessThan(baselineFloor.value);
    expect(2 / minimumRequests.value).toBeGreaterThan(baselineFloor.value);
  });

  test("two minutes have passed before the two minutes are judged", () => {
    expect((named("error-ratio").spec.metrics[0] as PrometheusMetric).initialDelay).toBe("120s");
  });

  test("the volume gate waits for traffic and then fails closed", () => {
    expect(named("request-volume").spec.args).toEqual([
      { name: "canary-service" },
      { name: "minimum-requests", value: "500" },
    ]);
    expect(named("request-volume").spec.metrics[0]).toMatchObject({
      interval: "15s",
      count: 21,
      failureLimit: 20,
      consecutiveSuccessLimit: 1,
    });
  });

  test("the smoke test runs once, unprivileged, through the gateway, to the version that nobody else gets", () => {
    expect(named("smoke").spec).toEqual({
      args: [
        { name: "image" },
        { name: "host" },
        { name: "path", value: "/" },
        { name: "gateway", value: "http://gateway" },
      ],
      metrics: [
        {
          name: "smoke",
          count: 1,
          failureLimit: 0,
          provider: {
            job: {
              spec: {
                backoffLimit: 0,
                activeDeadlineSeconds: 120,
                ttlSecondsAfterFinished: 3600,
                template: {
                  spec: {
                    restartPolicy: "Never",
                    automountServiceAccountToken: false,
                    securityContext: {
                      runAsNonRoot: true,
                      runAsUser: 65532,
                      seccompProfile: { type: "RuntimeDefault" },
                    },
                    containers: [
                      {
                        name: "smoke",
                        image: "{{args.image}}",
                        command: [
                          "curl",
                          "--fail",
                          "--silent",
                          "--show-error",
                          "--max-time",
                          "10",
                          "--header",
                          "Host: {{args.host}}",
                          "--header",
                          "x-preview: true",
                          "{{args.gateway}}{{args.path}}",
                        ],
                        resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { memory: "64Mi" } },
                        securityContext: {
                          allowPrivilegeEscalation: false,
                          readOnlyRootFilesystem: true,
                          capabilities: { drop: ["ALL"] },
                        },
                      },
                    ],
                  },
                },
              },
            },
          },
        },
      ],
    });
  });

  test.each(templates.map((template) => [template.metadata.name, template] as const))(
    "%s uses no argument that it does not declare, and declares none that it does not use",
    (_name, { spec }) => {
      const used = [...JSON.stringify(spec.metrics).matchAll(/\{\{args\.([a-z-]+)\}\}/g)].map(([, name]) => name);
      expect([...new Set(used)].sort()).toEqual(spec.args.map(({ name }) => name).sort());
    },
  );
});

describe.skipIf(!haveCrds)("against the pinned ClusterAnalysisTemplate", () => {
  test.each(templates.map((template) => [template.metadata.name, template] as const))(
    "%s is valid",
    (_name, object) => {
      expect(crdProblems(object)).toEqual([]);
    },
  );

  test("a misspelt field would be found", () => {
    const template = named("error-ratio");
    const metrics = template.spec.metrics.map((metric) => ({ ...metric, failureLimits: 0 }));
    expect(crdProblems({ ...template, spec: { ...template.spec, metrics } } as typeof template)).toEqual([
      '/spec/metrics/0: must NOT have additional properties {"additionalProperty":"failureLimits"}',
    ]);
  });
});
