/** Whether a metric is a gate: it fails a bad version, passes a good one, and needs data for either. */
import {
  anyNumber,
  type Thresholds,
  everyNumber,
  thresholdViolation,
} from "../../kit/argo-rollouts/expressions/thresholds";
import { gateBy, readCondition } from "../../kit/argo-rollouts/expressions/gate";
import type { Gate } from "../../kit/argo-rollouts/expressions/outcome-cache";
import { valueWithoutData, rangeOf } from "../../kit/argo-rollouts/expressions/query";
import { sayNothing, takesEveryScope, wholesaleSeries } from "../../kit/argo-rollouts/expressions/series";
import { ConditionError } from "../../kit/argo-rollouts/expressions/token";
import { type Arguments, filled } from "../../kit/argo-rollouts/arguments";
import { cannotFail, acceptsAnyStatus } from "../../kit/kubernetes/commands";
import type { Field } from "../../kit/reading/field";
import { type Violation, type Finding, violation } from "../../kit/finding/finding";
import { copy, example, fix, type Remedy, remove, set, together, wrap } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { guarded } from "../../kit/rule/rule";
import { checkTolerance, type Tolerance } from "./tolerance";
import { checkCertificate } from "./web-metrics";

/** What is wrong with a metric as a gate, with the arguments that it runs with. */
export function* checkMetric(
  template: Resource,
  metric: Field,
  most: Thresholds & Tolerance,
  values: Arguments,
): Iterable<Finding> {
  yield* guarded(template, () => checkTolerance(template, metric, most, values));
  yield* guarded(template, () => checkSubject(template, metric));
  yield* guarded(template, () => checkCertificate(template, metric));
  if (metric.at("provider", "job").isSet()) yield* checkJob(template, metric.at("provider", "job"));
  // A Job says by its exit code whether it succeeded, Kayenta by its own thresholds; everything else needs a condition.
  if (["job", "kayenta"].some((own) => metric.at("provider", own).isSet())) return;
  const [success, failure] = [metric.at("successCondition"), metric.at("failureCondition")];
  if (textOf(success) === "") {
    const isBare = textOf(failure) === "";
    const got = isBare ? "neither successCondition nor failureCondition" : "failureCondition alone";
    const opposite = together([copy(failure, success), wrap(success, `${withData} && !(`, ")")]);
    yield violation(template, {
      at: metric.path,
      got: `${got}, which counts no data as success`,
      expected: "both",
      fix: isBare
        ? together([reaching(success, most), set(failure, `${withData} && result[0] < ${most.success}`)])
        : opposite,
    });
    return;
  }
  yield* checkConditions(template, metric, most, values);
}

/** Whoever looks at everything looks at the version that serves: a canary of five percent hardly moves it. */
function* checkSubject(template: Resource, metric: Field): Iterable<Finding> {
  const prometheus = metric.at("provider", "prometheus", "query");
  const datadog = metric.at("provider", "datadog");
  const queries = [
    datadog.at("query"),
    ...datadog
      .at("queries")
      .members()
      .map(([, query]) => query),
  ];
  const scoped = queries.filter((query) => query.isSet());
  const series = wholesaleSeries(prometheus.textOrEmpty());
  const unscoped = scoped.every((query) => takesEveryScope(query.textOrEmpty())) ? scoped[0] : undefined;
  const field = series.length > 0 ? prometheus : unscoped;
  if (field === undefined) return;
  yield violation(template, {
    at: field.path,
    got: series.length > 0 ? `${series.join(" and ")} of everything that is measured` : "{*}, which takes everything",
    expected: "a query about the version, by a label of its Service or its pods",
    fix: "narrow the query by a label of the version, such as the canary's Service in an argument",
    // Where a cluster has one application, all answers are its own.
    advisory: series.length === 0 || !sayNothing(series),
  });
}

/** A job fails with any of its containers; one that cannot fail is no gate. */
function* checkJob(template: Resource, job: Field): Iterable<Finding> {
  const containers = job.at("spec", "template", "spec", "containers").list();
  const commands = containers.map((container) => [...container.at("command").texts(), ...container.at("args").texts()]);
  const got = commands.every(cannotFail)
    ? "commands that succeed whatever they find"
    : commands.every((command) => cannotFail(command) || acceptsAnyStatus(command))
      ? "curl without --fail, which takes a response of any status for a good one"
      : undefined;
  if (containers.length === 0 || got === undefined) return;
  yield violation(template, {
    at: job.at("spec", "template", "spec", "containers").path,
    got,
    expected: "a command whose exit code is 0 only for a good version",
    fix: "let the exit code of what looks at the version decide: without ; exit 0, without a pipe behind it, curl with --fail",
  });
}

