/** Rules about analyses: they can fail, and they run before the rollout is over. */
import { policyLimits } from "../../components/core/limits/policies";
import { trafficLimits } from "../../components/core/limits/traffic";
import { secondsOf } from "../kit/amount";
import { deregistrationOf, deregistrationSeconds } from "../kit/draining";
import type { Field } from "../kit/field";
import { nameOr, type Finding, violation } from "../kit/finding";
import { belongs, identityOf, objectName } from "../kit/kubernetes";
import type { Resource, Stack } from "../kit/resource";
import { eachPart, eachResource, resourceRule, stackRule, unreadable } from "../kit/rule";
import { quantity, texts } from "../kit/settings";
import { types } from "../kit/types";

const templates = [types.analysisTemplate, types.clusterAnalysisTemplate];

/** The gate can close. */
export const analysisStrength = resourceRule({
  id: "analysis-strength",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "An analysis that cannot fail: no condition, a low bar, endless tolerance, dry run, or no data taken as success.",
  prevents: "A gate that lets every version through.",
  source: "Argo Rollouts, analysis, dry-run mode and NaN; our design, traffic section 4",
  settings: {
    success: quantity(policyLimits.successAtLeast, "lower", { minimum: 0, maximum: 1 }),
    failureLimit: quantity(policyLimits.failureLimitAtMost, "higher", { minimum: 0 }),
  },
  kinds: templates,
  examples: {
    bad: "successCondition: isNaN(result[0]) || result[0] >= 0.99",
    good: "successCondition: len(result) > 0 && !isNaN(result[0]) && result[0] >= 0.99",
  },
  *check(template, values) {
    const dry = template.at("spec", "dryRun");
    if (dry.list().length > 0) {
      yield violation(template, {
        at: dry.path,
        got: "a dry run",
        wanted: "none",
        fix: "remove spec.dryRun once the metric is trusted",
      });
    }
    const metrics = template.at("spec", "metrics");
    const parts = metrics.list();
    if (parts.length === 0) {
      yield violation(template, {
        at: metrics.path,
        got: "no metric",
        wanted: "at least one",
        fix: "declare a metric with both conditions",
      });
    }
    yield* eachPart(template, parts, (metric) => judgeMetric(template, metric, values));
  },
});

function* judgeMetric(
  template: Resource,
  metric: Field,
  values: { readonly success: number; readonly failureLimit: number },
): Iterable<Finding> {
  const limit = metric.at("failureLimit");
  const tolerated = limit.number() ?? 0;
  if (tolerated < 0 || tolerated > values.failureLimit) {
    const got = tolerated < 0 ? `${tolerated}, which means never` : String(tolerated);
    yield violation(template, {
      at: limit.path,
      got,
      wanted: `0 to ${values.failureLimit}`,
      fix: "lower failureLimit",
    });
  }
  // A Job says by its exit code whether it succeeded; everything else needs a condition.
  if (metric.at("provider", "job").isSet()) return;
  const success = metric.at("successCondition");
  const condition = textOf(success);
  if (condition !== "") {
    yield* judgeCondition(template, success, condition, values.success);
    return;
  }
  const failure = textOf(metric.at("failureCondition"));
  const got = failure === "" ? "neither successCondition nor failureCondition" : "failureCondition alone";
  yield violation(template, {
    at: metric.path,
    got: `${got}, which counts no data as success`,
    wanted: "both",
    fix: "write both, with len(result) > 0 && !isNaN(result[0])",
  });
}

function textOf(field: Field): string {
  return (field.text() ?? "").trim();
}

