/** DestinationRules for calls of the gateway: connection pools, locality, and the protocol of the pods. */
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { namespaceOf } from "../../kit/kubernetes/kubernetes";
import { remove, set } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { serviceOfHost } from "../../kit/network/routes";
import { certain, eachPart, guarded } from "../../kit/rule/rule";
import { plainPorts } from "./plain-ports";

/** What is wrong with how the service is called. */
export function* checkCalls(stack: Stack, rule: Resource, most: { readonly atOnce: number }): Iterable<Finding> {
  const owners = [rule.at("spec"), ...rule.at("spec", "subsets").list()];
  yield* eachPart(rule, owners, function* (owner) {
    const policy = owner.at("trafficPolicy");
    yield* certain(guarded(rule, () => checkZones(rule, policy)));
    yield* certain(guarded(rule, () => checkBalancing(rule, policy)));
    for (const part of [policy, ...policy.at("portLevelSettings").list()]) {
      yield* certain(guarded(rule, () => checkRoom(rule, part.at("connectionPool"), most.atOnce)));
      yield* guarded(rule, () => checkProtocol(stack, rule, part));
    }
  });
}

/** Every traffic policy of the rule that may set TLS. */
function partsOf(rule: Resource): readonly Field[] {
  return [rule.at("spec"), ...rule.at("spec", "subsets").list()]
    .map((owner) => owner.at("trafficPolicy"))
    .flatMap((policy) => [policy, ...policy.at("portLevelSettings").list()]);
}

const isTls = (part: Field): boolean => ["SIMPLE", "MUTUAL"].includes(part.at("tls", "mode").textOrEmpty());

/** Whether the rule sets TLS somewhere, as far as it can be read. */
export function originatesTls(rule: Resource): boolean {
  return valueOr(() => partsOf(rule).some(isTls), false);
}

/** Bounds that Envoy answers 503 beyond; 0 is none (pilot, applyConnectionPool). */
const bounds = [
  ["tcp", "maxConnections"],
  ["http", "http1MaxPendingRequests"],
  ["http", "http2MaxRequests"],
] as const;

function* checkRoom(rule: Resource, pool: Field, least: number): Iterable<Finding> {
  for (const [layer, key] of bounds) {
    const field = pool.at(layer, key);
    const value = field.number() ?? 0;
    if (value === 0 || value >= least) continue;
    yield violation(rule, {
      at: field.path,
      got: `${value}, beyond which the gateway returns 503`,
      expected: `at least ${least}, or nothing, which means no bound`,
      fix: remove(field),
    });
  }
}

/** Detection with which Istio notices that a zone answers no more, in its own numbers. */
const detection = { consecutive5xxErrors: 5, interval: "10s", baseEjectionTime: "30s" };

/** Istio fails over between places only where it detects failing pods (pilot, loadbalancer, enableFailover). */
function* checkZones(rule: Resource, policy: Field): Iterable<Finding> {
  const locality = policy.at("loadBalancer", "localityLbSetting");
  const fails = ["failover", "failoverPriority"]
    .map((key) => locality.at(key))
    .find((field) => field.list().length > 0);
  if (fails === undefined || locality.at("enabled").flag() === false || policy.at("outlierDetection").isSet()) return;
  yield violation(rule, {
    at: policy.at("outlierDetection").path,
    got: "nothing beside a failover, which therefore never happens",
    expected: "the detection of pods that fail",
    fix: set(policy.at("outlierDetection"), detection),
  });
}

/** The original destination of a request is the gateway's own address: passed through, the request comes back to it. */
function* checkBalancing(rule: Resource, policy: Field): Iterable<Finding> {
  const field = policy.at("loadBalancer", "simple");
  if (field.text() !== "PASSTHROUGH") return;
  yield violation(rule, {
    at: field.path,
    got: "PASSTHROUGH: the gateway calls the address that it was called at, which is its own",
    expected: "a choice among the Service's pods",
    fix: remove(policy.at("loadBalancer")),
  });
}

/** A TLS handshake to a port that a probe checks by plain HTTP fails, and so does each request. */
function* checkProtocol(stack: Stack, rule: Resource, part: Field): Iterable<Finding> {
  const tls = part.at("tls");
  if (!isTls(part)) return;
  const only = part.at("port", "number").text();
  const ports = plainPorts(stack, serviceOfHost(rule.at("spec", "host").textOrEmpty(), namespaceOf(rule)));
  const plain = [...ports].find((port) => only === undefined || port === only);
  if (plain === undefined) return;
  yield violation(rule, {
    at: tls.path,
    got: `TLS to ${/^\d+$/.test(plain) ? `port ${plain}` : "a port"}, which a probe of its pods calls in plain HTTP: every request fails`,
    expected: "the protocol of the pods",
    fix: remove(tls),
  });
}
