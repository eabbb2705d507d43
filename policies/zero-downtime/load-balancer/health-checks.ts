/** Health checks of target groups: how soon they detect a failure, and which responses count as healthy. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { loadBalancerLimits } from "../../limits/load-balancer";
import type { Field } from "../../kit/reading/field";
import { type Finding, valueText, violation } from "../../kit/finding/finding";
import { example, remove, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart } from "../../kit/rule/rule";

/** Bounds in seconds. */
export interface HealthTimes {
  readonly intervalAtMost: number;
  readonly deadWithin: number;
  readonly aliveWithin: number;
}

/** Whether the group's target is a function, which is neither checked nor drained by default. */
export function isLambda(group: Resource): boolean {
  return group.at("targetType").text() === "lambda";
}

/** Health check of the platform's own targets. */
const [often, soon] = [trafficLimits.healthCheckInterval.value, trafficLimits.healthCheckTimeout.value];

/** How soon a check detects that a target is dead, or alive. */
export function* checkHealthTimes(
  group: Resource,
  check: Field,
  { intervalAtMost, deadWithin, aliveWithin }: HealthTimes,
): Iterable<Finding> {
  const [interval, timeout, enabled] = [check.at("interval"), check.at("timeout"), check.at("enabled")];
  if (enabled.flag() === false)
    yield violation(group, { at: enabled.path, got: "false", expected: "true", fix: remove(enabled) });
  const every = interval.number() ?? loadBalancerLimits.healthIntervalByDefault.value;
  if (every > intervalAtMost) {
    yield violation(group, {
      at: interval.path,
      got: orDefault(interval, every),
      expected: `at most ${intervalAtMost} s`,
      // The timeout stays below the interval of the fix.
      fix: together([set(interval, often), ...((timeout.number() ?? often) < often ? [] : [set(timeout, soon)])]),
    });
  }
  yield* checkThreshold(group, check.at("unhealthyThreshold"), every, deadWithin);
  yield* checkThreshold(group, check.at("healthyThreshold"), every, aliveWithin);
  const patience = timeout.number() ?? loadBalancerLimits.healthTimeoutByDefault.value;
  if (patience < every) return;
  yield violation(group, {
    at: timeout.path,
    got: orDefault(timeout, patience),
    expected: `less than the interval of ${every} s`,
    fix: set(timeout, soon),
  });
}

function orDefault(field: Field, seconds: number): string {
  return field.isSet() ? `${seconds} s` : `nothing, which means ${seconds} s`;
}

/** AWS takes no fewer. Source: ELB API, CreateTargetGroup, HealthyThresholdCount. */
const fewest = 2;

function* checkThreshold(group: Resource, field: Field, every: number, within: number): Iterable<Finding> {
  const count = field.number() ?? loadBalancerLimits.healthThresholdByDefault.value;
  // An interval that is too long is a finding of its own.
  if (!field.isSet() || count * every <= within) return;
  yield violation(group, {
    at: field.path,
    got: `${count} checks, every ${every} s: ${count * every} s`,
    expected: `a change of state within ${within} s`,
    fix: set(field, fewest),
  });
}

const connections = /^(TCP|TLS|UDP|TCP_UDP|QUIC|TCP_QUIC|GENEVE)$/i;

/** What the check takes for health. */
export function* checkAnswer(group: Resource, check: Field): Iterable<Finding> {
  const opens =
    /^TCP$/i.test(check.at("protocol").textOrEmpty()) && connections.test(group.at("protocol").textOrEmpty());
  if (opens) return;
  yield* eachPart(group, [check.at("path"), check.at("matcher")], (field) =>
    field.path.endsWith("path") ? checkPath(group, field) : checkMatcher(group, field),
  );
}

function* checkPath(group: Resource, path: Field): Iterable<Finding> {
  if (path.text()?.startsWith("/") === true) return;
  const got = path.isSet() ? valueText(path.text()) : "nothing";
  yield violation(group, {
    at: path.path,
    got,
    expected: "a path that starts with /",
    fix: example(set(path, "/healthz/ready"), "another readiness path"),
  });
}

/** Codes that say that the target works: of HTTP, and of gRPC. Sources: RFC 9110, 15.3 and 15.4; grpc/statuscodes.md. */
const working = {
  HTTP: { from: 200, to: 399, matcher: "200" },
  GRPC: { from: 0, to: 0, matcher: "0" },
} as const;
/** Default code of AWS, UNIMPLEMENTED: a working server without that method responds with it. */
const unimplemented = 12;

function* checkMatcher(group: Resource, field: Field): Iterable<Finding> {
  const matcher = field.text();
  if (matcher === undefined) return;
  const grpc = /^GRPC$/i.test(group.at("protocolVersion").textOrEmpty());
  const { from, to, matcher: one } = working[grpc ? "GRPC" : "HTTP"];
  const good = (code: number): boolean => (code >= from && code <= to) || (grpc && code === unimplemented);
  const ends = matcher.split(",").map((part) => part.split("-").map(Number));
  if (ends.every((range) => range.every(good))) return;
  const shape = /^[\d,-]{1,60}$/.test(matcher) ? `"${matcher}"` : "a text";
  const expected = grpc ? "0, or 12 where the method is not there" : `codes from ${from} to ${to}`;
  yield violation(group, { at: field.path, got: shape, expected, fix: set(field, one) });
}