/** Ways to say that no data is fine. */
const needless = [/(?<!!\s*)\bisNaN\s*\(/, /\blen\s*\(\s*result\s*\)\s*(==\s*0|<)/];

/** Shares that a result must reach: right of `>` or left of `<`; whole numbers are no shares. */
function barsOf(condition: string): readonly number[] {
  const shares = />=?\s*(\d*\.\d+)|(?<![\w.])(\d*\.\d+)\s*</g;
  return [...condition.matchAll(shares)].map(([, after, before]) => Number(after ?? before));
}

function* judgeCondition(template: Resource, field: Field, condition: string, success: number): Iterable<Finding> {
  if (needless.some((form) => form.test(condition))) {
    const fix = "write len(result) > 0 && !isNaN(result[0]) && …, so that no data pauses the rollout";
    const got = "a condition that no data satisfies";
    yield violation(template, { at: field.path, got, wanted: "one that needs data", fix });
  }
  const low = barsOf(condition).find((bar) => bar > 0 && bar < success);
  if (low === undefined) return;
  yield violation(template, {
    at: field.path,
    got: `a bar of ${low}`,
    wanted: `at least ${success}`,
    fix: `compare with ${success}`,
  });
}

/** The analysis of a rollout exists and measures before the rollout ends. */
export const analysisFitsRollout = stackRule({
  id: "analysis-fits-rollout",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A rollout whose analysis template is missing, or first measures after its last pause.",
  prevents: "An analysis without a measurement counts as success when the rollout ends.",
  source: "Argo Rollouts, analysis, early termination (analysis.go at v1.9)",
  settings: {
    knownTemplates: texts([], "Cluster-wide templates that the platform installs and that these manifests only name."),
  },
  examples: { bad: "initialDelay: 10m, with 5m of pauses", good: "initialDelay: 30s, with 5m of pauses" },
  *check(stack, { knownTemplates }) {
    yield* eachResource(stack.of(types.rollout), (rollout) => {
      const canary = rollout.at("spec", "strategy", "canary");
      const analyses = canary
        .at("steps")
        .list()
        .map((step) => step.at("analysis"));
      const background = canary.at("analysis");
      return eachPart(rollout, [background, ...analyses], (analysis) => {
        const references = analysis.at("templates").list();
        const total = analysis === background ? totalPause(canary) : undefined;
        return eachPart(rollout, references, (reference) =>
          judgeReference(stack, rollout, reference, knownTemplates, total),
        );
      });
    });
  },
});

/** Seconds of all pauses; undefined when one never ends. */
function totalPause(canary: Field): number | undefined {
  const pauses = canary
    .at("steps")
    .list()
    .map((step) => step.at("pause"))
    .filter((pause) => pause.isSet())
    .map((pause) => secondsOf(pause.at("duration")));
  return pauses.includes(undefined) ? undefined : pauses.reduce<number>((sum, pause) => sum + (pause ?? 0), 0);
}

function* judgeReference(
  stack: Stack,
  rollout: Resource,
  reference: Field,
  known: readonly string[],
  total: number | undefined,
): Iterable<Finding> {
  const name = reference.at("templateName").text();
  const template = templateOf(stack, rollout, name, reference.at("clusterScope").flag() === true);
  if (template === undefined) {
    if (known.some((candidate) => candidate === name)) return;
    const got = `${nameOr(name, "a name")}, which nobody declares`;
    yield violation(rollout, {
      at: reference.at("templateName").path,
      got,
      wanted: "a template",
      fix: "declare it, or correct the name",
    });
    return;
  }
  if (total === undefined) return;
  for (const metric of template.at("spec", "metrics").list()) {
    const delay = metric.at("initialDelay");
    const seconds = secondsOf(delay) ?? 0;
    if (seconds === 0 || seconds < total) continue;
    const wanted = `less than the ${total} s of all pauses of ${rollout.name}`;
    yield violation(template, {
      at: delay.path,
      got: `${seconds} s`,
      wanted,
      fix: "shorten initialDelay or lengthen the pauses",
    });
  }
}

function templateOf(
  stack: Stack,
  rollout: Resource,
  name: string | undefined,
  clusterWide: boolean,
): Resource | undefined {
  const { namespace } = identityOf(rollout);
  const kind = clusterWide ? types.clusterAnalysisTemplate : types.analysisTemplate;
  return stack
    .of(kind)
    .find((template) =>
      belongs(
        template,
        "metadata",
        rollout,
        () => objectName(template) === name && (clusterWide || identityOf(template).namespace === namespace),
      ),
    );
}

/** Old pods stay until nobody sends to them. */
export const scaledownAfterDrain = stackRule({
  id: "scaledown-after-drain",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A rollout that removes old pods before the load balancer has let go of them.",
  prevents: "Requests to pods that are gone, and no instant way back.",
  source: "Argo Rollouts, specification, scaleDownDelaySeconds",
  settings: { deregistration: quantity(trafficLimits.deregistrationDelay, "lower", { minimum: 1 }) },
  limits: "Where no target group is in sight (manifests), the platform's own deregistration delay counts.",
  examples: { bad: "canary: { scaleDownDelaySeconds: 5 }", good: "canary: { scaleDownDelaySeconds: 900 }" },
  *check(stack, { deregistration }) {
    const delay = deregistrationSeconds(stack, deregistration);
    yield* unreadable(stack.of(types.targetGroup), deregistrationOf);
    yield* eachResource(stack.of(types.rollout), function* (rollout) {
      const strategy = rollout.at("spec", "strategy");
      const field = strategy.at(strategy.at("blueGreen").isSet() ? "blueGreen" : "canary", "scaleDownDelaySeconds");
      const seconds = field.number() ?? policyLimits.scaleDownDelayByDefault.value;
      if (seconds >= delay) return;
      const got = field.isSet() ? `${seconds} s` : `nothing, which means ${seconds} s`;
      yield violation(rollout, {
        at: field.path,
        got,
        wanted: `at least the deregistration delay of ${delay} s`,
        fix: "set scaleDownDelaySeconds: 900",
      });
    });
  },
});
