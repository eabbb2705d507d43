/** The alerts: each can be acted on, and those about releases page in time. */
import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { alertRule, runbookPath } from "../../../components/observability/alert";
import { alertGroups, alerts } from "../../../components/observability/alerts";
import { databaseAlarmNames } from "../../../components/observability/database-alarms";
import { frontDoorAlarmNames } from "../../../components/observability/front-door-alarms";
import { alertmanagerConfig } from "../../../components/observability/on-call";
import { pagePath, secondsToPage } from "./page-path";

const root = path.join(__dirname, "../../..");
const each = alerts.map((alert) => [alert.name, alert] as const);
const named = (name: string) => {
  const found = alerts.find((alert) => alert.name === name);
  if (found === undefined) throw new Error(`no alert ${name}`);
  return found;
};

interface Values {
  readonly prometheus: { readonly prometheusSpec: Readonly<Record<string, unknown>> };
}

describe("the way to a page", () => {
  const release = each.filter(([, { release }]) => release);

  test("these notice a bad release", () => {
    expect(release.map(([name]) => name)).toEqual([
      "ReleaseErrorRatio",
      "ReleaseLatency",
      "RolloutDegraded",
      "GatewayDown",
    ]);
  });

  test.each(release)("%s pages within 90 seconds of the first bad response", (_name, alert) => {
    expect(alert.severity).toBe("critical");
    expect(secondsToPage(alert)).toBeLessThanOrEqual(90);
  });

  test("is this long, part by part", () => {
    expect(pagePath(named("ReleaseErrorRatio"))).toEqual({
      scrape: 15,
      window: 45,
      evaluation: 15,
      holds: 0,
      group: 10,
    });
    expect(secondsToPage(named("ReleaseErrorRatio"))).toBe(85);
    expect(secondsToPage(named("GatewayDown"))).toBe(70);
    expect(secondsToPage(named("RolloutDegraded"))).toBe(70);
  });

  test("is not shorter than it is: a rule is looked at only every 15 seconds", () => {
    const holds = { ...named("GatewayDown").holds, value: 16 };
    expect(pagePath({ ...named("GatewayDown"), holds }).holds).toBe(30);
  });

  test.each(["kube-prometheus-stack.yaml"])("%s scrapes and evaluates as often as the sum says", (file) => {
    const text = fs.readFileSync(path.join(root, "components/observability/values", file), "utf8");
    const { prometheusSpec } = (parse(text) as Values).prometheus;
    const { scrape, evaluation } = pagePath(named("ReleaseErrorRatio"));
    expect(prometheusSpec["scrapeInterval"]).toBe(`${scrape}s`);
    expect(prometheusSpec["evaluationInterval"]).toBe(`${evaluation}s`);
  });

  test("Alertmanager waits no longer than the sum says, for the first incident and for the next of the same group", () => {
    const { route } = alertmanagerConfig({ tool: "webhook", secretName: "on-call", secretKey: "url" });
    const critical = route.routes.find(({ matchers }) => matchers.includes('severity="critical"'));
    const { group } = pagePath(named("ReleaseErrorRatio"));
    expect(critical).toMatchObject({ group_wait: "5s", group_interval: "10s" });
    expect(group).toBe(10);
  });
});

describe("what they ask", () => {
  const by = "sum by (destination_service_name, destination_service_namespace)";
  const rate = (metric: string, more = "") => `${by} (rate(${metric}{reporter="source"${more}}[45s]))`;

  test("error ratio: of each version, where there are enough requests to judge by", () => {
    expect(named("ReleaseErrorRatio").expr).toBe(
      `(${rate("istio_requests_total", ',response_code=~"5.."')} / ${rate("istio_requests_total")}) > 0.05` +
        ` and ${rate("istio_requests_total")} >= 1`,
    );
  });

  test("latency: the share beyond the gate's own bound", () => {
    expect(named("ReleaseLatency").expr).toBe(
      `(1 - ${rate("istio_request_duration_milliseconds_bucket", ',le=~"500(\\\\.0)?"')} / ` +
        `${rate("istio_request_duration_milliseconds_count")}) > 0.05 and ${rate("istio_requests_total")} >= 1`,
    );
  });

  test("rollouts by their own namespace: `namespace` is that of the controller, whose monitor keeps no labels", () => {
    for (const name of ["RolloutDegraded", "RolloutPaused", "ReplicasUnavailable"]) {
      expect(named(name).expr).toContain("by (exported_namespace, name)");
      expect(named(name).summary).toContain("{{ $labels.exported_namespace }}/{{ $labels.name }}");
    }
  });

  test("sustained errors: a share of requests that is more than an accident", () => {
    const failed = 'istio_requests_total{reporter="source",response_code=~"5.."}';
    expect(named("SustainedErrorRatio").expr).toBe(
      `(${by} (rate(${failed}[300s])) / ${by} (rate(istio_requests_total{reporter="source"}[300s]))) > 0.01` +
        ` and ${by} (increase(${failed}[300s])) >= 3`,
    );
  });

  test("no gateway at all is an outage and not silence", () => {
    expect(named("GatewayDown").expr).toBe('(sum(up{job="istio-ingress/istio-ingress"}) or vector(0)) == 0');
  });
});

