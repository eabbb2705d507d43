/** Thresholds that only policy rules need. */
import { byDefault, choice, hardLimit, limits } from "@fridayproof/components/core/limits";

/** Rows by name; every rule's default stands here, its bounds beside the rule. */
export const policyLimits = limits("2026-11-21", {
  publicEndpointWidestPrefix: choice(16, "prefix length", {
    source: "Our choice: an office or a runner pool fits into a /16; environments narrow it to /28",
    reason: "Widest IPv4 block that may reach the public API endpoint",
  }),
  publicEndpointWidestPrefixV6: choice(48, "prefix length", {
    source: "https://www.rfc-editor.org/rfc/rfc6177",
    reason: "Widest IPv6 block that may reach the public API endpoint: what one site receives",
  }),
  replicasAtLeast: choice(2, "count", {
    source: "EKS best practices, Applications, run multiple replicas",
    reason: "Pods a service needs so that the eviction of one is no outage",
  }),
  unavailableByDefault: byDefault(25, "percent", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable",
    reason: "Pods of a Deployment that may be away during a roll when nothing is said; it is rounded down",
  }),
  anyUser: choice(10_001, "count", {
    source: "Our choice: above the ids that distributions give to system users",
    reason: "User of a container in examples of fixes",
  }),
  prestopAtLeast: choice(10, "seconds", {
    source: "istiod propagates endpoints within 10 s (pilot/pkg/bootstrap, debounce max)",
    reason: "Shortest wait before an application pod stops; shorter loses requests still routed to it",
  }),
  appDrain: choice(30, "seconds", {
    source: "EKS best practices, Applications; the longest request an application should serve",
    reason: "Time after preStop in which an application finishes its requests",
  }),
  dnsPort: hardLimit(53, "port", {
    source: "https://www.rfc-editor.org/rfc/rfc1035 (4.2)",
    reason: "Port of the cluster's DNS, over UDP and, for long responses, TCP",
  }),
  graceByDefault: byDefault(30, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
    reason: "What Kubernetes waits before SIGKILL when nothing is said",
  }),
  gatewayDrainByDefault: byDefault(5, "seconds", {
    source: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/",
    reason: "terminationDrainDuration of Istio when nothing is said",
  }),
  meshIdleByDefault: byDefault(3600, "seconds", {
    source: "https://istio.io/latest/docs/reference/config/networking/destination-rule/",
    reason: "Idle timeout of upstream connections when no DestinationRule sets one",
  }),
  albIdleByDefault: byDefault(60, "seconds", {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
    reason: "Idle timeout of an ALB when nothing is said",
  }),
  healthIntervalAtMost: choice(15, "seconds", {
    source: "AWS Load Balancer Controller, annotations, health check interval",
    reason: "Longest health-check interval; failures show only after several intervals",
  }),
  healthIntervalByDefault: byDefault(30, "seconds", {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    reason: "Health-check interval of a target group when nothing is said",
  }),
  healthTimeoutByDefault: byDefault(5, "seconds", {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
    reason: "Health-check timeout of a target group when nothing is said",
  }),
  deregistrationAtLeast: choice(15, "seconds", {
    source: "Our choice: longer than an ALB needs to stop sending to a draining target",
    reason: "Shortest deregistration delay; shorter cuts requests",
  }),
  deregistrationAtMost: choice(120, "seconds", {
    source: "Our choice: a roll of three gateway pods stays within minutes",
    reason: "Longest deregistration delay; longer makes every roll crawl",
  }),
  deregistrationByDefault: byDefault(300, "seconds", {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html",
    reason: "Deregistration delay of a target group when nothing is said",
  }),
  nodesUnavailableAtMost: choice(33, "percent", {
    source: "EKS best practices, Applications: one zone of three",
    reason: "Share of a node group that an upgrade may drain at once",
  }),
  nodesAtLeast: choice(2, "count", {
    source: "EKS best practices, Reliability",
    reason: "Smallest node group: with one node its upgrade is an outage",
  }),
  minorSkewAtMost: choice(2, "count", {
    source: "EKS allows three minors; our choice leaves one for the upgrade itself",
    reason: "Minors that nodes may lag behind their control plane",
  }),
  webhookTimeoutBelow: hardLimit(30, "seconds", {
    source: "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#timeouts",
    reason: "Longest webhook timeout: at this value one dead webhook holds every request until the API gives up",
  }),
  webhookTimeoutByDefault: byDefault(10, "seconds", {
    source: "https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#timeouts",
    reason: "Webhook timeout when nothing is said",
  }),
  metadataHopsAtMost: choice(1, "hops", {
    source: "Control Tower CT.EC2.PR.2",
    reason: "Hop limit at which a container cannot reach the node's credentials",
  }),
  widestIngressPrefix: choice(8, "prefix length", {
    source: "Our choice: no single organisation's network is wider than a /8",
    reason: "Widest IPv4 block that may enter a security group",
  }),
  driftCheckAtMost: choice(24, "hours", {
    source: "Our design, drift is checked every night",
    reason: "Age at which a clean drift check no longer counts",
  }),
  breakGlassAtMost: choice(24, "hours", {
    source: "Our design: an emergency lasts a day at most",
    reason: "Longest time for which a break-glass tag may open a freeze",
  }),
});
