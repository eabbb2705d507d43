/** The dashboard to look at during a release: both versions beside each other, with a line where Argo CD synced. */
import { analysisLimits } from "../core/limits/analysis";
import type { Dashboard, Marker, Panel, Query } from "./dashboard";

const chosen = 'reporter="source",destination_service_namespace="$application"';
const version = "destination_service_name";
const range = "[$__rate_interval]";

function rate(metric: string, labels = ""): string {
  return `sum by (${version}) (rate(${metric}{${chosen}${labels}}${range}))`;
}

/** Only where there were requests: of buckets that are NaN a quantile may still be a number. */
function quantile(share: number): Query {
  const answered = `${rate("istio_request_duration_milliseconds_count")} > 0`;
  const buckets = `istio_request_duration_milliseconds_bucket{${chosen}}`;
  return {
    expr: `histogram_quantile(${share}, sum by (le, ${version}) (rate(${buckets}${range}))) and ${answered}`,
    legend: `{{${version}}}`,
  };
}

/** A pod is called `<rollout>-<version>-<five characters>`: without its end it names its version. */
function podsByVersion(inner: string): Query {
  return {
    expr: `sum by (version) (label_replace(${inner}, "version", "$1", "pod", "(.+)-[a-z0-9]{5}"))`,
    legend: "{{version}}",
  };
}

const requests = rate("istio_requests_total");
const failed = rate("istio_requests_total", ',response_code=~"5.."');
const container = '{namespace="$application",container!="",image!=""}';
const share95 = 0.95;
const share99 = 0.99;

const panels: readonly Panel[] = [
  {
    title: "Error ratio by version",
    description:
      "Share of 5xx answers. The release gate ends the release where the red line is crossed for two minutes.",
    unit: "percentunit",
    threshold: analysisLimits.errorRatio.value,
    queries: [
      {
        // A version that never failed has no series of failures: it is a line at zero, not a gap.
        expr: `(${failed} or ${requests} * 0) / ${requests}`,
        legend: `{{${version}}}`,
      },
    ],
  },
  {
    title: "Requests by version",
    description: "Requests per second of each version: whether the weight arrived.",
    unit: "reqps",
    queries: [{ expr: requests, legend: `{{${version}}}` }],
  },
  {
    title: "p95 by version",
    description: "The gate allows the new version twice the serving one's.",
    unit: "ms",
    queries: [quantile(share95)],
  },
  {
    title: "p99 by version",
    description: "The gate's bound is the red line.",
    unit: "ms",
    threshold: analysisLimits.latencyBound.value,
    queries: [quantile(share99)],
  },
  {
    title: "CPU by version",
    description: "Cores that the pods of each version use.",
    unit: "cores",
    queries: [podsByVersion(`rate(container_cpu_usage_seconds_total${container}${range})`)],
  },
  {
    title: "Memory by version",
    description: "Memory that the pods of each version cannot give back.",
    unit: "bytes",
    queries: [podsByVersion(`container_memory_working_set_bytes${container}`)],
  },
];

/**
 * Syncs of the chosen application that ended so. A counter that is new has not increased, so the first sync after Argo CD
 * started is found by its series being new.
 */
function syncs(phases: string): string {
  const counter = `argocd_app_sync_total{name="$application",phase=~"${phases}",dry_run!="true"}`;
  const total = (offset: string): string => `sum by (name, phase) (${counter}${offset})`;
  const grown = `sum by (name, phase) (increase(${counter}[1m])) > 0`;
  return `(${grown}) or (${total("")} unless ${total(" offset 1m")})`;
}

const markers: readonly Marker[] = [
  { name: "Deployed", expr: syncs("Succeeded"), title: "{{name}} synced", color: "blue" },
  { name: "Deployment failed", expr: syncs("Failed|Error"), title: "{{name}}: sync {{phase}}", color: "red" },
];

/** Application, namespace and folder in Git have one name: that is the choice at its head. */
export const deploymentDashboard: Dashboard = {
  uid: "fridayproof-deployment",
  title: "Deployment",
  variables: [
    {
      name: "application",
      label: "Application",
      query: 'label_values(istio_requests_total{reporter="source"}, destination_service_namespace)',
    },
  ],
  markers,
  panels,
};