describe("every alert", () => {
  test("has a name of its own", () => {
    expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
    expect(Object.values(alertGroups).flat()).toEqual(alerts);
  });

  test.each(each)("%s looks back over the range that its sum counts", (_name, { expr, window }) => {
    const ranges = [...expr.matchAll(/\[(\d+)s\]/g)].map(([, seconds]) => Number(seconds));
    expect([...new Set(ranges)]).toEqual(window === undefined ? [] : [window.value]);
  });

  test.each(each)("%s names no bucket by a number: Prometheus 3 stores 500 as 500.0", (_name, { expr }) => {
    expect(expr).not.toMatch(/\ble="/);
  });

  test.each(each)("%s has balanced brackets", (_name, { expr }) => {
    for (const [open, close] of ["()", "{}", "[]"].map((pair) => [...pair]))
      expect(expr.split(open ?? "").length).toBe(expr.split(close ?? "").length);
  });

  test("as Prometheus takes it", () => {
    expect(alertRule(named("NodeNotReady"), "https://example.com/blob/main")).toEqual({
      alert: "NodeNotReady",
      expr: 'max by (node) (kube_node_status_condition{condition="Ready",status=~"false|unknown"}) == 1',
      for: "120s",
      labels: { severity: "warning", team: "platform" },
      annotations: {
        summary: "Node {{ $labels.node }} does not answer; its pods are moved five minutes after it stopped",
        runbook_url: "https://example.com/blob/main/docs/runbooks/node-not-ready.md",
      },
    });
  });
});

describe("an alert on the binding of target groups", () => {
  const values = parse(
    fs.readFileSync(path.join(root, "components/cluster/values/aws-load-balancer-controller.yaml"), "utf8"),
  ) as Readonly<Record<string, unknown>>;

  test("looks back over several attempts of the controller, and stays while it starts anew", () => {
    const attempts = Number.parseInt(String(values["targetgroupbindingMaxExponentialBackoffDelay"]), 10);
    const { window, holds, keepsFiring } = named("TargetGroupBindingFailing");
    expect(attempts).toBe(60);
    expect(window?.value).toBeGreaterThanOrEqual(3 * attempts);
    expect(alertRule(named("TargetGroupBindingFailing"), "https://x")).toMatchObject({
      for: `${holds.value}s`,
      keep_firing_for: `${keepsFiring?.value}s`,
    });
  });
});

describe("runbooks", () => {
  const names = [...alerts.map(({ name }) => name), ...frontDoorAlarmNames, ...databaseAlarmNames];

  test.each(names)("%s has one, which says what it means, what to do and when it is over", (name) => {
    const text = fs.readFileSync(path.join(root, runbookPath({ name })), "utf8");
    expect(text.split("\n")[0]).toBe(`# ${name}`);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      "What it means",
      "What to do",
      "Done when",
    ]);
    expect(text).toMatch(/^1\. .{20,}$/m);
  });

  test.each(each)("%s has the severity that its runbook says", (name, { severity }) => {
    expect(fs.readFileSync(path.join(root, runbookPath({ name })), "utf8")).toContain(`Severity: ${severity}.`);
  });

  test("that move all traffic give the reason without which the program refuses it, and a way past a dead cluster", () => {
    const texts = each.map(([name]) => fs.readFileSync(path.join(root, runbookPath({ name })), "utf8"));
    const moving = [...texts, fs.readFileSync(path.join(root, "docs/runbooks/target-group-empty.md"), "utf8")].filter(
      (text) => text.includes("`weights`"),
    );
    expect(moving).toHaveLength(2);
    for (const text of moving) {
      expect(text).toContain("`shiftReason: { weights: { blue: ..., green: ... }, reason:");
      expect(text).toContain("--target '**::front-door-weights-rule'");
      expect(text).toContain("`stacks/environments/<environment>.ts`");
    }
  });
});
