/** Rule analysis-fits-rollout. */
import {
  type Analysis,
  analysesOf,
  type Named,
  readTemplateName,
  referencesOf,
  templatesBehind,
} from "../../kit/argo-rollouts/analyses";
import { type Arguments, declaredArguments, passedArguments } from "../../kit/argo-rollouts/arguments";
import { stepsOf } from "../../kit/argo-rollouts/canary";
import { counted } from "@fridayproof/components/core";
import { type Field, valueOr } from "../../kit/reading/field";
import { nameOr, type Finding, violation } from "../../kit/finding/finding";
import { objectName } from "../../kit/kubernetes/kubernetes";
import { isEndless, secondsOfMetric, undecided, integerOf } from "../../kit/argo-rollouts/metric";
import { example, type Remedy, remove, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { certain, eachPart, eachResource, guarded, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { resolve, rows, texts } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { checkArguments, checkValues, isKnown, type KnownTemplates } from "./analysis-arguments";
import { analysisStrength } from "./analysis-strength";
import { checkVersions } from "./analysis-versions";
import { checkMetric } from "./metric-strength";
import { checkWindows } from "./scrape-intervals";
import { unknownTimes, remainingSeconds } from "./remaining-time";

/** The analysis of a rollout exists, gets what it needs, and measures before the rollout ends. */
export const analysisFitsRollout = stackRule({
  id: "analysis-fits-rollout",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A rollout whose analysis template is missing, lacks an argument, never ends as a step, measures the stable version alone, or first measures after the last pause.",
  prevents:
    "An analysis without a measurement counts as success when the rollout ends; a refused one stops all releases.",
  source: "Argo Rollouts at v1.9: analysis.go (early termination), validation_references.go, BeforeStartingStep",
  settings: {
    knownTemplates: texts([], "Cluster-wide templates that the platform installs and that these manifests only name."),
    requiredArguments: rows(["template", "argument"], "Arguments of known templates without a value of their own."),
    optionalArguments: rows(["template", "argument"], "Arguments of known templates with a value of their own."),
  },
  limits:
    "Of templates that these manifests only name no times are known, and only those arguments that the configuration states.",
  examples: { bad: "initialDelay: 10m, with 5m of pauses", good: "initialDelay: 30s, with 5m of pauses" },
  *check(stack, { knownTemplates, requiredArguments, optionalArguments }) {
    const known = { names: knownTemplates, required: requiredArguments, optional: optionalArguments };
    const rollouts = stack.of(types.rollout);
    const templates = stack.of(types.analysisTemplate, types.clusterAnalysisTemplate);
    // A template that was made from a rollout is known to be that rollout's.
    const urns = new Set(rollouts.map(({ urn }) => urn));
    const linked = ({ links }: Resource): boolean => links["metadata"]?.some((urn) => urns.has(urn)) === true;
    if (rollouts.length > 0)
      yield* reportUnreadable(
        templates.filter((template) => !linked(template)),
        readTemplateName,
      );
    yield* eachResource(stack.of(types.analysisTemplate), (template) => checkWindows(stack, template));
    yield* eachResource(rollouts, (rollout) =>
      eachPart(rollout, analysesOf(rollout), (analysis) => checkAnalysis(stack, rollout, analysis, known)),
    );
  },
});

function* checkAnalysis(stack: Stack, rollout: Resource, analysis: Analysis, known: KnownTemplates): Iterable<Finding> {
  yield* certain(checkValues(rollout, analysis));
  const references = referencesOf(analysis);
  if (references.length === 0) return;
  const named = templatesBehind(stack, rollout, references);
  const strangers = named.filter((one) => one.template === undefined && !isKnown(one, known));
  for (const one of strangers) yield missing(stack, rollout, one, known);
  if (analysis.role === "background") yield* certain(guarded(rollout, () => checkStart(stack, rollout, analysis)));
  const templates = named.flatMap(({ template }) => template ?? []);
  yield* reportUnreadable(templates, (template) => template.at("spec", "templates").list());
  if (strangers.length > 0) return;
  yield* certain(guarded(rollout, () => checkArguments(stack, rollout, analysis, named, known)));
  if (templates.length < named.length) return;
  // Every template is known here: another one that is unknown changes nothing.
  yield* certain(checkKnown(stack, rollout, analysis, templates));
}

/** A template that is not there: an AnalysisTemplate is no template of the whole cluster, whatever its name. */
function missing(stack: Stack, rollout: Resource, { reference, name }: Named, { names }: KnownTemplates): Finding {
  const wide = stack.of(types.clusterAnalysisTemplate).map((one) => valueOr(() => objectName(one), undefined));
  if (name !== undefined && [...names, ...wide].includes(name) && reference.at("clusterScope").flag() !== true)
    return violation(rollout, {
      at: reference.at("clusterScope").path,
      got: `nothing beside ${nameOr(name, "a name")}, which is a template of the whole cluster`,
      expected: "true: Argo Rollouts looks in the rollout's namespace without",
      fix: set(reference.at("clusterScope"), true),
    });
  return violation(rollout, {
    at: reference.at("templateName").path,
    got: `${nameOr(name, "a name")}, which is not declared`,
    expected: "a template",
    fix: "declare it, or correct the name",
  });
}

function* checkKnown(
  stack: Stack,
  rollout: Resource,
  analysis: Analysis,
  templates: readonly Resource[],
): Iterable<Finding> {
  yield* guarded(rollout, () => checkGates(rollout, analysis, templates));
  yield* guarded(rollout, () => checkVersions(rollout, analysis, templates));
  if (analysis.role === "background") yield* checkDelays(stack, rollout, analysis, templates);
  if (analysis.role === "step" || analysis.role === "switch") yield* checkEnds(rollout, templates);
}

/** What the rollout gives for a threshold or a limit must not open the gate that the template states. */
function* checkGates(rollout: Resource, { field }: Analysis, templates: readonly Resource[]): Iterable<Finding> {
  const args = field.at("args");
  if (args.list().length === 0) return;
  const most = resolve(analysisStrength.settings, {});
  const values = passedArguments(rollout, args, templates);
  for (const template of templates)
    for (const metric of template.at("spec", "metrics").list()) {
      // A gate that is open by itself is said by analysis-strength.
      const own = [...checkMetric(template, metric, most, declaredArguments([template]))];
      if (own.length > 0) {
        yield* own.filter(({ kind }) => kind === "unknown");
        continue;
      }
      const problemsWith = (all: Arguments): readonly Finding[] => [...checkMetric(template, metric, most, all)];
      for (const { got, expected } of problemsWith(values))
        yield violation(rollout, {
          at: args.path,
          got: `arguments that give the metric ${nameOr(metric.at("name").text(), "of a template")} ${got}`,
          expected,
          fix: closing(args, declaredArguments([template]), (own) => problemsWith(own(values)).length === 0),
        });
    }
}

/** The template's own values close the gate: the one that the rollout gives in the place of the one that matters goes. */
function closing(args: Field, own: Arguments, closes: (without: (all: Arguments) => Arguments) => boolean): Remedy {
  const replaced = args.list().filter((arg) => own.get(arg.at("name").textOrEmpty()) !== undefined);
  const culprit = replaced.find((arg) => {
    const name = arg.at("name").textOrEmpty();
    return closes((all) => new Map([...all, [name, own.get(name)]]));
  });
  const all = culprit === undefined ? replaced : [culprit];
  return together(all.map((arg) => remove(arg)));
}

/** A start behind the last step is no start, and one behind the last pause leaves no time. */
function* checkStart(stack: Stack, rollout: Resource, { field }: Analysis): Iterable<Finding> {
  const start = field.at("startingStep");
  const from = start.number();
  if (from === undefined || from === 0) return;
  const { length } = stepsOf(rollout);
  const sooner = remove(start);
  if (from >= length)
    yield violation(rollout, {
      at: start.path,
      got: `${from}, behind the last of ${counted(length, "step")}, so that it never runs`,
      expected: `at most ${length - 1}: steps count from 0`,
      fix: sooner,
    });
  else if (remainingSeconds(stack, rollout) === 0)
    yield violation(rollout, {
      at: start.path,
      got: `${from}, behind the last pause`,
      expected: "a pause after it",
      fix: sooner,
    });
}

/** Measurements that neither failures nor a streak of successes use up. */
function enough(metric: Field, values: Arguments): number {
  const few = 5;
  const limits = ["failureLimit", "inconclusiveLimit", "consecutiveSuccessLimit"].map((key) => {
    const value = integerOf(metric.at(key), values) ?? 0;
    return value === undecided ? 0 : Math.max(value, 0);
  });
  return Math.max(
    few,
    limits.reduce((sum, limit) => sum + limit, 1),
  );
}

/** Half of the pauses is left to measure in. */
const half = 2;

function* checkDelays(
  stack: Stack,
  rollout: Resource,
  { field }: Analysis,
  templates: readonly Resource[],
): Iterable<Finding> {
  yield* unknownTimes(stack, rollout);
  const left = remainingSeconds(stack, rollout);
  if (left === undefined) return;
  const late = (field.at("startingStep").number() ?? 0) > 0 ? " from startingStep on" : "";
  const values = passedArguments(rollout, field.at("args"), templates);
  for (const template of templates)
    yield* eachPart(template, template.at("spec", "metrics").list(), function* (metric) {
      const delay = metric.at("initialDelay");
      const seconds = secondsOfMetric(delay, values);
      if (seconds === undefined) return;
      const expected = `less than the ${left} s of all pauses of ${rollout.name}${late}`;
      const sooner = left > 1 ? set(delay, `${Math.floor(left / half)}s`) : remove(delay);
      if (seconds === undecided) {
        const got = "a delay that an argument decides whose value is not in sight";
        yield violation(template, { at: delay.path, got, expected, fix: sooner });
        return;
      }
      if (seconds <= 0 || seconds < left) return;
      yield violation(template, {
        at: delay.path,
        got: `${seconds} s`,
        expected,
        fix: sooner,
      });
    });
}

/** Argo Rollouts rejects a rollout whose step measures until it is stopped; only the template's own values count. */
function* checkEnds(rollout: Resource, templates: readonly Resource[]): Iterable<Finding> {
  for (const template of templates) {
    const values = declaredArguments([template]);
    yield* eachPart(template, template.at("spec", "metrics").list(), function* (metric) {
      if (!isEndless(metric, values)) return;
      const count = metric.at("count");
      const stated = count.isSet() ? "a count that the template does not decide" : "an interval without a count";
      yield violation(template, {
        at: count.path,
        got: `${stated} in a step of ${rollout.name}, which Argo Rollouts refuses: it never ends`,
        expected: "a count",
        fix: example(
          set(count, enough(metric, values)),
          "how often the step may measure, at least failureLimit + consecutiveSuccessLimit",
        ),
      });
    });
  }
}
