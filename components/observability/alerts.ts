/** Every alert of the platform. Those about releases rest on the gateway's metrics, so no application has a part in them. */
import { alertLimits } from "../core/limits/alerts";
import { analysisLimits } from "../core/limits/analysis";
import { observabilityLimits } from "../core/limits/observability";
import { bucketAt } from "../core/promql";
import { duration, inSeconds } from "../core/units";
import type { Limit } from "../core/limits/limit";
import type { Alert } from "./alert";

/** Series of one version of one application: each version has a Service of its own behind the gateway. */
const byService = "sum by (destination_service_name, destination_service_namespace)";
const theService = "{{ $labels.destination_service_namespace }}/{{ $labels.destination_service_name }}";

const rate = (metric: string, window: Limit, labels = ""): string =>
  `${byService} (rate(${metric}{reporter="source"${labels}}[${duration(window)}]))`;
const requests = (window: Limit, labels?: string): string => rate("istio_requests_total", window, labels);
const errorRatio = (window: Limit): string => `${requests(window, failed)} / ${requests(window)}`;
const failed = ',response_code=~"5.."';
const busy = `${requests(alertLimits.releaseWindow)} >= ${alertLimits.releaseLeastRate.value}`;

function slowRatio(window: Limit): string {
  const bound = `,${bucketAt(analysisLimits.latencyBound)}`;
  const fast = rate("istio_request_duration_milliseconds_bucket", window, bound);
  return `1 - ${fast} / ${rate("istio_request_duration_milliseconds_count", window)}`;
}

/** Their own namespace: the scrape's target label `namespace` is the controller's. */
const theRollout = "{{ $labels.exported_namespace }}/{{ $labels.name }}";
const rolloutIn = (phase: string): string => `max by (exported_namespace, name) (rollout_info{phase="${phase}"}) > 0`;

/** Alerts on a bad release, and on one that got stuck. */
const releaseAlerts: readonly Alert[] = [
  {
    name: "ReleaseErrorRatio",
    severity: "critical",
    release: true,
    expr: `(${errorRatio(alertLimits.releaseWindow)}) > ${alertLimits.releaseErrorRatio.value} and ${busy}`,
    window: alertLimits.releaseWindow,
    holds: alertLimits.releaseFor,
    keepsFiring: alertLimits.releaseKeepsFiring,
    summary: `${theService}: {{ $value | humanizePercentage }} of requests fail`,
  },
  {
    name: "ReleaseLatency",
    severity: "critical",
    release: true,
    expr: `(${slowRatio(alertLimits.releaseWindow)}) > ${alertLimits.releaseSlowRatio.value} and ${busy}`,
    window: alertLimits.releaseWindow,
    holds: alertLimits.releaseFor,
    keepsFiring: alertLimits.releaseKeepsFiring,
    summary: `${theService}: {{ $value | humanizePercentage }} of requests take longer than ${analysisLimits.latencyBound.value} ms`,
  },
  {
    name: "RolloutDegraded",
    severity: "critical",
    release: true,
    expr: rolloutIn("Degraded"),
    holds: alertLimits.degradedFor,
    summary: `Rollout ${theRollout} was aborted or made no progress`,
  },
  {
    name: "RolloutPaused",
    severity: "warning",
    release: false,
    expr: rolloutIn("Paused"),
    holds: alertLimits.rolloutPausedFor,
    summary: `Rollout ${theRollout} waits for a person: an analysis had no data to decide by`,
  },
  {
    name: "SustainedErrorRatio",
    severity: "warning",
    release: false,
    expr:
      `(${errorRatio(alertLimits.sustainedWindow)}) > ${alertLimits.sustainedErrorRatio.value}` +
      ` and ${byService} (increase(istio_requests_total{reporter="source"${failed}}` +
      `[${duration(alertLimits.sustainedWindow)}])) >= ${alertLimits.sustainedLeastFailures.value}`,
    window: alertLimits.sustainedWindow,
    holds: alertLimits.sustainedFor,
    summary: `${theService}: {{ $value | humanizePercentage }} of requests have failed for minutes`,
  },
  {
    name: "ReplicasUnavailable",
    severity: "warning",
    release: false,
    expr: "max by (exported_namespace, name) (rollout_info_replicas_unavailable) > 0",
    holds: alertLimits.replicasUnavailableFor,
    summary: `Rollout ${theRollout} lacks {{ $value }} of its pods`,
  },
];

