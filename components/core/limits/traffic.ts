/** Numbers of the traffic layer: the load balancer, its target groups, the gateway behind them and the records in front. */
import { limits } from "./limit";

const ALB_GUIDE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html";
const TARGET_GROUP_GUIDE =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html";
const HEALTH_CHECK_GUIDE =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html";
const ROUTE53_HEALTH_CHECK_API = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html";
const checked = "2026-11-21";

/** Load balancer, listeners and target groups. */
export const trafficLimits = limits({
  httpPort: {
    value: 80,
    unit: "port",
    kind: "hard limit",
    source: "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1",
    checked,
    reason: "Browsers try plain HTTP here first; the listener only sends them on to HTTPS.",
  },
  httpsPort: {
    value: 443,
    unit: "port",
    kind: "hard limit",
    source: "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2",
    checked,
    reason: "The default port of https URLs.",
  },
  redirectStatus: {
    value: 301,
    unit: "HTTP status",
    kind: "choice",
    source: "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.2",
    checked,
    reason: "Permanent, so that browsers stop asking over plain HTTP.",
  },
  albZones: {
    value: 2,
    unit: "count",
    kind: "hard limit",
    source: ALB_GUIDE,
    checked,
    reason: "AWS refuses an Application Load Balancer in fewer availability zones.",
  },
  albIdleTimeout: {
    value: 60,
    unit: "seconds",
    kind: "choice",
    source: ALB_GUIDE,
    checked,
    reason: "Must stay below the gateway's own idle timeout, or the load balancer reuses a closed connection: 502.",
  },
  gatewayIdleTimeout: {
    value: 3600,
    unit: "seconds",
    kind: "choice",
    source:
      "https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#config-core-v3-httpprotocoloptions",
    checked,
    reason: "Envoy's default for downstream connections; it outlives the load balancer's 60 s.",
  },
  appIdleTimeout: {
    value: 30,
    unit: "seconds",
    kind: "choice",
    source: "https://istio.io/latest/docs/reference/config/networking/destination-rule/",
    checked,
    reason: "How long the gateway keeps an idle connection to an application, where a DestinationRule says so.",
  },
  appKeepAlive: {
    value: 65,
    unit: "seconds",
    kind: "choice",
    source: ALB_GUIDE,
    checked,
    reason: "How long an application's server keeps an idle connection: longer than whoever calls it.",
  },
  gatewayPort: {
    value: 80,
    unit: "port",
    kind: "choice",
    source: "https://istio.io/latest/docs/setup/additional-setup/gateway/",
    checked,
    reason: "TLS ends at the load balancer; the gateway's Service and pods listen for plain HTTP/1.1 here.",
  },
  gatewayHealthPort: {
    value: 15021,
    unit: "port",
    kind: "hard limit",
    source: "https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio",
    checked,
    reason: "Istio's proxies answer readiness on this port only.",
  },
  healthCheckInterval: {
    value: 5,
    unit: "seconds",
    kind: "choice",
    source: HEALTH_CHECK_GUIDE,
    checked,
    reason: "AWS's default of 30 s keeps a dead gateway pod in rotation for over a minute.",
  },
  healthCheckTimeout: {
    value: 2,
    unit: "seconds",
    kind: "choice",
    source: HEALTH_CHECK_GUIDE,
    checked,
    reason: "Shorter than the interval; the default of 5 s would overlap with the next check.",
  },
  healthyThreshold: {
    value: 2,
    unit: "count",
    kind: "choice",
    source: HEALTH_CHECK_GUIDE,
    checked,
    reason: "AWS's least; a new target needs one pass, a recovered one needs two.",
  },
  unhealthyThreshold: {
    value: 2,
    unit: "count",
    kind: "choice",
    source: HEALTH_CHECK_GUIDE,
    checked,
    reason: "AWS's least; one lost check alone takes nothing out of rotation.",
  },
  healthyStatus: {
    value: 200,
    unit: "HTTP status",
    kind: "choice",
    source: HEALTH_CHECK_GUIDE,
    checked,
    reason: "The proxy answers 200 when ready and 503 when not; nothing else counts as healthy.",
  },
  deregistrationDelay: {
    value: 30,
    unit: "seconds",
    kind: "choice",
    source: TARGET_GROUP_GUIDE,
    checked,
    reason: "First of the drain numbers: it must end before the gateway's preStop, or connections close early: 5xx.",
  },
  slowStart: {
    value: 0,
    unit: "seconds",
    kind: "choice",
    source: TARGET_GROUP_GUIDE,
    checked,
    reason: "Off: proxies need no warm-up, and a ramp would hold a new gateway pod back during a shift.",
  },
  accessLogRetention: {
    value: 90,
    unit: "days",
    kind: "choice",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
    checked,
    reason: "Long enough to look back over a quarter; environments may set their own.",
  },
  tgbRequeue: {
    value: 5,
    unit: "seconds",
    kind: "choice",
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/deploy/configurations.md",
    checked,
    reason:
      "How often the controller looks at target health for a readiness gate; its default of 15 s slows every roll.",
  },
  recordHealthInterval: {
    value: 10,
    unit: "seconds",
    kind: "choice",
    source: ROUTE53_HEALTH_CHECK_API,
    checked,
    reason: "The fast of the two that Route 53 offers (10 or 30); it cannot be changed later without a replacement.",
  },
  recordFailureThreshold: {
    value: 3,
    unit: "count",
    kind: "choice",
    source: ROUTE53_HEALTH_CHECK_API,
    checked,
    reason:
      "30 s of failures before the other region answers; fewer would fail over on a single lost minute of a checker.",
  },
  gatewayPreStop: {
    value: 40,
    unit: "seconds",
    kind: "choice",
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366",
    checked,
    reason:
      "Second of the drain numbers: the load balancer sends to a draining target for up to 19 s, and deregisters for 30.",
  },
  gatewayTerminationDrain: {
    value: 30,
    unit: "seconds",
    kind: "choice",
    source: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig",
    checked,
    reason: "Third: how long the proxy finishes requests after preStop; Istio's own default of 5 s cuts long ones.",
  },
  gatewayGrace: {
    value: 90,
    unit: "seconds",
    kind: "choice",
    source: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
    checked,
    reason: "Last: preStop and drain together take 70 s; a pod still there at the end is killed with its connections.",
  },
  gatewayTrustedProxies: {
    value: 1,
    unit: "count",
    kind: "choice",
    source: "https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/",
    checked: "2026-11-29",
    reason:
      "The load balancer alone stands before the gateway. With 0 applications see http and its address; CloudFront makes it 2.",
  },
  gatewayReplicas: {
    value: 3,
    unit: "count",
    kind: "choice",
    source: "https://docs.aws.amazon.com/eks/latest/best-practices/application.html",
    checked,
    reason: "One in each of three zones; the loss of a zone leaves two.",
  },
  gatewayMinReady: {
    value: 15,
    unit: "seconds",
    kind: "choice",
    source: HEALTH_CHECK_GUIDE,
    checked,
    reason:
      "Longer than two health checks and one look of the controller: the next pod goes only when this one serves.",
  },
});
