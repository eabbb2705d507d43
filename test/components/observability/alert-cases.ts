/** When each alert must fire and when not: the series, and the moments asked. Scrapes are 15 seconds apart. */
import type { InputSeries } from "../../support/promtool";
import { series, seriesOf, steady, type Traffic } from "../../support/synthetic-series";

/** A title, the series, and whether the alert fires at each of the moments. */
export type AlertCase = readonly [
  title: string,
  series: readonly InputSeries[],
  fires: Readonly<Record<string, boolean>>,
];

/** Half an hour and a bit. */
const LAST = 140;
const canary = (traffic: Partial<Traffic>): readonly InputSeries[] => seriesOf({ service: "canary", ...traffic }, LAST);
const between = (from: number, until: number, failed: number) => (at: number) =>
  at >= from && at < until ? failed : 0;
const every = (failed: number) => () => failed;
const slow = (of1000: number): Partial<Traffic> => ({
  times: [
    [100, 1000 - of1000],
    [700, of1000],
  ],
});

/** The same value all the time, or what `values` says. */
function gauge(name: string, labels: Readonly<Record<string, string>>, values: readonly number[] | number) {
  return series(name, labels, typeof values === "number" ? steady(values, LAST) : values);
}

const rollout = (phase: string, values: readonly number[] | number) =>
  gauge("rollout_info", { namespace: "argo-rollouts", exported_namespace: "shop", name: "shop", phase }, values);
const up = (pod: string, value: number) => gauge("up", { job: "istio-ingress/istio-ingress", pod }, value);
const gateway = (available: number, expected: number) => {
  const labels = { namespace: "istio-ingress", deployment: "istio-ingress" };
  return [
    gauge("kube_deployment_status_replicas_available", labels, available),
    gauge("kube_deployment_spec_replicas", labels, expected),
  ];
};
const budget = (field: string, value: number) =>
  gauge(`kube_poddisruptionbudget_${field}`, { namespace: "shop", poddisruptionbudget: "shop" }, value);

const SCRAPES_PER_MINUTE = 4;
const FIRST_RETRY_SECONDS = 0.005;

/**
 * Errors of the load balancer controller, which tries again after 5 ms, 10 ms, 20 ms and so on up to `longest` seconds,
 * scraped once a minute, as its monitor does.
 */
export function bindingErrors(longest: number, minutes: number, until = Infinity, restart = Infinity): InputSeries {
  const attempts: number[] = [];
  let wait = FIRST_RETRY_SECONDS;
  for (let at = 60; at < Math.min(minutes * 60, until); at += wait) {
    attempts.push(at);
    wait = at < restart && at + wait >= restart ? FIRST_RETRY_SECONDS : Math.min(2 * wait, longest);
  }
  const samples = Array.from({ length: minutes * SCRAPES_PER_MINUTE + 1 }, (_, scrape) => {
    const now = scrape * 15;
    if (scrape % SCRAPES_PER_MINUTE !== 0) return "_" as const;
    return attempts.filter((at) => at <= now && (now < restart || at >= restart)).length;
  });
  const labels = { controller: "targetGroupBinding", error_category: "unknown", namespace: "kube-system" };
  return series("awslbc_controller_reconcile_errors_total", labels, samples);
}