/** Alerts that requests cannot reach any application. */
const gatewayAlerts: readonly Alert[] = [
  {
    name: "GatewayDown",
    severity: "critical",
    release: true,
    // No target at all gives no series: that is the worst case, and must not be silence.
    expr: '(sum(up{job="istio-ingress/istio-ingress"}) or vector(0)) == 0',
    holds: alertLimits.gatewayDownFor,
    summary: "No gateway pod of this cluster answers",
  },
  {
    name: "GatewayReplicasLow",
    severity: "critical",
    release: false,
    expr:
      'kube_deployment_status_replicas_available{namespace="istio-ingress",deployment="istio-ingress"}' +
      ` < ${alertLimits.gatewayLeastReplicas.value}` +
      ' and kube_deployment_spec_replicas{namespace="istio-ingress",deployment="istio-ingress"}' +
      ` >= ${alertLimits.gatewayLeastReplicas.value}`,
    holds: alertLimits.gatewayDownFor,
    summary: "Only {{ $value }} gateway pods are available: the next lost node is an outage",
  },
  {
    name: "TargetGroupBindingFailing",
    severity: "critical",
    release: false,
    expr:
      'sum by (controller) (rate(awslbc_controller_reconcile_errors_total{controller=~"(?i)targetgroupbinding"}' +
      `[${duration(alertLimits.bindingErrorsFor)}])) > 0`,
    window: alertLimits.bindingErrorsFor,
    holds: alertLimits.bindingErrorsFor,
    keepsFiring: alertLimits.bindingKeepsFiring,
    summary: "Gateway pods can no longer be registered with the load balancer",
  },
];

/** Alerts that the cluster itself loses its margin. */
const clusterAlerts: readonly Alert[] = [
  {
    name: "NodeNotReady",
    severity: "warning",
    release: false,
    expr: 'max by (node) (kube_node_status_condition{condition="Ready",status=~"false|unknown"}) == 1',
    holds: alertLimits.nodeNotReadyFor,
    summary: "Node {{ $labels.node }} does not answer; its pods are moved five minutes after it stopped",
  },
  {
    name: "DisruptionBudgetViolated",
    severity: "warning",
    release: false,
    expr: "kube_poddisruptionbudget_status_current_healthy < kube_poddisruptionbudget_status_desired_healthy",
    holds: alertLimits.budgetViolatedFor,
    summary: "{{ $labels.namespace }}/{{ $labels.poddisruptionbudget }} has fewer healthy pods than it promises",
  },
  {
    name: "DrainBlocked",
    severity: "warning",
    release: false,
    expr:
      "kube_poddisruptionbudget_status_pod_disruptions_allowed == 0" +
      " and kube_poddisruptionbudget_status_expected_pods > 0",
    holds: alertLimits.drainBlockedFor,
    summary: "{{ $labels.namespace }}/{{ $labels.poddisruptionbudget }} lets no pod go: nodes cannot be drained",
  },
  {
    name: "MeshCertificateExpiry",
    severity: "critical",
    release: false,
    expr: `min(citadel_server_root_cert_expiry_timestamp) - time() < ${inSeconds(observabilityLimits.certificateNotice)}`,
    holds: alertLimits.certificateFor,
    summary: "The root certificate of istiod ends in {{ $value | humanizeDuration }}",
  },
];

/** All alerts by group. */
export const alertGroups: Readonly<Record<string, readonly Alert[]>> = {
  release: releaseAlerts,
  gateway: gatewayAlerts,
  cluster: clusterAlerts,
};

/** All alerts in one list. */
export const alerts: readonly Alert[] = Object.values(alertGroups).flat();
