/** Rules about the front door: it cannot be deleted by mistake, and it notices and drains failing targets in time. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { loadBalancerLimits } from "../../limits/load-balancer";
import { fix, set } from "../../kit/finding/remedy";
import { resourceRule } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { simpleRule } from "../../kit/rule/simple-rule";
import { types } from "../../kit/reading/types";
import { isLambda, checkAnswer, checkHealthTimes } from "./health-checks";
import { checkCheck, checkRecord } from "./record-choice";

/** The load balancer refuses to be deleted. */
export const albDeletionProtection = simpleRule({
  id: "alb-deletion-protection",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A load balancer without deletion protection.",
  prevents: "One wrong click or one replaced resource deletes the only load balancer.",
  source: "Security Hub ELB.6",
  settings: {},
  resourceTypes: [types.loadBalancer],
  examples: { bad: "new aws.lb.LoadBalancer('web', { subnets })", good: "{ subnets, enableDeletionProtection: true }" },
  property: ["enableDeletionProtection"],
  reads: "flag",
  unset: false,
  unless: (_balancer, { teardown }) => teardown,
  accepts: (protection) => protection === true,
  expected: () => "true",
  value: () => true,
  mends: true,
  fix: (field) => fix`${set(field, true)}; \`make destroy\` lifts it`,
});

/** A dead target is noticed within seconds. */
export const tgHealthCheck = resourceRule({
  id: "tg-health-check",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A target group whose health check is slow, overlapping, blind to HTTP, or has a matcher that accepts error codes, and one of several records of a name in Route 53 whose TTL is too long or whose health check is off.",
  prevents: "Requests go to a dead target for minutes.",
  source: "AWS Load Balancer Controller, annotations (interval 15, timeout 5); ALB user guide, health checks",
  settings: {
    intervalAtMost: quantity(loadBalancerLimits.healthIntervalAtMost, "higher", { minimum: 5, maximum: 300 }),
    deadWithin: quantity(loadBalancerLimits.unhealthyNoticedWithin, "higher", { minimum: 10, maximum: 3000 }),
    aliveWithin: quantity(loadBalancerLimits.healthyNoticedWithin, "higher", { minimum: 10, maximum: 3000 }),
    recordWithin: quantity(loadBalancerLimits.recordForgottenWithin, "higher", { minimum: 1 }),
  },
  resourceTypes: [types.targetGroup, types.route53Record, types.healthCheck],
  limits:
    "Target groups of a Lambda have neither interval nor delay; a TCP check of a network load balancer has no path.",
  examples: {
    bad: "new aws.lb.TargetGroup('web', { port: 80 })   # every 30 s",
    good: "healthCheck: { path: '/healthz/ready', port: '15021', interval: 5, timeout: 2 }",
  },
  *check(group, settings) {
    if (group.is(types.route53Record)) {
      yield* checkRecord(group, settings.recordWithin);
      return;
    }
    if (group.is(types.healthCheck)) {
      yield* checkCheck(group);
      return;
    }
    if (isLambda(group)) return;
    const check = group.at("healthCheck");
    yield* checkHealthTimes(group, check, settings);
    yield* checkAnswer(group, check);
  },
});

/** Draining takes long enough for requests and no longer. */
export const tgDeregistration = simpleRule({
  id: "tg-deregistration",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A target group that drains too briefly or too long.",
  prevents: "Too brief drops requests in flight; too long makes every roll crawl and outlives the pod's grace.",
  source: "AWS Load Balancer Controller, annotations; ALB user guide, deregistration delay; thresholds are our choice",
  settings: {
    atLeast: quantity(loadBalancerLimits.deregistrationAtLeast, "lower", { minimum: 1 }),
    atMost: quantity(loadBalancerLimits.deregistrationAtMost, "higher", { maximum: 3600 }),
  },
  resourceTypes: [types.targetGroup],
  examples: {
    bad: "new aws.lb.TargetGroup('web', { port: 80 })   # unset means 300 s",
    good: "deregistrationDelay: 30",
  },
  property: ["deregistrationDelay"],
  reads: "number",
  unset: loadBalancerLimits.deregistrationByDefault.value,
  unit: "s",
  unless: isLambda,
  accepts: (delay = 0, { atLeast, atMost }) => delay >= atLeast && delay <= atMost,
  expected: ({ atLeast, atMost }) => `${atLeast} to ${atMost} s`,
  value: () => trafficLimits.deregistrationDelay.value,
});