/** By alert. */
export const alertCases: Readonly<Record<string, readonly AlertCase[]>> = {
  ReleaseErrorRatio: [
    ["nothing is served", [], { "10m": false }],
    ["no failure", canary({}), { "10m": false }],
    ["just below 5%", canary({ failing: every(49) }), { "10m": false }],
    ["just above 5%", canary({ failing: every(51) }), { "10m": true }],
    ["too few requests to judge by", canary({ requests: 14, failing: every(14) }), { "10m": false }],
    ["just enough", canary({ requests: 16, failing: every(16) }), { "10m": true }],
    ["a gateway pod that counts anew", canary({ reset: 39 }), { "10m": false }],
    ["NaN", canary({ failing: every(60), nan: true }), { "10m": false }],
    [
      "an incident of two minutes: in time, and one page",
      canary({ failing: (at) => (at === 2 ? 1 : between(20, 28, 900)(at)) }),
      { "4m45s": false, "5m15s": true, "8m45s": true, "12m": false },
    ],
  ],
  ReleaseLatency: [
    ["nothing is served", [], { "10m": false }],
    ["just below 5% slower than 500 ms", canary(slow(49)), { "10m": false }],
    ["just above", canary(slow(51)), { "10m": true }],
    ["le as Prometheus 2 kept it", canary({ ...slow(51), major: 2 }), { "10m": true }],
    ["a gateway pod that counts anew", canary({ ...slow(10), reset: 39 }), { "10m": false }],
  ],
  RolloutDegraded: [
    ["no rollout", [], { "10m": false }],
    ["healthy", [rollout("Healthy", 1), rollout("Degraded", 0)], { "10m": false }],
    ["degraded", [rollout("Degraded", 1)], { "1m": true }],
    [
      "for one scrape, as when the old pods of a good release go",
      [
        rollout(
          "Degraded",
          steady(0, LAST).map((zero, at) => (at === 20 ? 1 : zero)),
        ),
      ],
      { "5m": false, "5m15s": false, "5m30s": false, "6m": false },
    ],
  ],
  RolloutPaused: [
    ["paused by its own step", [rollout("Paused", 1)], { "29m": false, "31m": true }],
    ["going on", [rollout("Progressing", 1), rollout("Paused", 0)], { "31m": false }],
  ],
  SustainedErrorRatio: [
    ["nothing is served", [], { "20m": false }],
    ["just below 1%", canary({ failing: every(9) }), { "20m": false }],
    ["just above 1%", canary({ failing: every(11) }), { "20m": true }],
    [
      "one failed request in a quiet service",
      canary({ requests: 2, failing: (at) => Number(at === 2 || at === 60) }),
      { "15m15s": false, "17m45s": false, "20m": false },
    ],
    ["a quiet service that only fails", canary({ requests: 2, failing: every(2) }), { "20m": true }],
    ["a burst of seconds", canary({ failing: (at) => (at === 2 ? 1 : between(40, 41, 40)(at)) }), { "12m": false }],
  ],
  ReplicasUnavailable: [
    [
      "none",
      [gauge("rollout_info_replicas_unavailable", { exported_namespace: "shop", name: "shop" }, 0)],
      { "11m": false },
    ],
    [
      "one",
      [gauge("rollout_info_replicas_unavailable", { exported_namespace: "shop", name: "shop" }, 1)],
      { "9m": false, "11m": true },
    ],
  ],
  GatewayDown: [
    ["no target at all", [], { "15s": false, "1m": true }],
    ["both down", [up("a", 0), up("b", 0)], { "1m": true }],
    ["one of two down", [up("a", 0), up("b", 1)], { "1m": false }],
  ],
  GatewayReplicasLow: [
    ["one of three", gateway(1, 3), { "15s": false, "1m": true }],
    ["two of three", gateway(2, 3), { "1m": false }],
    ["dev's only one", gateway(1, 1), { "1m": false }],
    ["no series", [], { "1m": false }],
  ],
  TargetGroupBindingFailing: [
    ["no error", [], { "12m": false }],
    ["one throttled call", [bindingErrors(60, 30, 61)], { "7m": false, "12m": false }],
    [
      "a permanent fault",
      [bindingErrors(60, 100)],
      { "5m": false, "12m": true, "30m": true, "60m": true, "99m": true },
    ],
    [
      "and the controller starts anew",
      [bindingErrors(60, 100, Infinity, 3000)],
      { "49m": true, "51m": true, "58m": true, "70m": true },
    ],
    ["a fault that is over", [bindingErrors(60, 100, 1800)], { "30m": true, "40m": true, "55m": false }],
  ],
  NodeNotReady: [
    [
      "ready",
      [gauge("kube_node_status_condition", { node: "n", condition: "Ready", status: "unknown" }, 0)],
      { "3m": false },
    ],
    [
      "silent",
      [gauge("kube_node_status_condition", { node: "n", condition: "Ready", status: "unknown" }, 1)],
      { "1m": false, "3m": true },
    ],
  ],
  DisruptionBudgetViolated: [
    ["as promised", [budget("status_current_healthy", 2), budget("status_desired_healthy", 2)], { "6m": false }],
    [
      "one too few",
      [budget("status_current_healthy", 1), budget("status_desired_healthy", 2)],
      { "4m": false, "6m": true },
    ],
  ],
  DrainBlocked: [
    ["one may go", [budget("status_pod_disruptions_allowed", 1), budget("status_expected_pods", 2)], { "16m": false }],
    [
      "none may go",
      [budget("status_pod_disruptions_allowed", 0), budget("status_expected_pods", 2)],
      { "14m": false, "16m": true },
    ],
    [
      "there are no pods",
      [budget("status_pod_disruptions_allowed", 0), budget("status_expected_pods", 0)],
      { "16m": false },
    ],
  ],
  MeshCertificateExpiry: [
    [
      "in 22 days",
      [series("citadel_server_root_cert_expiry_timestamp", {}, steady(22 * 86_400, 260))],
      { "62m": false },
    ],
    [
      "in 20 days",
      [series("citadel_server_root_cert_expiry_timestamp", {}, steady(20 * 86_400, 260))],
      { "58m": false, "62m": true },
    ],
  ],
};
