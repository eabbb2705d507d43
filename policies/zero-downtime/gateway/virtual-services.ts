/** Rules of a VirtualService: faults, time-outs, retries, and whether each is reached and leads somewhere. */
import { secondsOf } from "../../kit/reading/amount";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { either, fix, move, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, guarded } from "../../kit/rule/rule";
import { covers, type Matches, matchesOf } from "./route-matches";

/** Bounds of time-outs and retries of a route. */
export interface Patience {
  /** Fewest seconds that a request must have. */
  readonly shortest: number;
  /** Most retries of a request that reached a pod. */
  readonly retries: number;
}

/** What is wrong with the rules of a VirtualService. */
export function* checkVirtualService(route: Resource, most: Patience): Iterable<Finding> {
  const http = route.at("spec", "http").list();
  yield* eachPart(route, http, function* (rule) {
    yield* guarded(route, () => checkFault(route, rule));
    yield* guarded(route, () => checkTimeouts(route, rule, most.shortest));
    yield* guarded(route, () => checkRetries(route, rule.at("retries"), most.retries));
    yield* guarded(route, () => checkTarget(route, rule));
  });
  yield* guarded(route, () => checkOrder(route, http));
}

/** A fault for every request: Istio injects none where no percentage is given (pilot, TranslateFault). */
function* checkFault(route: Resource, rule: Field): Iterable<Finding> {
  const fault = rule.at("fault");
  const hit = ["abort", "delay"].filter((kind) => (fault.at(kind, "percentage", "value").number() ?? 0) > 0);
  if (hit.length === 0 || isForTesters(rule)) return;
  const words = hit.map((kind) => `${kind} for ${fault.at(kind, "percentage", "value").number()} %`);
  yield violation(route, {
    at: fault.path,
    got: `${words.join(" and ")} of the requests`,
    expected: "none, or a rule for requests with a header of the tests",
    fix: remove(fault),
  });
}

/** Whether only marked requests match: each match requires a header or a parameter. */
function isForTesters(rule: Field): boolean {
  const matches = rule.at("match").list();
  const hasCondition = (match: Field): boolean =>
    ["headers", "queryParams"].some((key) => match.at(key).members().length > 0);
  return matches.length > 0 && matches.every(hasCondition);
}

function* checkTimeouts(route: Resource, rule: Field, shortest: number): Iterable<Finding> {
  const [total, each] = [rule.at("timeout"), rule.at("retries", "perTryTimeout")];
  for (const field of [total, each]) yield* tooShort(route, field, shortest);
  const [seconds, perTry] = [secondsOf(total) ?? 0, secondsOf(each) ?? 0];
  if (seconds === 0 || perTry <= seconds) return;
  yield violation(route, {
    at: each.path,
    got: `${perTry} s for each try beside ${seconds} s for all, which Envoy ignores: the first try takes all the time`,
    expected: `at most ${seconds} s`,
    fix: remove(each),
  });
}

/** A time-out that an answer misses which the latency gate takes for good; zero means none. */
export function* tooShort(route: Resource, field: Field, shortest: number): Iterable<Finding> {
  const seconds = secondsOf(field) ?? 0;
  if (seconds === 0 || seconds >= shortest) return;
  yield violation(route, {
    at: field.path,
    got: `${seconds} s, after which the gateway returns 504`,
    expected: `at least ${shortest} s: the latency gate takes such a response for good`,
    fix: fix`${set(field, `${shortest * thousand}ms`)} or more`,
  });
}

const thousand = 1000;

/** Failures of requests that no pod has seen: to send them again costs nothing. */
const sentAgainSafely: readonly string[] = ["connect-failure", "refused-stream", "reset-before-request"];

function* checkRetries(route: Resource, retries: Field, most: number): Iterable<Finding> {
  const attempts = retries.at("attempts").number() ?? 0;
  const on = retries.at("retryOn").textOrEmpty().split(",");
  if (attempts <= most || on.every((reason) => sentAgainSafely.includes(reason.trim()))) return;
  yield violation(route, {
    at: retries.at("attempts").path,
    got: `${attempts}: each request to a service that fails becomes ${attempts + 1}`,
    expected: `at most ${most}, or retryOn for what reached no pod`,
    fix: either(
      fix`${set(retries.at("attempts"), most)} or less`,
      set(retries.at("retryOn"), sentAgainSafely.join(",")),
    ),
  });
}

const targets = ["route", "redirect", "directResponse", "delegate"];

/** A rule has a target, and some of its destinations a weight: the webhook of istiod rejects others. */
function* checkTarget(route: Resource, rule: Field): Iterable<Finding> {
  const destinations = rule.at("route").list();
  if (!targets.some((key) => rule.at(key).isSet()))
    yield violation(route, {
      at: rule.path,
      got: "neither route, redirect, directResponse nor delegate, which Istio refuses",
      expected: "where its requests go",
      fix: "name where its requests go",
    });
  const weights = destinations.map((one) => one.at("weight"));
  const [first] = weights;
  const isServed = weights.some((weight) => (weight.number() ?? 0) > 0);
  const below = weights.filter((weight) => (weight.number() ?? 0) < 0);
  for (const weight of below)
    yield violation(route, {
      at: weight.path,
      got: `${weight.textOrEmpty()}, which Istio refuses`,
      expected: "a weight of 0 or more",
      fix: set(weight, isServed ? 0 : fullWeight),
    });
  if (first === undefined || weights.length === 1 || isServed || below.length > 0) return;
  yield violation(route, {
    at: rule.at("route").path,
    got: "destinations whose weights are 0, which Istio refuses",
    expected: "a weight above 0",
    fix: set(first, fullWeight),
  });
}

const fullWeight = 100;

/** Istio matches rule by rule: a request that matches an earlier one never reaches a later one. */
function* checkOrder(route: Resource, http: readonly Field[]): Iterable<Finding> {
  const read = http.map((rule): Matches => matchesOf(rule));
  for (const [position, rule] of http.entries()) {
    const at = read.slice(0, position).findIndex((earlier) => covers(earlier, read[position]));
    const [before, own] = [http[at], read[position]];
    if (before === undefined || own === undefined) continue;
    // Of two that take the same the later one is of no use; what the delivery adds later stands in front.
    const same = covers(own, read[at]);
    yield violation(route, {
      at: rule.path,
      got: `a rule that is never reached: ${before.path} takes its requests before it`,
      expected: "rules that match less before those that match more",
      fix: same ? remove(rule) : move(rule, before),
    });
  }
}
