/** Numbers of the traffic layer: the load balancer, its target groups, the gateway behind them and the records in front. */
import { byDefault, choice, hardLimit, limits } from "./limit";

const ALB_GUIDE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html";
const TARGET_GROUP_GUIDE =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html";
const HEALTH_CHECK_GUIDE =
  "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html";
const ROUTE53_HEALTH_CHECK_API = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html";

/** Load balancer, listeners and target groups. */
export const trafficLimits = limits("2026-11-21", {
  httpPort: byDefault(80, "port", {
    source: "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.1",
    reason: "Browsers try plain HTTP here first; the listener only sends them on to HTTPS.",
  }),
  httpsPort: byDefault(443, "port", {
    source: "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.2",
    reason: "The default port of https URLs.",
  }),
  redirectStatus: choice(301, "HTTP status", {
    source: "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.2",
    reason: "Permanent, so that browsers stop requests over plain HTTP.",
  }),
  albZones: hardLimit(2, "count", {
    source: ALB_GUIDE,
    reason: "AWS refuses an Application Load Balancer in fewer availability zones.",
  }),
  albIdleTimeout: choice(60, "seconds", {
    source: ALB_GUIDE,
    reason: "Must stay below the gateway's own idle timeout, or the load balancer reuses a closed connection: 502.",
  }),
  gatewayIdleTimeout: choice(3600, "seconds", {
    source:
      "https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/core/v3/protocol.proto#config-core-v3-httpprotocoloptions",
    reason: "Envoy's default for downstream connections; it outlives `albIdleTimeout`.",
  }),
  appIdleTimeout: choice(30, "seconds", {
    source: "https://istio.io/latest/docs/reference/config/networking/destination-rule/",
    reason: "How long the gateway keeps an idle connection to an application, where a DestinationRule sets it.",
  }),
  appKeepAlive: choice(65, "seconds", {
    source: ALB_GUIDE,
    reason:
      "How long an application's server keeps an idle connection: longer than its caller, the gateway (`appIdleTimeout`).",
  }),
  gatewayPort: choice(80, "port", {
    source: "https://istio.io/latest/docs/setup/additional-setup/gateway/",
    reason: "TLS ends at the load balancer; the gateway's Service and pods listen for plain HTTP/1.1 here.",
  }),
  gatewayHealthPort: hardLimit(15021, "port", {
    source: "https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio",
    reason: "Istio's proxies serve readiness on this port only.",
  }),
  healthCheckInterval: choice(5, "seconds", {
    source: HEALTH_CHECK_GUIDE,
    reason: "AWS's default of 30 s keeps a dead gateway pod in rotation for over a minute.",
  }),
  healthCheckTimeout: choice(2, "seconds", {
    source: HEALTH_CHECK_GUIDE,
    reason: "Shorter than the interval; the default of 5 s would overlap with the next check.",
  }),
  healthyThreshold: choice(2, "count", {
    source: HEALTH_CHECK_GUIDE,
    reason: "AWS's least; a new target needs one pass, a recovered one needs two.",
  }),
  unhealthyThreshold: choice(2, "count", {
    source: HEALTH_CHECK_GUIDE,
    reason: "AWS's least; one lost check alone takes nothing out of rotation.",
  }),
  healthyStatus: choice(200, "HTTP status", {
    source: HEALTH_CHECK_GUIDE,
    reason: "The proxy returns 200 when ready and 503 when not; nothing else counts as healthy.",
  }),
  standbyStatus: choice(503, "HTTP status", {
    source:
      "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html",
    reason: "What a leg that stands by returns to Route 53, which counts every status of 400 and more as unhealthy.",
    checked: "2026-11-30",
  }),
  deregistrationDelay: choice(30, "seconds", {
    source: TARGET_GROUP_GUIDE,
    reason: "First of the drain numbers: it must end before the gateway's preStop, or connections close early: 5xx.",
  }),
  slowStart: choice(0, "seconds", {
    source: TARGET_GROUP_GUIDE,
    reason: "Off: proxies need no warm-up, and a ramp would hold a new gateway pod back during a shift.",
  }),
  accessLogRetention: choice(90, "days", {
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
    reason: "Long enough to look back over a quarter; environments may set their own.",
  }),
  tgbRequeue: choice(5, "seconds", {
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/deploy/configurations.md",
    reason: "How often the controller polls target health for a readiness gate; its default of 15 s slows every roll.",
  }),
  recordHealthInterval: choice(10, "seconds", {
    source: ROUTE53_HEALTH_CHECK_API,
    reason: "The fast of the two that Route 53 offers (10 or 30); it cannot be changed later without a replacement.",
  }),
  recordFailureThreshold: choice(3, "count", {
    source: ROUTE53_HEALTH_CHECK_API,
    reason:
      "30 s of failures before the other region serves; fewer would fail over on a single lost minute of a checker.",
  }),
  gatewayPreStop: choice(40, "seconds", {
    source: "https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366",
    reason:
      "Second of the drain numbers: the load balancer sends to a draining target for up to 19 s, and deregisters for 30.",
  }),
  gatewayTerminationDrain: choice(30, "seconds", {
    source: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig",
    reason: "Third: how long the proxy finishes requests after preStop; Istio's own default of 5 s cuts long ones.",
  }),
  gatewayGrace: choice(90, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
    reason: "Last: preStop and drain together take 70 s; a pod still there at the end is killed with its connections.",
  }),
  gatewayTrustedProxies: choice(1, "count", {
    source: "https://istio.io/latest/docs/ops/configuration/traffic-management/network-topologies/",
    reason:
      "The load balancer alone stands before the gateway. With 0 applications get http and its address; CloudFront makes it 2.",
    checked: "2026-11-29",
  }),
  gatewayReplicas: choice(3, "count", {
    source: "https://docs.aws.amazon.com/eks/latest/best-practices/application.html",
    reason: "One in each of three zones; the loss of a zone leaves two.",
  }),
  gatewayMinReady: choice(15, "seconds", {
    source: HEALTH_CHECK_GUIDE,
    reason:
      "Longer than two health checks and one look of the controller: the next pod goes only when this one serves.",
  }),
});
