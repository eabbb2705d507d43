/** Cases of the rule that fits an analysis into its rollout. */
import { unknownSentinels } from "../../../policies/kit/value";
import { analysisFitsRollout } from "../../../policies/zero-downtime/analysis-fits-rollout";
import { analysisTemplate, but, from, rollout } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, under, type Spec } from "../support/spec";

const [UNKNOWN] = unknownSentinels;
const canary = "spec.strategy.canary";
const metric = "spec.metrics.0";
const delayed = (delay: string | undefined): Given => but(analysisTemplate, { [`${metric}.initialDelay`]: delay });
const inBackground = but(rollout, {
  [`${canary}.steps`]: [{ pause: { duration: "2m" } }, { pause: { duration: 120 } }],
});
const inBackgroundSteps = [{ pause: { duration: "2m" } }, { setWeight: 50 }];
const starting = (startingStep: number): Given => but(rollout, { [`${canary}.analysis.startingStep`]: startingStep });
const waiting = (value: string | undefined): Given =>
  but(inBackground, { [`${canary}.analysis.args`]: value === undefined ? undefined : [{ name: "delay", value }] });
const byArgument = (value: string | undefined): Given =>
  but(analysisTemplate, { "spec.args": [{ name: "delay", value }], [`${metric}.initialDelay`]: "{{ args.delay }}" });
const barring = (value: string): Given => but(inBackground, { [`${canary}.analysis.args`]: [{ name: "bar", value }] });
const barred = but(analysisTemplate, {
  "spec.args": [{ name: "bar", value: "0.99" }],
  [`${metric}.successCondition`]: "len(result) > 0 && result[0] >= {{args.bar}}",
  [`${metric}.failureCondition`]: undefined,
});
const endless = (more: object): Given =>
  but(analysisTemplate, {
    "spec.args": [{ name: "count" }].slice(0, "count" in more ? 1 : 0),
    [`${metric}.interval`]: "30s",
    ...Object.fromEntries(Object.entries(more).map(([key, value]) => [`${metric}.${key}`, value as unknown])),
  });
const inStep = but(rollout, { [`${canary}.analysis`]: undefined });
const clusterWide: Given = {
  ...but(analysisTemplate, { "metadata.namespace": undefined }),
  type: "kubernetes:argoproj.io/v1alpha1:ClusterAnalysisTemplate",
};
const naming = (...templates: readonly unknown[]): Given =>
  but(rollout, { [`${canary}.analysis`]: { templates }, [`${canary}.steps`]: [] });

