/** Bounds of health checks, deregistration, idle timeouts and records that only policy rules need. */
import { byDefault, choice, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const loadBalancerLimits = limits("2026-11-21", {
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
  healthThresholdByDefault: byDefault(3, "count", {
    source: "https://www.pulumi.com/registry/packages/aws/api-docs/lb/targetgroup/ (healthCheck)",
    reason: "Checks in a row that change a target's state when nothing is said",
    checked: "2026-11-29",
  }),
  unhealthyNoticedWithin: choice(45, "seconds", {
    source: "Our choice: three checks at the longest interval",
    reason: "Longest time until a dead target is noticed: interval by unhealthyThreshold",
    checked: "2026-11-29",
  }),
  healthyNoticedWithin: choice(75, "seconds", {
    source: "Our choice: five checks at the longest interval",
    reason: "Longest time until a new target serves: interval by healthyThreshold",
    checked: "2026-11-29",
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
  albIdleByDefault: byDefault(60, "seconds", {
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
    reason: "Idle timeout of an ALB when nothing is said",
  }),
  meshIdleByDefault: byDefault(3600, "seconds", {
    source: "https://istio.io/latest/docs/reference/config/networking/destination-rule/",
    reason: "Idle timeout of upstream connections when no DestinationRule sets one",
  }),
  recordForgottenWithin: choice(300, "seconds", {
    source:
      "Our choice: Route 53's developer guide recommends 60 s or less beside health checks; resolvers keep a little more",
    reason: "Longest time for which callers keep an address that Route 53 chose among several",
    checked: "2026-11-29",
  }),
});
