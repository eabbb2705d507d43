/** Rules of the Gateway API's routes: a rule without a backend gives 500. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import { secondsOf } from "../../kit/reading/amount";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { fix, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, guarded } from "../../kit/rule/rule";
import { type Patience, tooShort } from "./virtual-services";

/** What is wrong with the rules of an HTTPRoute or a GRPCRoute. */
export function checkGatewayRoute(route: Resource, most: Patience): Iterable<Finding> {
  return eachPart(route, route.at("spec", "rules").list(), function* (rule) {
    yield* guarded(route, () => checkBackends(route, rule));
    yield* guarded(route, () => checkRedirect(route, rule));
    yield* guarded(route, () => checkTimeouts(route, rule.at("timeouts"), most.shortest));
    yield* guarded(route, () => checkRetry(route, rule.at("retry", "attempts"), most.retries));
  });
}

function* checkBackends(route: Resource, rule: Field): Iterable<Finding> {
  const backends = rule.at("backendRefs").list();
  if (rule.at("backendRefs").lacksItems()) return;
  const weights = backends.map((backend) => backend.at("weight"));
  if (weights.some((weight) => (weight.number() ?? 1) > 0)) return;
  const answers = rule
    .at("filters")
    .list()
    .some((filter) => ["RequestRedirect", "ExtensionRef"].includes(filter.at("type").textOrEmpty()));
  if (answers) return;
  const [first] = weights;
  yield violation(route, {
    at: first === undefined ? rule.at("backendRefs").path : first.path,
    got: `${first === undefined ? "no backend" : "a weight of 0 for every backend"}, which returns 500 or 404 to every request`,
    expected: "a backend that requests go to",
    fix: first === undefined ? "name where its requests go" : fix`${remove(first)}, which means 1`,
  });
}

/** A redirect to TLS that the listener of TLS gives as well leads back to itself. Source: Gateway API, HTTP redirects. */
function* checkRedirect(route: Resource, rule: Field): Iterable<Finding> {
  const parents = route.at("spec", "parentRefs").list();
  const everywhere = parents.filter((parent) => !parent.at("sectionName").isSet() && !parent.at("port").isSet());
  const [first] = everywhere;
  const picky = rule
    .at("matches")
    .list()
    .some((match) => match.at("headers").list().length > 0);
  if (first === undefined || picky) return;
  for (const filter of rule.at("filters").list()) {
    const redirect = filter.at("requestRedirect");
    const elsewhere = ["hostname", "port", "path"].some((key) => redirect.at(key).isSet());
    if (redirect.at("scheme").text() !== "https" || elsewhere) continue;
    yield violation(route, {
      at: first.path,
      got: "a redirect to TLS on every listener, that of TLS among them: it leads back to itself",
      expected: "the listener of plain HTTP alone",
      fix: set(first.at("port"), trafficLimits.httpPort.value),
    });
  }
}

function* checkTimeouts(route: Resource, timeouts: Field, shortest: number): Iterable<Finding> {
  const [total, each] = [timeouts.at("request"), timeouts.at("backendRequest")];
  for (const field of [total, each]) yield* tooShort(route, field, shortest);
  const [seconds, perTry] = [secondsOf(total) ?? 0, secondsOf(each) ?? 0];
  if (seconds === 0 || perTry <= seconds) return;
  yield violation(route, {
    at: each.path,
    got: `${perTry} s for each try beside ${seconds} s for all, which the API refuses`,
    expected: `at most ${seconds} s`,
    fix: remove(each),
  });
}

function* checkRetry(route: Resource, attempts: Field, most: number): Iterable<Finding> {
  const times = attempts.number() ?? 0;
  if (times <= most) return;
  yield violation(route, {
    at: attempts.path,
    got: `${times}: each request to a service that fails becomes ${times + 1}`,
    expected: `at most ${most}`,
    fix: fix`${set(attempts, most)} or less`,
  });
}