function textOf(field: Field): string {
  return field.textOrEmpty().trim();
}

function* checkConditions(
  template: Resource,
  metric: Field,
  most: Thresholds & Tolerance,
  values: Arguments,
): Iterable<Finding> {
  const field = metric.at("successCondition");
  const gate = gateIn(metric, values, most);
  if ("problem" in gate) {
    yield violation(template, gate.problem);
    return;
  }
  const isList = metric.at("provider", "prometheus").isSet();
  const succeeds = (result: unknown): boolean => gate(result) === "success";
  const passes = (number: number): boolean => succeeds([number]) || (!isList && succeeds(number));
  const nothing = isList ? [[], [NaN]] : [[], [NaN], [null], null, NaN];
  // A gate that nothing passes aborts every release; other providers return objects whose form depends on the query.
  if (isList && !anyNumber(passes))
    yield violation(template, {
      at: field.path,
      ...closed,
      fix: example(reaching(field, most), "the number that must be reached"),
    });
  const query = metric.at("provider", "prometheus", "query").textOrEmpty().trim();
  if (nothing.some(succeeds)) {
    yield violation(template, {
      at: field.path,
      got: "a condition that no data satisfies",
      expected: "one that needs data",
      fix: fix`${wrap(field, `${withData} && (`, ")")}, so that no data pauses the rollout`,
    });
  }
  yield* checkQuery(template, metric, passes);
  const text = filled(textOf(field), values);
  const problem = thresholdViolation(typeof text === "string" ? text : "", query, passes, most);
  if (problem === undefined) return;
  const { got, expected, compare } = problem;
  yield violation(template, { at: field.path, got, expected, fix: set(field, `${withData} && result[0] ${compare}`) });
}

/** What a query answers whatever was measured must not pass. */
function* checkQuery(template: Resource, metric: Field, passes: (number: number) => boolean): Iterable<Finding> {
  const field = metric.at("provider", "prometheus", "query");
  const query = field.textOrEmpty().trim();
  const instead = valueWithoutData(query);
  if (instead !== undefined && passes(instead))
    yield violation(template, {
      at: field.path,
      got: `a query that gives ${instead} where there is no data, which counts as success`,
      expected: "a query without a result then",
      fix: "remove the query's result where there is no data",
    });
  const { least, most: largest } = rangeOf(query);
  if ((least > -Infinity || largest < Infinity) && everyNumber(least, largest, passes))
    yield violation(template, {
      at: field.path,
      got: `a query whose every result is ${least === largest ? least : `${least} or more`}, which counts as success`,
      expected: "a query with another result for a bad version",
      fix: "measure what the threshold is about, without bounds around it",
    });
}

/** What a result has that says something: a query without an answer gives an empty list, or NaN. */
const withData = "len(result) > 0 && !isNaN(result[0])";

/** The condition of a share of successes. */
function reaching(field: Field, { success }: Thresholds): Remedy {
  return set(field, `${withData} && result[0] >= ${success}`);
}

/** A condition that can be checked in place of another one: without failureCondition whatever does not succeed fails. */
function conditionFix(field: Field, key: string, most: Thresholds): Remedy {
  return key === "successCondition" ? reaching(field, most) : remove(field);
}

const closed = {
  got: "a condition that no number satisfies",
  expected: "one that a good version passes",
};

/** Both conditions as they are evaluated, or why they are not. */
function gateIn(metric: Field, values: Arguments, most: Thresholds): Gate | { readonly problem: Violation } {
  const texts = { success: "", failure: "" };
  for (const [name, key] of [
    ["success", "successCondition"],
    ["failure", "failureCondition"],
  ] as const) {
    const field = metric.at(key);
    const text = filled(textOf(field), values);
    if (text === "") continue;
    const expected = "a condition that can be evaluated";
    if (typeof text !== "string")
      return {
        problem: {
          at: field.path,
          got: "a threshold that an argument decides",
          expected,
          fix: conditionFix(field, key, most),
        },
      };
    try {
      readCondition(text);
      texts[name] = text;
    } catch (error) {
      if (!(error instanceof ConditionError)) throw error;
      const got = `a condition that is not understood (${error.message})`;
      const words = example(
        conditionFix(field, key, most),
        "a condition of result, len, isNaN, default, all, any, comparisons, && and ||",
      );
      return { problem: { at: field.path, got, expected, fix: words } };
    }
  }
  return gateBy(texts);
}
