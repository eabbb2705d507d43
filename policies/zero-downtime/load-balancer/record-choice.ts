/** Records among which Route 53 chooses: how long callers keep a choice, and what it is made by. */
import { type Finding, violation } from "../../kit/finding/finding";
import { fix, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";

/** Ways to choose. Source: Route 53 developer guide, choosing a routing policy. */
const policies = [
  "failoverRoutingPolicies",
  "weightedRoutingPolicies",
  "latencyRoutingPolicies",
  "geolocationRoutingPolicies",
  "geoproximityRoutingPolicy",
  "cidrRoutingPolicy",
  "multivalueAnswerRoutingPolicy",
];

/** A choice that is forgotten in time. An alias has the time of what it leads to, and its health. */
export function* checkRecord(record: Resource, within: number): Iterable<Finding> {
  const chosen = policies.some((key) => {
    const shape = record.at(key).shape();
    return shape === "list" ? record.at(key).list().length > 0 : shape === "object" || record.at(key).flag() === true;
  });
  if (!chosen) return;
  const field = record.at("ttl");
  const seconds = field.number() ?? 0;
  if (seconds <= within) return;
  yield violation(record, {
    at: field.path,
    got: `${seconds} s, for which callers keep an address that is gone`,
    expected: `at most ${within} s`,
    fix: fix`${set(field, minute)} or less`,
  });
}

const minute = 60;

/** A check that is switched off counts as healthy for good: nothing ever fails over. */
export function* checkCheck(check: Resource): Iterable<Finding> {
  const field = check.at("disabled");
  if (field.flag() !== true) return;
  yield violation(check, {
    at: field.path,
    got: "true, so that Route 53 takes a dead endpoint for a healthy one",
    expected: "false",
    fix: remove(field),
  });
}
