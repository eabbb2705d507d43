/** The deployment dashboard: what it shows, in the form that Grafana reads. */
import { describe, expect, test } from "vitest";
import { dashboardJson } from "../../../components/observability/dashboard";
import { deploymentDashboard } from "../../../components/observability/deployment-dashboard";

interface Target {
  readonly expr: string;
}
interface PanelJson {
  readonly id: number;
  readonly title: string;
  readonly gridPos: Readonly<Record<"x" | "y" | "w" | "h", number>>;
  readonly targets: readonly Target[];
}
interface Json {
  readonly panels: readonly PanelJson[];
  readonly annotations: { readonly list: readonly Record<string, unknown>[] };
  readonly templating: { readonly list: readonly Record<string, unknown>[] };
}

const json = dashboardJson(deploymentDashboard) as unknown as Json;
const panel = (title: string) => json.panels.find((each) => each.title === title);
const chosen = 'reporter="source",destination_service_namespace="$application"';

describe("the deployment dashboard", () => {
  test("shows both versions' errors, requests, latency, CPU and memory", () => {
    expect(json.panels.map(({ title }) => title)).toEqual([
      "Error ratio by version",
      "Requests by version",
      "p95 by version",
      "p99 by version",
      "CPU by version",
      "Memory by version",
    ]);
  });

  test("asks the gateway about requests, and the nodes about pods", () => {
    const requests = (more = "") =>
      `sum by (destination_service_name) (rate(istio_requests_total{${chosen}${more}}[$__rate_interval]))`;
    const expressions = json.panels.map(({ targets }) => targets.map(({ expr }) => expr));
    const quantile = (share: number) =>
      `histogram_quantile(${share}, sum by (le, destination_service_name) ` +
      `(rate(istio_request_duration_milliseconds_bucket{${chosen}}[$__rate_interval]))) and ` +
      `sum by (destination_service_name) (rate(istio_request_duration_milliseconds_count{${chosen}}[$__rate_interval])) > 0`;
    const container = '{namespace="$application",container!="",image!=""}';
    const version = (inner: string) =>
      `sum by (version) (label_replace(${inner}, "version", "$1", "pod", "(.+)-[a-z0-9]{5}"))`;
    expect(expressions).toEqual([
      [`(${requests(',response_code=~"5.."')} or ${requests()} * 0) / ${requests()}`],
      [requests()],
      [quantile(0.95)],
      [quantile(0.99)],
      [version(`rate(container_cpu_usage_seconds_total${container}[$__rate_interval])`)],
      [version(`container_memory_working_set_bytes${container}`)],
    ]);
  });

  test("the whole of one panel", () => {
    const datasource = { type: "prometheus", uid: "${datasource}" };
    expect(panel("p99 by version")).toEqual({
      id: 4,
      type: "timeseries",
      title: "p99 by version",
      description: "The gate's bound is the red line.",
      datasource,
      gridPos: { x: 12, y: 8, w: 12, h: 8 },
      targets: [
        {
          refId: "Q1",
          datasource,
          expr: panel("p99 by version")?.targets[0]?.expr,
          legendFormat: "{{destination_service_name}}",
          range: true,
        },
      ],
      fieldConfig: {
        defaults: {
          unit: "ms",
          min: 0,
          thresholds: {
            mode: "absolute",
            steps: [
              { color: "green", value: null },
              { color: "red", value: 500 },
            ],
          },
          custom: { thresholdsStyle: { mode: "line" } },
        },
        overrides: [],
      },
      options: { legend: { displayMode: "table", placement: "bottom", calcs: ["lastNotNull", "max"] } },
    });
  });

  test("draws a line where Argo CD synced, the first sync after its start included", () => {
    const counter = (phases: string) => `argocd_app_sync_total{name="$application",phase=~"${phases}",dry_run!="true"}`;
    const syncs = (phases: string) =>
      `(sum by (name, phase) (increase(${counter(phases)}[1m])) > 0) or ` +
      `(sum by (name, phase) (${counter(phases)}) unless sum by (name, phase) (${counter(phases)} offset 1m))`;
    expect(json.annotations.list.map(({ name, expr }) => [name, expr])).toEqual([
      ["Deployed", syncs("Succeeded")],
      ["Deployment failed", syncs("Failed|Error")],
    ]);
  });

  test("lets one choose data source and application", () => {
    expect(json.templating.list.map(({ name, query }) => [name, query])).toEqual([
      ["datasource", "prometheus"],
      [
        "application",
        {
          query: 'label_values(istio_requests_total{reporter="source"}, destination_service_namespace)',
          refId: "application",
        },
      ],
    ]);
  });

  test("no panel covers another", () => {
    const cells = json.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}/${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(json.panels.map(({ id }) => id)).size).toBe(json.panels.length);
  });
});
