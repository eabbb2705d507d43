/** Cases of analysis-strength: jobs whose commands decide, and queries whose answers are bounded. */
import { analysisTemplate, but } from "../../../support/fixtures";
import { given, type Spec } from "../../../support/spec";

const metric = "spec.metrics.0";
const job = (...commands: readonly (readonly string[])[]) =>
  given(
    but(analysisTemplate, {
      [metric]: {
        name: "smoke",
        provider: {
          job: {
            spec: {
              backoffLimit: 0,
              activeDeadlineSeconds: 60,
              template: {
                spec: {
                  restartPolicy: "Never",
                  containers: commands.map(([command, ...args], place) => ({
                    name: `test-${place}`,
                    ...(command === undefined ? {} : { command: [command] }),
                    args,
                  })),
                },
              },
            },
          },
        },
      },
    }),
  );
const calling = (web: object) =>
  given(
    but(analysisTemplate, {
      [`${metric}.provider`]: { web: { jsonPath: "{$.ok}", ...web } },
      [`${metric}.successCondition`]: "result == true",
      [`${metric}.failureCondition`]: "result == false",
    }),
  );
const shell = (script: string): readonly string[] => ["sh", "-c", script];
const querying = (query: string, condition = "len(result) > 0 && !isNaN(result[0]) && result[0] >= 0.99") =>
  given(
    but(analysisTemplate, {
      [`${metric}.provider.prometheus.query`]: query,
      [`${metric}.successCondition`]: condition,
      [`${metric}.failureCondition`]: `!(${condition})`,
    }),
  );
const canary = 'destination_service_name="{{args.canary}}"';
const datadog = (query: string) =>
  given(
    but(analysisTemplate, {
      [`${metric}.provider`]: { datadog: { query } },
      [`${metric}.successCondition`]: "default(result, 0) >= 0.99",
      [`${metric}.failureCondition`]: "default(result, 0) < 0.99",
    }),
  );
const ratio = "sum(rate(ok[1m])) / sum(rate(all[1m]))";

/** Cases of analysis-strength: what a job and a query can say. */
export const analysisCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a job's command fails": job(["curl", "--fail", "http://shop-canary/ready"]),
    "the image's own command": job([]),
    "the first failure ends the script": job(shell("set -e; curl -f http://shop-canary/ready; echo ready")),
    "what looks at the answer decides": job(shell("curl -s http://shop-canary/ready | grep -q ready")),
    "a pipe that fails as a whole": job(shell("set -o pipefail; curl -f http://shop-canary/ready | tee /tmp/answer")),
    "one of two containers can fail": job(shell("true"), ["curl", "-sf", "http://shop-canary/ready"]),
    "a bound far from the threshold": querying(`clamp_min(${ratio}, 0)`),
    "a largest value below which there is room": querying(`clamp_max(${ratio}, 1)`),
    "a query about the canary": querying(
      `sum(rate(istio_requests_total{${canary},response_code!~"5.*"}[2m])) / sum(rate(istio_requests_total{${canary}}[2m]))`,
    ),
    "a label that an argument writes": querying("sum by (le) (rate(http_requests_total{{args.labels}}[2m]))"),
    "series of the application's own, and a recorded one": querying(
      "shop_orders_total / on (pod) job:http_requests:rate2m offset 5m",
    ),
    "one scope of Datadog": datadog("sum:requests.errors{service:shop-canary}.as_count() / sum:requests{*}.as_count()"),
    "a gate over plain HTTP inside of the cluster, and the whole of its answer": given(
      but(analysisTemplate, {
        [`${metric}.provider`]: { web: { url: "http://checks.shop.svc/ready", insecure: true } },
        [`${metric}.successCondition`]: "result",
        [`${metric}.failureCondition`]: "!(result)",
      }),
    ),
    "sources whose certificates are checked": calling({ url: "https://checks.example.com/ready", insecure: false }),
  },
  bad: {
    "a source whose certificate nobody checks": calling({ url: "https://checks.example.com/ready", insecure: true }),
    "a Prometheus whose certificate nobody checks": given(
      but(analysisTemplate, {
        [`${metric}.provider.prometheus.address`]: "https://prometheus.example.com",
        [`${metric}.provider.prometheus.insecure`]: true,
      }),
    ),
    "a query about everything": querying("up"),
    "a query about every answer": querying(
      'sum by (code) (rate(istio_requests_total{reporter="destination",response_code!~"5.*"}[2m])) / ignoring (code) sum(rate(istio_requests_total{app=~".+"}[2m]))',
    ),
    "every scope of Datadog": datadog("avg:requests.success.rate{*} by {host}"),
    "a job that ends with exit 0": job(shell("curl -f http://shop-canary/ready; exit 0")),
    "a job whose pipe ends in tee": job(shell("curl -f http://shop-canary/ready | tee /tmp/answer")),
    "a job that answers yes otherwise": job(shell("curl -f http://shop-canary/ready || true")),
    "curl that takes every answer": job(["curl", "-s", "http://shop-canary/ready"]),
    "curl that takes every answer, in a shell": job(shell("sleep 5; curl -sS http://shop-canary/ready"), shell("true")),
    "an answer of at least the threshold": querying(`clamp_min(${ratio}, 1)`),
    "an answer of at most the threshold": querying("clamp_max(errors, 0.01)", "len(result) > 0 && result[0] <= 0.01"),
    "an answer that is written down": querying("vector(1)"),
    "a number instead of nothing, in brackets": querying(`(${ratio}) or on() (vector(1))`),
    "the absence of data as success": querying(`${ratio} or absent(ok)`),
  },
};
