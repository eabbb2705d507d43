/** Rule outlier-keeps-some. */
import { workloadLimits } from "../../limits/workloads";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { either, fix, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, resourceRule } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";

/** Callers never leave out every pod of a service. */
export const outlierKeepsSome = resourceRule({
  id: "outlier-keeps-some",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "Outlier detection that may eject most of a service's pods.",
  prevents: "A dependency hiccups, every pod returns 503 once, and callers have no endpoint for minutes.",
  source: "Istio, OutlierDetection: maxEjectionPercent (10 by default) and minHealthPercent (0 by default)",
  settings: { most: quantity(workloadLimits.ejectedAtMost, "higher", { minimum: 1, maximum: 100 }) },
  resourceTypes: [types.destinationRule],
  examples: {
    bad: "outlierDetection: { consecutive5xxErrors: 1, maxEjectionPercent: 100 }",
    good: "outlierDetection: { consecutive5xxErrors: 5, maxEjectionPercent: 30, minHealthPercent: 50 }",
  },
  check: (rule, { most }) => eachPart(rule, detections(rule), (detection) => check(rule, detection, most)),
});

/** Every traffic policy that may set outlier detection. */
function detections(rule: Resource): readonly Field[] {
  const subsets = rule.at("spec", "subsets").list();
  const policies = [rule.at("spec"), ...subsets].map((owner) => owner.at("trafficPolicy"));
  return policies
    .flatMap((policy) => [policy, ...policy.at("portLevelSettings").list()])
    .map((owner) => owner.at("outlierDetection"));
}

function* check(rule: Resource, detection: Field, most: number): Iterable<Finding> {
  const field = detection.at("maxEjectionPercent");
  const ejected = field.number() ?? 0;
  // Below its least share of healthy pods Envoy ejects none.
  const kept = detection.at("minHealthPercent").number() ?? 0;
  const percent = 100;
  if (ejected <= most || kept >= percent - most) return;
  yield violation(rule, {
    at: field.path,
    got: `${ejected}, with a minHealthPercent of ${kept}`,
    expected: `at most ${most}`,
    fix: either(
      fix`${set(field, most)} or less`,
      fix`${set(detection.at("minHealthPercent"), percent - most)} or more`,
    ),
  });
}
