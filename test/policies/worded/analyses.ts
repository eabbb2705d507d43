/** Analyses: what a rollout measures by, and what it gives to templates. */
import { analysisTemplate } from "../support/fixtures";
import { object } from "../support/spec";
import { both, edit, more, type Worded } from "./worded";

const canary = "spec.strategy.canary";
const metric = "spec.metrics.0";
const gate = { analysis: { templates: [{ templateName: "slo" }] } };
const { spec: template } = analysisTemplate.props as { readonly spec: unknown };
const errors = object("argoproj.io/v1alpha1:AnalysisTemplate", "errors", {
  spec: template,
  metadata: { name: "errors", namespace: "shop" },
});

/** Sentences of the rules about analyses. */
export const analysisWords: readonly Worded[] = [
  {
    rule: "rollout-has-analysis",
    words: "add a step with analysis.templates",
    reason: "fact",
    in: "none",
    ways: [both(more(analysisTemplate), edit("Rollout", { [`${canary}.steps`]: [{ setWeight: 5 }, gate] }))],
  },
  {
    rule: "analysis-strength",
    words: "remove the query's result where there is no data",
    reason: "hidden",
    in: "a number instead of nothing that succeeds",
    ways: [edit("AnalysisTemplate", { [`${metric}.provider.prometheus.query`]: "rate(ok[1m]) / rate(all[1m])" })],
  },
  {
    rule: "analysis-strength",
    words: "measure what the threshold is about, without bounds around it",
    reason: "hidden",
    in: "an answer of at least the threshold",
    ways: [edit("AnalysisTemplate", { [`${metric}.provider.prometheus.query`]: "rate(ok[1m]) / rate(all[1m])" })],
  },
  {
    rule: "analysis-strength",
    words:
      "let the exit code of what looks at the version decide: without ; exit 0, without a pipe behind it, curl with --fail",
    reason: "hidden",
    in: "a job whose pipe ends in tee",
    ways: [
      edit("AnalysisTemplate", {
        [`${metric}.provider.job.spec.template.spec.containers.0.args`]: ["-c", "curl --fail http://shop-canary/ready"],
      }),
    ],
  },
  {
    rule: "analysis-strength",
    words: "narrow the query by a label of the version, such as the canary's Service in an argument",
    reason: "fact",
    in: "a query about everything",
    ways: [
      edit("AnalysisTemplate", {
        [`${metric}.provider.prometheus.query`]: 'min(up{service="{{args.canary}}"})',
        "spec.args": [{ name: "canary", value: "shop-canary" }],
      }),
    ],
  },
  {
    rule: "analysis-fits-rollout",
    words: "let the monitors read every * s, or query over * s",
    reason: "hidden",
    in: "a window in which nothing is read twice",
    ways: [
      edit("ServiceMonitor of-shop", { "spec.endpoints": [{ port: "http", interval: "30s" }] }),
      edit("AnalysisTemplate", { [`${metric}.provider.prometheus.query`]: "sum(rate(ok{app='shop'}[2m]))" }),
    ],
  },
  {
    rule: "analysis-strength",
    words: "declare a metric with both conditions",
    reason: "fact",
    in: "no metric",
    ways: [edit("ClusterAnalysisTemplate", { spec: template })],
  },
  {
    rule: "analysis-fits-rollout",
    words: "add the argument with a value, or give it one in the template",
    reason: "fact",
    in: "no value for an argument",
    ways: [
      edit("Rollout", { [`${canary}.analysis.args`]: [{ name: "delay", value: "30s" }] }),
      edit("AnalysisTemplate", { "spec.args": [{ name: "delay", value: "30s" }] }),
    ],
  },
  {
    rule: "analysis-fits-rollout",
    words: "give the argument its value, or remove it where the template has one",
    reason: "fact",
    in: "an argument without a value",
    ways: [
      edit("Rollout", { [`${canary}.analysis.args.0.value`]: "shop-canary" }),
      both(
        edit("Rollout", { [`${canary}.analysis.args`]: [] }),
        edit("AnalysisTemplate", { "spec.args.0.value": "shop-canary" }),
      ),
    ],
  },
  {
    rule: "analysis-fits-rollout",
    words: "read Secrets in the template's own argument, and remove this one, or write its value",
    reason: "fact",
    in: "an argument that a Secret gives",
    ways: [
      both(
        edit("Rollout", { [`${canary}.analysis.args`]: [] }),
        edit("AnalysisTemplate", {
          "spec.args.0.valueFrom": { secretKeyRef: { name: "prometheus", key: "token" } },
        }),
      ),
      edit("Rollout", { [`${canary}.analysis.args.0`]: { name: "one", value: "shop-canary" } }),
    ],
  },
  {
    rule: "analysis-fits-rollout",
    words: "name one of them",
    reason: "fact",
    in: "an argument by a part of the metadata that nobody reads",
    ways: [edit("Rollout", { [`${canary}.analysis.args.0.valueFrom.fieldRef.fieldPath`]: "metadata.name" })],
  },
  {
    rule: "analysis-fits-rollout",
    words: "write the path of a single value, or the value itself",
    reason: "fact",
    in: "an argument by a whole list",
    ways: [
      edit("Rollout", {
        [`${canary}.analysis.args.0.valueFrom.fieldRef.fieldPath`]: "spec.strategy.canary.steps[0].pause.duration",
      }),
      edit("Rollout", { [`${canary}.analysis.args.0`]: { name: "one", value: "shop-canary" } }),
    ],
  },
  {
    rule: "analysis-fits-rollout",
    words: "declare it, or correct the name",
    reason: "fact",
    in: "a nested template that is missing",
    ways: [more(errors), edit("AnalysisTemplate", { "spec.templates": [] })],
  },
  {
    rule: "analysis-runs",
    words: "name one, such as prometheus, job or web",
    reason: "fact",
    in: "no provider",
    ways: [
      edit("AnalysisTemplate", {
        [`${metric}.provider`]: { prometheus: { address: "http://prometheus", query: "ratio" } },
      }),
    ],
  },
  {
    rule: "analysis-runs",
    words: "write {{args.<name>}}, and the name in spec.args",
    reason: "hidden",
    in: "a placeholder of another language",
    ways: [
      edit("AnalysisTemplate", {
        "spec.args": [{ name: "b", value: "1" }],
        [`${metric}.provider.web.headers`]: [{ key: "a", value: "{{args.b}}" }],
      }),
    ],
  },
];
