/** Rule analysis-strength. */
import { releaseLimits } from "../../limits/releases";
import { probeLimits } from "../../limits/probes";
import type { Thresholds } from "../../kit/argo-rollouts/expressions/thresholds";
import { declaredArguments } from "../../kit/argo-rollouts/arguments";
import { canaryOf } from "../../kit/argo-rollouts/canary";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { fix, remove } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, guarded, resourceRule } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { checkMetric } from "./metric-strength";
import type { Tolerance } from "./tolerance";

/** The gate can close. */
export const analysisStrength = resourceRule({
  id: "analysis-strength",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "An analysis that cannot fail: no condition, a low threshold, endless tolerance, dry run, a query about everything, or no data taken as success.",
  prevents: "A gate that lets every version through.",
  source:
    "Argo Rollouts, analysis, dry-run mode and NaN; utils/evaluate and analysis.go; our design, traffic section 4",
  settings: {
    success: quantity(releaseLimits.successAtLeast, "lower", { minimum: 0, maximum: 1 }),
    error: quantity(probeLimits.errorRatioAtMost, "higher", { minimum: 0, maximum: 1 }),
    failureLimit: quantity(releaseLimits.failureLimitAtMost, "higher", { minimum: 0 }),
    inconclusiveLimit: quantity(releaseLimits.inconclusiveLimitAtMost, "higher", { minimum: 0 }),
    consecutiveErrorLimit: quantity(releaseLimits.errorLimitAtMost, "higher", { minimum: 0 }),
  },
  resourceTypes: [types.analysisTemplate, types.clusterAnalysisTemplate, types.rollout],
  limits:
    "Conditions are evaluated on no data, NaN and numbers; what this evaluator does not support is refused. Kayenta and jobs decide by themselves.",
  examples: {
    bad: "successCondition: isNaN(result[0]) || result[0] >= 0.99",
    good: "successCondition: len(result) > 0 && !isNaN(result[0]) && result[0] >= 0.99",
  },
  check: (resource, values) => (resource.is(types.rollout) ? checkRollout(resource) : checkTemplate(resource, values)),
});

function* checkTemplate(template: Resource, values: Thresholds & Tolerance): Iterable<Finding> {
  const metrics = template.at("spec", "metrics");
  const parts = metrics.list();
  yield* guarded(template, () => checkDryRun(template, template.at("spec", "dryRun"), parts));
  // A template may be made of others, which are checked where they stand.
  if (parts.length === 0 && template.at("spec", "templates").list().length === 0) {
    yield violation(template, {
      at: metrics.path,
      got: "no metric",
      expected: "at least one",
      fix: "declare a metric with both conditions",
    });
  }
  yield* eachPart(template, parts, (metric) => checkMetric(template, metric, values, declaredArguments([template])));
}

/** A rollout's own stanzas can turn the gate off as well. */
function* checkRollout(rollout: Resource): Iterable<Finding> {
  const owners = [
    rollout.at("spec", "strategy", "canary", "analysis"),
    ...canaryOf(rollout)
      .at("steps")
      .list()
      .flatMap((step) => [step.at("analysis"), step.at("experiment")]),
    rollout.at("spec", "strategy", "blueGreen", "prePromotionAnalysis"),
    rollout.at("spec", "strategy", "blueGreen", "postPromotionAnalysis"),
  ];
  yield* eachPart(rollout, owners, (owner) => checkDryRun(rollout, owner.at("dryRun"), []));
}

/** Beside a metric that still decides, a dry run is a trial: it is reported as advisory. */
function* checkDryRun(resource: Resource, dry: Field, metrics: readonly Field[]): Iterable<Finding> {
  const patterns = dry.list().map((row) => row.at("metricName").textOrEmpty());
  if (patterns.length === 0) return;
  const decides = metrics.some(
    (metric) => !patterns.some((pattern) => covers(pattern, metric.at("name").textOrEmpty())),
  );
  yield violation(resource, {
    at: dry.path,
    got: decides ? "a dry run of some metrics" : "a dry run",
    expected: "none",
    fix: fix`${remove(dry)} once the metric is trusted`,
    advisory: decides,
  });
}

/** Whether the pattern picks the name; one that cannot be read counts as if it did. Source: Argo Rollouts, GetDryRunMetrics. */
function covers(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return true;
  }
}
