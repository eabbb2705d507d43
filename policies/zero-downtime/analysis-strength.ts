/** Rule analysis-strength. */
import { releaseLimits } from "../../components/core/limits/releases";
import { probeLimits } from "../../components/core/limits/probes";
import { answerWithoutData, anyNumber, type Bars, faultOfBar } from "../conditions/bars";
import { type Conditions, outcomeOf } from "../conditions/outcome";
import { parseCondition } from "../conditions/parse";
import { ConditionError } from "../conditions/token";
import { declaredArguments, filled } from "../kit/arguments";
import { canaryOf } from "../kit/canary";
import type { Field } from "../kit/field";
import { type Fault, type Finding, violation } from "../kit/finding";
import { fix, remove } from "../kit/remedy";
import type { Resource } from "../kit/resource";
import { eachPart, guarded, resourceRule } from "../kit/rule";
import { quantity } from "../kit/settings";
import { types } from "../kit/types";
import { judgeTolerance, type Tolerance } from "./tolerance";

/** The gate can close. */
export const analysisStrength = resourceRule({
  id: "analysis-strength",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "An analysis that cannot fail: no condition, a low bar, endless tolerance, dry run, or no data taken as success.",
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
  kinds: [types.analysisTemplate, types.clusterAnalysisTemplate, types.rollout],
  limits:
    "Conditions are evaluated on no data, NaN and numbers; what this evaluator does not know is refused. Kayenta and jobs judge by themselves.",
  examples: {
    bad: "successCondition: isNaN(result[0]) || result[0] >= 0.99",
    good: "successCondition: len(result) > 0 && !isNaN(result[0]) && result[0] >= 0.99",
  },
  check: (resource, values) => (resource.is(types.rollout) ? judgeRollout(resource) : judgeTemplate(resource, values)),
});

function* judgeTemplate(template: Resource, values: Bars & Tolerance): Iterable<Finding> {
  const metrics = template.at("spec", "metrics");
  const parts = metrics.list();
  yield* guarded(template, () => judgeDryRun(template, template.at("spec", "dryRun"), parts));
  // A template may be made of others, which are judged where they stand.
  if (parts.length === 0 && template.at("spec", "templates").list().length === 0) {
    yield violation(template, {
      at: metrics.path,
      got: "no metric",
      wanted: "at least one",
      fix: "declare a metric with both conditions",
    });
  }
  yield* eachPart(template, parts, (metric) => judgeMetric(template, metric, values));
}

/** A rollout's own stanzas can turn the gate off as well. */
function* judgeRollout(rollout: Resource): Iterable<Finding> {
  const owners = [
    rollout.at("spec", "strategy", "canary", "analysis"),
    ...canaryOf(rollout)
      .at("steps")
      .list()
      .flatMap((step) => [step.at("analysis"), step.at("experiment")]),
    rollout.at("spec", "strategy", "blueGreen", "prePromotionAnalysis"),
    rollout.at("spec", "strategy", "blueGreen", "postPromotionAnalysis"),
  ];
  yield* eachPart(rollout, owners, (owner) => judgeDryRun(rollout, owner.at("dryRun"), []));
}

/** Beside a metric that still decides, a dry run is a trial: it is told, and blocks nothing. */
function* judgeDryRun(resource: Resource, dry: Field, metrics: readonly Field[]): Iterable<Finding> {
  const patterns = dry.list().map((row) => row.at("metricName").text() ?? "");
  if (patterns.length === 0) return;
  const decides = metrics.some(
    (metric) => !patterns.some((pattern) => covers(pattern, metric.at("name").text() ?? "")),
  );
  yield violation(resource, {
    at: dry.path,
    got: decides ? "a dry run of some metrics" : "a dry run",
    wanted: "none",
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

function* judgeMetric(template: Resource, metric: Field, values: Bars & Tolerance): Iterable<Finding> {
  yield* guarded(template, () => judgeTolerance(template, metric, values));
  // A Job says by its exit code whether it succeeded, Kayenta by its own thresholds; everything else needs a condition.
  if (["job", "kayenta"].some((own) => metric.at("provider", own).isSet())) return;
  const [success, failure] = [metric.at("successCondition"), metric.at("failureCondition")];
  if (textOf(success) === "") {
    const got = textOf(failure) === "" ? "neither successCondition nor failureCondition" : "failureCondition alone";
    yield violation(template, {
      at: metric.path,
      got: `${got}, which counts no data as success`,
      wanted: "both",
      fix: "write both, with len(result) > 0 && !isNaN(result[0])",
    });
    return;
  }
  yield* judgeConditions(template, metric, values);
}

function textOf(field: Field): string {
  return (field.text() ?? "").trim();
}

function* judgeConditions(template: Resource, metric: Field, values: Bars & Tolerance): Iterable<Finding> {
  const field = metric.at("successCondition");
  const read = conditionsOf(template, metric);
  if ("fault" in read) {
    yield violation(template, read.fault);
    return;
  }
  const isList = metric.at("provider", "prometheus").isSet();
  const succeeds = (result: unknown): boolean => outcomeOf(read, result) === "success";
  const passes = (number: number): boolean => succeeds([number]) || (!isList && succeeds(number));
  const nothing = isList ? [[], [NaN]] : [[], [NaN], [null], null, NaN];
  // A gate that nothing passes aborts every release; other providers answer with objects that only the query knows.
  if (isList && !anyNumber(passes)) yield violation(template, { at: field.path, ...closed });
  const query = (metric.at("provider", "prometheus", "query").text() ?? "").trim();
  if (nothing.some(succeeds)) {
    const fix = "write len(result) > 0 && !isNaN(result[0]) && …, so that no data pauses the rollout";
    yield violation(template, {
      at: field.path,
      got: "a condition that no data satisfies",
      wanted: "one that needs data",
      fix,
    });
  }
  const instead = answerWithoutData(query);
  if (instead !== undefined && passes(instead))
    yield violation(template, {
      at: metric.at("provider", "prometheus", "query").path,
      got: `a query that answers ${instead} where there is no data, which counts as success`,
      wanted: "a query without an answer then",
      fix: "remove the vector",
    });
  const fault = faultOfBar(textOf(field), query, passes, values);
  if (fault !== undefined) yield violation(template, { at: field.path, ...fault });
}

const closed = {
  got: "a condition that no number satisfies",
  wanted: "one that a good version passes",
  fix: "compare result[0] with the number that must be reached",
};

/** Both conditions as they are evaluated, or why they are not. */
function conditionsOf(template: Resource, metric: Field): Conditions | { readonly fault: Fault } {
  const parsed: Record<string, ReturnType<typeof parseCondition>> = {};
  for (const [name, key] of [
    ["success", "successCondition"],
    ["failure", "failureCondition"],
  ] as const) {
    const field = metric.at(key);
    const text = filled(textOf(field), declaredArguments([template]));
    if (text === "") continue;
    const wanted = "a condition that can be judged";
    if (typeof text !== "string")
      return {
        fault: {
          at: field.path,
          got: "a bar that an argument decides",
          wanted,
          fix: "write the number, or give the argument a value",
        },
      };
    try {
      parsed[name] = parseCondition(text);
      outcomeOf({ success: parsed[name] }, [1]);
      outcomeOf({ success: parsed[name] }, 1);
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error;
      const fix = "write it with result, len, isNaN, default, all, any, comparisons, && and ||";
      return { fault: { at: field.path, got: `a condition that is not understood (${error.message})`, wanted, fix } };
    }
  }
  return parsed;
}