/** Cases of the rule that fits an analysis into its rollout. */
export const analysisFitsSpecs: readonly Spec[] = [
  {
    rule: analysisFitsRollout,
    good: {
      "measures before the end": given(rollout, analysisTemplate),
      "a delay by an argument of the template": given(rollout, byArgument("30s")),
      "a delay by an argument of the rollout": given(waiting("30s"), byArgument("10m")),
      "a delay by an argument of another field": given(
        but(inBackground, {
          [`${canary}.analysis.args`]: [
            { name: "delay", valueFrom: { fieldRef: { fieldPath: "spec.strategy.canary.steps[0].pause.duration" } } },
          ],
        }),
        byArgument(undefined),
      ),
      "an argument that the template does not have": given(
        but(rollout, { [`${canary}.analysis.args`]: [{ name: "other", value: "1" }] }),
        analysisTemplate,
      ),
      "steps that measure long enough": given(
        but(rollout, {
          [`${canary}.steps`]: [{ setWeight: 5 }, { analysis: { templates: [{ templateName: "long" }] } }],
        }),
        delayed("2m"),
        but(analysisTemplate, {
          "metadata.name": "long",
          [`${metric}.interval`]: "1m",
          [`${metric}.count`]: 4,
          [`${metric}.initialDelay`]: undefined,
        }),
      ),
      "a step whose template is out of sight": under(
        { knownTemplates: ["far"] },
        but(rollout, { [`${canary}.steps`]: [{ analysis: { templates: [{ templateName: "far" }] } }] }),
        delayed("10m"),
      ),
      "a step whose length an argument of the rollout decides": given(
        but(rollout, {
          [`${canary}.steps`]: [
            { analysis: { templates: [{ templateName: "long" }], args: [{ name: "delay", value: "5m" }] } },
          ],
        }),
        delayed("2m"),
        but(byArgument("1s"), { "metadata.name": "long" }),
      ),
      "a step whose length a field of the rollout decides": given(
        but(rollout, {
          "metadata.labels": { delay: "5m" },
          [`${canary}.steps`]: [
            {
              analysis: {
                templates: [{ templateName: "long" }],
                args: [{ name: "delay", valueFrom: { fieldRef: { fieldPath: "metadata.labels['delay']" } } }],
              },
            },
          ],
        }),
        delayed("2m"),
        but(byArgument("1s"), { "metadata.name": "long" }),
      ),
      "an argument that keeps the gate closed": given(barring("0.995"), barred),
      "starts at the last pause": given(starting(4), delayed("1m")),
      "measures for ever in the background": given(but(inBackground, {}), endless({ initialDelay: undefined })),
      "made of another template, whose argument has a value in the first": given(
        rollout,
        but(analysisTemplate, {
          "spec.templates": [{ templateName: "errors" }, { templateName: "slo" }],
          "spec.args": [{ name: "a", value: "" }],
        }),
        but(analysisTemplate, { "metadata.name": "errors", "spec.args": [{ name: "a" }] }),
      ),
      "a template of the platform": under({ knownTemplates: ["slo"] }, rollout),
      "a step waits for its own analysis": given(inStep, delayed("10m")),
      "no pause and no delay": given(but(inBackground, { [`${canary}.steps`]: [] }), delayed(undefined)),
      "a pause that a person ends": given(but(inBackground, { [`${canary}.steps`]: [{ pause: {} }] }), delayed("10m")),
      "for the whole cluster": given(
        naming({ templateName: "slo", clusterScope: true }),
        but(clusterWide, {
          [`${metric}.initialDelay`]: undefined,
        }),
      ),
      "a template whose name a preview hides, known by link": given(rollout, {
        ...but(analysisTemplate, { "metadata.name": UNKNOWN }),
        links: { metadata: from(rollout) },
      }),
    },
    bad: {
      "starts behind the last step": given(starting(9), analysisTemplate),
      "starts behind the last pause": given(
        but(rollout, {
          [`${canary}.analysis.startingStep`]: 2,
          [`${canary}.steps`]: [...inBackgroundSteps, { setWeight: 100 }],
        }),
        delayed(undefined),
      ),
      "starts so late that its delay is longer": given(starting(3), delayed("3m")),
      "a delay by an argument that is too long": given(waiting("10m"), byArgument(undefined)),
      "a delay by a label that is too long": given(
        but(inBackground, {
          "metadata.labels": { "acme.dev/delay": "10m" },
          [`${canary}.analysis.args`]: [
            { name: "delay", valueFrom: { fieldRef: { fieldPath: "metadata.labels['acme.dev/delay']" } } },
          ],
        }),
        byArgument(undefined),
      ),
      "a delay that a Secret decides": given(
        waiting(undefined),
        but(byArgument(undefined), {
          "spec.args": [{ name: "delay", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }],
        }),
      ),
      "a delay that is none": given(rollout, delayed("1d")),
      "no value for an argument": given(waiting(undefined), byArgument(undefined)),
      "a step that measures for ever": given(inStep, endless({})),
      "a step whose count only the rollout decides": given(
        but(inStep, { [`${canary}.steps.2.analysis.args`]: [{ name: "count", value: "3" }] }),
        endless({ count: "{{ args.count }}" }),
      ),
      "a nested template that is missing": given(
        rollout,
        but(analysisTemplate, { "spec.templates": [{ templateName: "errors" }] }),
      ),
      "a template of an experiment that is missing": given(
        but(inStep, { [`${canary}.steps`]: [{ experiment: { analyses: [{ name: "a", templateName: "errors" }] } }] }),
      ),
      "an argument that opens the gate": given(barring("0.5"), barred),
      "an argument that lets every failure pass": given(
        but(inBackground, { [`${canary}.analysis.args`]: [{ name: "limit", value: "5" }] }),
        but(analysisTemplate, {
          "spec.args": [{ name: "limit", value: "0" }],
          [`${metric}.failureLimit`]: "{{args.limit}}",
          [`${metric}.count`]: 5,
          [`${metric}.interval`]: "30s",
        }),
      ),
      "no value for an argument of an experiment": given(
        but(inStep, {
          [`${canary}.steps`]: [
            { experiment: { analyses: [{ name: "a", templateName: "slo", args: [{ name: "other", value: "1" }] }] } },
          ],
        }),
        byArgument(undefined),
      ),
      "a switch that measures for ever": given(
        but(rollout, {
          "spec.strategy": { blueGreen: { prePromotionAnalysis: { templates: [{ templateName: "slo" }] } } },
        }),
        endless({}),
      ),
      "measures too late": given(inBackground, delayed("10m")),
      "measures at the very end": given(inBackground, delayed("4m")),
      "measures after no pause at all": given(but(inBackground, { [`${canary}.steps`]: [] }), delayed("1s")),
      "missing template": given(rollout),
      "another template of its namespace": given(rollout, but(analysisTemplate, { "metadata.name": "other" })),
      "a template of another namespace": given(rollout, but(analysisTemplate, { "metadata.namespace": "other" })),
      "a template that is not named": given(naming({}), analysisTemplate),
      "a name that is none": given(naming({ templateName: "Slo!" }), analysisTemplate),
      "cluster-wide by name only": given(naming({ templateName: "slo", clusterScope: true }), analysisTemplate),
      "missing template beside one of the platform's": under({ knownTemplates: ["other"] }, rollout),
    },
  },
];
