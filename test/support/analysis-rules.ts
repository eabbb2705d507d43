/**
 * What Argo Rollouts v1.9.0 has against a rollout's analyses, restated from its source. A template that breaks one of
 * these rules is accepted by the API server all the same; only the first Rollout that names it becomes InvalidSpec.
 * Sources, all at tag v1.9.0 of argoproj/argo-rollouts:
 * - metrics: utils/analysis/factory.go, ValidateMetrics and ValidateMetric;
 * - references: pkg/apis/rollouts/validation/validation_references.go, ValidateAnalysisTemplatesWithType;
 * - merging of templates and arguments: utils/analysis/helpers.go, FlattenTemplates and MergeArgs;
 * - counts: pkg/apis/rollouts/v1alpha1/analysis_types.go, EffectiveCount.
 */
import type { ClusterAnalysisTemplate } from "../../components/delivery/analysis-template";

/** Where a rollout names its templates. */
export type AnalysisUse = "inline step" | "pre-promotion" | "post-promotion" | "background";

type Args = Readonly<Record<string, string>>;
type Metric = Readonly<Record<string, unknown>>;

/** A count as the controller reads it: text that is no number is 0 (intstr.IntOrString, IntValue). */
function intValue(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^[+-]?\d+$/.test(value) ? Number(value) : 0;
}

/** `{{args.x}}` replaced in the metric's JSON (utils/template/template.go, ResolveQuotedArgs). */
export function resolveMetric(metric: unknown, args: Args): Metric {
  const text = JSON.stringify(metric).replace(/\{\{(.*?)\}\}/g, (_all, tag: string) => {
    const value = args[tag.trim().replace(/^args\./, "")];
    if (value === undefined) throw new Error(`failed to resolve {{${tag}}}`);
    return JSON.stringify(value).slice(1, -1);
  });
  return JSON.parse(text) as Metric;
}

function effectiveCount({ count, interval }: Metric): number | undefined {
  if (intValue(count) !== 0) return intValue(count);
  return interval === undefined ? 1 : undefined;
}

const DURATION = /^[+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))*$/;

/** ValidateMetric: the first fault of a resolved metric. */
export function metricFault(metric: Metric): string | undefined {
  const { interval, initialDelay, provider } = metric;
  const [count, failures, successes, inconclusive] = [
    intValue(metric["count"]),
    intValue(metric["failureLimit"]),
    intValue(metric["consecutiveSuccessLimit"]),
    intValue(metric["inconclusiveLimit"]),
  ] as const;
  if (successes < 0) return "consecutiveSuccessLimit must be >= 0";
  if (failures < -1) return "failureLimit must be >= 0, or -1 to be disabled";
  if (successes === 0 && failures === -1) return "failureLimit and consecutiveSuccessLimit cannot both be disabled";
  if (inconclusive < 0) return "inconclusiveLimit must be >= 0";
  if (intValue(metric["consecutiveErrorLimit"]) < 0) return "consecutiveErrorLimit must be >= 0";
  if (count > 0) {
    if (failures >= 0 && count < failures + successes)
      return `count (${count}) must be >= failureLimit + consecutiveSuccessLimit (${failures} + ${successes}) if both >= 0`;
    if (failures < 0 && count < successes) return "count must be >= consecutiveSuccessLimit";
    if (count < inconclusive) return "count must be >= inconclusiveLimit";
  }
  if (count > 1 && interval === undefined) return "interval must be specified when count > 1";
  if (interval !== undefined && !DURATION.test(String(interval))) return "invalid interval string";
  if (initialDelay !== undefined && !DURATION.test(String(initialDelay))) return "invalid startDelay string";
  const providers = Object.keys((provider ?? {}) as object).length;
  if (providers === 0) return "no provider specified";
  return providers > 1 ? "multiple providers specified" : undefined;
}

/** FlattenTemplates and MergeArgs: templates of one step share their arguments and run side by side. */
function mergeFault(templates: readonly ClusterAnalysisTemplate[], given: Args): string | undefined {
  const merged = new Map<string, string | undefined>();
  for (const { name, value } of templates.flatMap(({ spec }) => spec.args)) {
    const before = merged.get(name);
    if (before !== undefined && value !== undefined && before !== value)
      return `Argument \`${name}\` specified multiple times with different values: '${before}', '${value}'`;
    merged.set(name, before ?? value);
  }
  const names = templates.flatMap(({ spec }) => spec.metrics.map(({ name }) => name));
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return `two metrics have the same name '${twice}'`;
  for (const [name, value] of merged) if ((given[name] ?? value) === undefined) return `args.${name} was not resolved`;
  return undefined;
}

/** ValidateAnalysisTemplateWithType. In a step, an argument without a value of the template's is a placeholder. */
function referenceFaults(template: ClusterAnalysisTemplate, use: AnalysisUse, given: Args): string[] {
  const { args, metrics } = template.spec;
  if (use === "background") {
    if (Object.keys(given).length === 0 && args.some(({ value }) => value === undefined))
      return ["missing analysis arguments in rollout spec"];
    return args.filter(({ name, value }) => value === undefined && given[name] === undefined).map(({ name }) => name);
  }
  const own = Object.fromEntries(args.map(({ name, value }) => [name, value ?? "dummy-value"]));
  return metrics
    .map((metric) => resolveMetric(metric, own))
    .filter((metric) => effectiveCount(metric) === undefined)
    .map(({ name, count }) => {
      const written = count === undefined ? "<nil>" : JSON.stringify(count);
      const template_ = template.metadata.name;
      return `AnalysisTemplate ${template_} has metric ${String(name)} which runs indefinitely. Invalid value for count: ${written}`;
    });
}

/**
 * Everything that the controller would have against naming these templates together at this place with these
 * arguments: first whether the Rollout is accepted, then whether its AnalysisRun is. Empty: nothing.
 */
export function analysisFaults(
  templates: readonly ClusterAnalysisTemplate[],
  use: AnalysisUse,
  given: Args,
): readonly string[] {
  const merge = mergeFault(templates, given);
  if (merge !== undefined) return [merge];
  const references = templates.flatMap((template) => referenceFaults(template, use, given));
  if (references.length > 0) return references;
  const own = templates.flatMap(({ spec }) => spec.args).map(({ name, value }) => [name, value] as const);
  const args = { ...Object.fromEntries(own.filter(([, value]) => value !== undefined)), ...given } as Args;
  return templates
    .flatMap(({ spec }) => spec.metrics)
    .flatMap((metric, at) => {
      const fault = metricFault(resolveMetric(metric, args));
      return fault === undefined ? [] : [`metrics[${at}]: ${fault}`];
    });
}
