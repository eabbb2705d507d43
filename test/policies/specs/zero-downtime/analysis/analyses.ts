/** Cases of the rules about analyses. */
import { analysisStrength } from "../../../../../policies/zero-downtime/analysis/analysis-strength";
import { analysisTemplate, but, rollout } from "../../../support/fixtures";
import type { Case, Given } from "../../../support/rule";
import { analysisCases } from "./analysis-commands";
import { given, type Spec } from "../../../support/spec";

const canary = "spec.strategy.canary";
const metric = "spec.metrics.0";
interface Metrics {
  readonly spec: { readonly metrics: readonly object[] };
}
const success = (condition: string): Case =>
  given(but(analysisTemplate, { [`${metric}.successCondition`]: condition }));
const alone = (condition: string): Given =>
  but(analysisTemplate, { [`${metric}.successCondition`]: condition, [`${metric}.failureCondition`]: undefined });
const querying = (query: string): Case =>
  given(but(analysisTemplate, { [`${metric}.provider.prometheus.query`]: query }));
const clusterWide: Given = {
  ...but(analysisTemplate, { "metadata.namespace": undefined }),
  type: "kubernetes:argoproj.io/v1alpha1:ClusterAnalysisTemplate",
};

/** Cases of the rules about analyses. */
export const analysisSpecs: readonly Spec[] = [
  {
    rule: analysisStrength,
    good: {
      "it can fail": given(analysisTemplate),
      ...analysisCases.good,
      "a job fails by its exit code": given(
        but(analysisTemplate, { [metric]: { name: "smoke", provider: { job: {} } } }),
      ),
      "a volume gate": given(
        but(analysisTemplate, {
          [`${metric}.successCondition`]: "len(result) > 0 && result[0] >= 500",
          [`${metric}.interval`]: "30s",
          [`${metric}.failureLimit`]: 20,
        }),
      ),
      "a ratio of errors": given(
        but(analysisTemplate, {
          [`${metric}.successCondition`]: "len(result) == 1 && !isNaN(result[0]) && result[0] < 0.01",
          [`${metric}.failureCondition`]: "len(result) == 0 || isNaN(result[0]) || result[0] > 0.01",
        }),
      ),
      "a blank after the negation": success("! isNaN(result[0]) && result[0] >= 0.99"),
      "the words of the language": success("len(result) > 0 and not isNaN(result[0]) and result[0] >= 0.99"),
      "Kayenta judges by itself": given(but(analysisTemplate, { [metric]: { name: "k", provider: { kayenta: {} } } })),
      "made of other templates": given(
        but(analysisTemplate, { "spec.metrics": undefined, "spec.templates": [{ templateName: "slo" }] }),
      ),
      "a latency in seconds": given(
        but(analysisTemplate, {
          [`${metric}.successCondition`]: "len(result) > 0 && result[0] < 0.5",
          [`${metric}.failureCondition`]: "len(result) > 0 && result[0] >= 0.5",
          [`${metric}.provider.prometheus.query`]: "histogram_quantile(0.99, rate(latency_seconds_bucket[1m]))",
        }),
      ),
      "a threshold by an argument that has a value": given(
        but(analysisTemplate, {
          "spec.args": [{ name: "bar", value: "0.99" }],
          [`${metric}.successCondition`]: "len(result) > 0 && result[0] >= {{args.bar}}",
        }),
      ),
      "a number instead of nothing that fails": querying("rate(ok[1m]) / rate(all[1m]) or vector(0)"),
      "four of five may fail": given(but(analysisTemplate, { [`${metric}.count`]: 5, [`${metric}.failureLimit`]: 4 })),
      "a rollout whose gates are on": given(rollout),
      "the threshold itself": success("result[0] >= 0.99 && result[0] > 1 && 0.99 <= result[0]"),
      "success alone: whatever is not success then fails": given(
        but(analysisTemplate, { [`${metric}.failureCondition`]: undefined }),
      ),
      "a streak of successes that a count ends": given(
        but(analysisTemplate, {
          [`${metric}.failureLimit`]: -1,
          [`${metric}.consecutiveSuccessLimit`]: 3,
          [`${metric}.interval`]: "1m",
          [`${metric}.count`]: 10,
        }),
      ),
      "a limit by an argument that has a value": given(
        but(analysisTemplate, {
          "spec.args": [{ name: "limit", value: "3" }],
          [`${metric}.failureLimit`]: "{{args.limit}}",
          [`${metric}.interval`]: "1m",
        }),
      ),
      "five minutes without an answer": given(but(analysisTemplate, { [`${metric}.consecutiveErrorLimit`]: 30 })),
      "more than nothing": success("len(result) > 0 && result[0] > 0.0"),
    },
    bad: {
      ...analysisCases.bad,
      "no data is success": success("isNaN(result[0]) || result[0]>=0.99"),
      "no data is success, spelled with blanks": success("result[0] >= 0.99 || isNaN  (result[0])"),
      "an empty answer is success": success("len(result) == 0 || result[0] >= 0.99"),
      "an empty answer is success, spelled tightly": success("len(result)==0||result[0]>=0.99"),
      "an empty answer is success, spelled with blanks": success("len  (  result  )  ==  0 || result[0] >= 0.99"),
      "an answer shorter than one is success": success("len(result) < 1 || result[0] >= 0.99"),
      "a low threshold": success("len(result) > 0 && result[0] >= 0.95"),
      "a low threshold without a zero": success("result[0] > .95"),
      "a low threshold, spelled tightly": success("result[0]>=0.5"),
      "a low threshold on the left": success("0.95 <= result[0]"),
      "a low threshold on the left without a zero, spelled tightly": success("!(result[0] > 1)&&.5<result[0]"),
      "a low threshold of three digits behind a high one": success("result[0] >= 0.995 && result[1] >= 0.985"),
      "never fails": given(but(analysisTemplate, { [`${metric}.failureLimit`]: -1 })),
      "tolerates too much": given(but(analysisTemplate, { [`${metric}.failureLimit`]: 21 })),
      "dry run": given(but(analysisTemplate, { "spec.dryRun": [{ metricName: ".*" }] })),
      "no condition": given(
        but(analysisTemplate, { [`${metric}.successCondition`]: undefined, [`${metric}.failureCondition`]: "" }),
      ),
      "blank conditions": given(
        but(analysisTemplate, { [`${metric}.successCondition`]: " ", [`${metric}.failureCondition`]: " " }),
      ),
      "failure alone: whatever is not failure is then success": given(
        but(analysisTemplate, { [`${metric}.successCondition`]: undefined }),
      ),
      "nothing is zero": given(
        but(alone("default(result, 0) < 0.05"), { [`${metric}.provider`]: { datadog: { query: "errors" } } }),
      ),
      "every element of none": success("all(result, # < 1000)"),
      "a function that nobody knows": success("frobnicate(result) > 1"),
      "a name that nobody knows, behind what most numbers fail": success("result[0] > 1 && limit > 0"),
      "another language": success("result >"),
      "a conversion that makes no number the smallest one": given(alone("len(result) > 0 && asInt(result[0]) < 5")),
      "a threshold that nothing reaches": given(alone("len(result) > 0 && result[0] > 1 && result[0] < 0.99")),
      "the list in place of its first number": given(alone("result >= 0.99")),
      true: success("true"),
      "every number": given(alone("len(result) > 0 && !isNaN(result[0]) && result[0] >= 0")),
      "half of all requests may fail": given(alone("len(result) > 0 && result[0] < 0.5")),
      "half of a hundred": given(
        but(querying("100 * rate(ok[1m]) / rate(all[1m])").resources[0] as Given, {
          [`${metric}.successCondition`]: "len(result) > 0 && result[0] >= 50",
        }),
      ),
      "a low threshold by an argument that has a value": given(
        but(alone("len(result) > 0 && result[0] >= {{args.bar}}"), { "spec.args": [{ name: "bar", value: "0.5" }] }),
      ),
      "a threshold that an argument decides": success("len(result) > 0 && result[0] >= {{args.bar}}"),
      "a number instead of nothing that succeeds": querying("rate(ok[1m]) / rate(all[1m]) OR on() vector(1)"),
      "as many failures as measurements": given(
        but(analysisTemplate, { [`${metric}.count`]: 5, [`${metric}.failureLimit`]: 5 }),
      ),
      "a job that may fail its only time": given(
        but(analysisTemplate, { [metric]: { name: "smoke", failureLimit: 1, provider: { job: {} } } }),
      ),
      "as many inconclusive as measurements": given(
        but(analysisTemplate, { [`${metric}.count`]: "5", [`${metric}.inconclusiveLimit`]: 5 }),
      ),
      "a rollout that turns its gate off": given(
        but(rollout, { [`${canary}.analysis.dryRun`]: [{ metricName: "success" }] }),
      ),
      "a streak of successes that nothing ends": given(
        but(analysisTemplate, {
          [`${metric}.failureLimit`]: -1,
          [`${metric}.consecutiveSuccessLimit`]: 3,
          [`${metric}.interval`]: "1m",
        }),
      ),
      "no verdict for hours": given(
        but(analysisTemplate, { [`${metric}.inconclusiveLimit`]: 100, [`${metric}.interval`]: "5m" }),
      ),
      "no answer for hours": given(but(analysisTemplate, { [`${metric}.consecutiveErrorLimit`]: 1000 })),
      "a limit that an argument decides": given(
        but(analysisTemplate, { [`${metric}.failureLimit`]: "{{args.limit}}" }),
      ),
      "a limit that is none": given(but(analysisTemplate, { [`${metric}.failureLimit`]: "some" })),
      "a dry run of one metric of two": given(
        but(analysisTemplate, {
          "spec.dryRun": [{ metricName: "^succ" }],
          "spec.metrics": [
            (analysisTemplate.props as Metrics).spec.metrics[0],
            { ...(analysisTemplate.props as Metrics).spec.metrics[0], name: "other" },
          ],
        }),
      ),
      "a dry run by a pattern that cannot be read": given(
        but(analysisTemplate, { "spec.dryRun": [{ metricName: "(" }] }),
      ),
      "a rollout that turns the gate of a step off": given(
        but(rollout, { [`${canary}.steps`]: [{ analysis: { dryRun: [{ metricName: "success" }] } }] }),
      ),
      "a rollout that turns the gate of an experiment off": given(
        but(rollout, { [`${canary}.steps`]: [{ experiment: { dryRun: [{ metricName: "success" }] } }] }),
      ),
      "a rollout that turns the gate of a switch off": given(
        but(rollout, { "spec.strategy": { blueGreen: { prePromotionAnalysis: { dryRun: [{ metricName: ".*" }] } } } }),
      ),
      "a rollout that turns the gate after a switch off": given(
        but(rollout, { "spec.strategy": { blueGreen: { postPromotionAnalysis: { dryRun: [{ metricName: ".*" }] } } } }),
      ),
      "a dry run by two patterns": given(
        but(analysisTemplate, { "spec.dryRun": [{ metricName: "^other" }, { metricName: "^succ" }] }),
      ),
      "no metric": given({ ...but(clusterWide, { "spec.metrics": [] }) }),
    },
  },
];
