/** Rule analysis-runs. */
import { type Arguments, declaredArguments, strayNames } from "../../kit/argo-rollouts/arguments";
import type { Field } from "../../kit/reading/field";
import { type Violation, type Finding, nameOr, violation } from "../../kit/finding/finding";
import { secondsOfMetric, undecided, integerOf } from "../../kit/argo-rollouts/metric";
import { add, append, either, example, fix, named, remove, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, guarded, resourceRule } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";
import { checkScrapes, scraping } from "./scrape-intervals";
import { checkWebRequest } from "./web-metrics";

/** Argo Rollouts accepts the analysis, and it ends. */
export const analysisRuns = resourceRule({
  id: "analysis-runs",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "An analysis that Argo Rollouts refuses: counts that contradict each other, unknown arguments, no provider; a monitor that Prometheus refuses.",
  prevents: "Every release is aborted, the good ones too, and the fix for an outage with them.",
  source:
    "Argo Rollouts at v1.9, utils/analysis/factory.go (ValidateMetric) and utils/template; a job that hangs was recorded; Prometheus, scrape_timeout",
  settings: {},
  resourceTypes: [types.analysisTemplate, types.clusterAnalysisTemplate, ...scraping],
  limits: "What a rollout gives as an argument is not known here; analysis-fits-rollout checks it.",
  examples: { bad: "metrics: [{ count: 5 }]", good: "metrics: [{ count: 5, interval: 30s }]" },
  *check(template) {
    if (template.is(...scraping)) {
      yield* checkScrapes(template);
      return;
    }
    yield* guarded(template, () => checkArguments(template));
    const metrics = template.at("spec", "metrics").list();
    const values = declaredArguments([template]);
    const names = new Set<string | undefined>();
    yield* eachPart(template, metrics, function* (metric) {
      const name = metric.at("name").text();
      if (names.has(name)) yield violation(template, twice(metric));
      names.add(name);
      yield* guarded(template, () => checkProvider(template, metric));
      yield* guarded(template, () => checkWebRequest(template, metric));
      yield* guarded(template, () => checkCounts(template, metric, values));
      yield* guarded(template, () => checkTexts(template, metric, new Set(values.keys())));
    });
  },
});

function twice(metric: Field): Violation {
  return {
    at: metric.at("name").path,
    got: "a name that another metric has",
    expected: "a name of its own: Argo Rollouts refuses two",
    fix: append(metric.at("name"), "-2"),
  };
}

function* checkArguments(template: Resource): Iterable<Finding> {
  for (const arg of template.at("spec", "args").list())
    if (arg.at("value").isSet() && arg.at("valueFrom").isSet())
      yield violation(template, {
        at: arg.path,
        got: "value and valueFrom",
        expected: "one of them: Argo Rollouts refuses both",
        fix: either(remove(arg.at("value")), remove(arg.at("valueFrom"))),
      });
}

/** Seconds that stand for what only the job's own runs say. */
const slowestRun = 120;

function* checkProvider(template: Resource, metric: Field): Iterable<Finding> {
  const providers = metric
    .at("provider")
    .members()
    .flatMap(([key, provider]) => (key === "plugin" ? provider.members().map(([, plugin]) => plugin) : [provider]));
  const others = providers.slice(1);
  if (providers.length !== 1)
    yield violation(template, {
      at: metric.at("provider").path,
      got: providers.length === 0 ? "no provider" : `${providers.length} providers`,
      expected: "exactly one",
      fix:
        others.length === 0
          ? "name one, such as prometheus, job or web"
          : fix`${together(others.map((one) => remove(one)))}; a second one is a metric of its own`,
    });
  const job = metric.at("provider", "job");
  if (!job.isSet() || job.at("spec", "activeDeadlineSeconds").isSet()) return;
  yield violation(template, {
    at: job.at("spec", "activeDeadlineSeconds").path,
    got: "nothing: a job that hangs holds the release for ever",
    expected: "a deadline",
    fix: example(set(job.at("spec", "activeDeadlineSeconds"), slowestRun), "what the slowest good run takes"),
    advisory: true,
  });
}

/** A number that decides; an argument without a value counts as unset, as it does for the controller. */
function numberOf(field: Field, values: Arguments): number {
  const value = integerOf(field, values);
  return value === undefined || value === undecided ? 0 : value;
}

function* checkCounts(template: Resource, metric: Field, values: Arguments): Iterable<Finding> {
  const of = (key: string): number => numberOf(metric.at(key), values);
  const [count, failures, successes] = [of("count"), of("failureLimit"), of("consecutiveSuccessLimit")];
  for (const key of ["consecutiveSuccessLimit", "inconclusiveLimit", "consecutiveErrorLimit"])
    if (of(key) < 0) {
      const problem = {
        at: metric.at(key).path,
        got: String(of(key)),
        expected: "0 or more",
        fix: set(metric.at(key), 0),
      };
      yield violation(template, problem);
    }
  if (count > 1 && secondsOfMetric(metric.at("interval"), values) === undefined)
    yield violation(template, {
      at: metric.at("interval").path,
      got: `nothing beside a count of ${count}, which Argo Rollouts refuses`,
      expected: "the time between two measurements",
      fix: set(metric.at("interval"), "30s"),
    });
  const least = Math.max(failures, 0) + successes;
  if (count > 0 && successes > 0 && failures < count && count < least)
    yield violation(template, {
      at: metric.at("count").path,
      got: `${count}, fewer than failureLimit and consecutiveSuccessLimit together, which Argo Rollouts refuses`,
      expected: `at least ${least}`,
      fix: set(metric.at("count"), least),
    });
  // A text that is no duration fails every run.
  for (const key of ["interval", "initialDelay"]) secondsOfMetric(metric.at(key), values);
}

/** Argo Rollouts fills in the whole metric and fails on a name that it does not find. */
function* checkTexts(template: Resource, metric: Field, declared: ReadonlySet<string>): Iterable<Finding> {
  // Templates that are made of others share their arguments.
  if (template.at("spec", "templates").list().length > 0) return;
  for (const text of textsIn(metric)) {
    const [stray] = strayNames(text.textOrEmpty(), declared);
    if (stray === undefined) continue;
    yield violation(template, {
      at: text.path,
      got: `the placeholder ${nameOr(stray, "of another form")}, which is no argument of the template`,
      expected: "{{args.<name>}} with the name in spec.args",
      fix: taken(template, stray),
    });
  }
}

/** The argument among those that the template takes; what is written in another language is no name. */
function taken(template: Resource, stray: string): Finding["fix"] {
  const name = stray.replace(/^args\./, "");
  if (name === stray || named(name) !== name) return "write {{args.<name>}}, and the name in spec.args";
  return add(template.at("spec", "args"), { name });
}

function textsIn(field: Field): readonly Field[] {
  const shape = field.shape();
  if (shape === "list") return field.list().flatMap(textsIn);
  if (shape === "object") return field.members().flatMap(([, member]) => textsIn(member));
  return shape === "absent" ? [] : [field];
}
