/** Cases of the rule that fits an analysis into its rollout. */
import { analysisFitsRollout } from "../../../../../policies/zero-downtime/analysis/analysis-fits-rollout";
import { argumentCases } from "./analysis-arguments";
import { versionCases } from "./analysis-versions";
import { windowCases } from "./analysis-windows";
import { analysisTemplate, but, from, namespace, rollout } from "../../../support/fixtures";
import {
  byArgument,
  canary,
  clusterWide,
  delayed,
  endless,
  inBackground,
  inBackgroundSteps,
  inStep,
  metric,
  naming,
  starting,
} from "../../../support/fitting";
import type { Given } from "../../../support/rule";
import { given, previewed, type Spec, under, UNKNOWN } from "../../../support/spec";

/** A rollout whose only step measures with the template. */
const measuringIn = (templateName: string): Given =>
  but(inBackground, { [`${canary}.steps`]: [{ analysis: { templates: [{ templateName }] } }] });

/** Cases of the rule that fits an analysis into its rollout. */
export const analysisFitsSpecs: readonly Spec[] = [
  {
    rule: analysisFitsRollout,
    good: {
      ...argumentCases.good,
      "measures before the end": given(rollout, analysisTemplate),
      ...windowCases.good,
      ...versionCases.good,
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
        but(rollout, {
          [`${canary}.steps`]: [{ analysis: { templates: [{ templateName: "far", clusterScope: true }] } }],
        }),
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
      "starts at the last pause": given(starting(4), delayed("1m")),
      "starts with the first step, where nothing waits": given(
        but(starting(0), { [`${canary}.steps`]: [] }),
        delayed(undefined),
      ),
      "a delay of nothing, where nothing waits": given(but(inBackground, { [`${canary}.steps`]: [] }), delayed("0s")),
      "a start of an analysis that names no template": given(
        but(rollout, { [`${canary}.analysis`]: { startingStep: 9 } }),
        analysisTemplate,
      ),
      "a start that a step does not have": given(
        but(inStep, { [`${canary}.steps.2.analysis.startingStep`]: 9 }),
        analysisTemplate,
      ),
      "an experiment that lasts": given(
        but(inBackground, { [`${canary}.steps`]: [{ experiment: { duration: "5m", templates: [] } }] }),
        delayed("2m"),
      ),
      "a plugin that lasts for nobody knows how long": given(
        but(inBackground, { [`${canary}.steps`]: [{ plugin: { name: "acme/step" } }] }),
        delayed("10m"),
      ),
      "a template whose name a preview hides, without a rollout": previewed(
        but(analysisTemplate, { "metadata.name": UNKNOWN }),
      ),
      "a template whose name a preview hides, known by one link of two": previewed(rollout, {
        ...but(analysisTemplate, { "metadata.name": UNKNOWN }),
        links: { metadata: from(namespace, rollout) },
      }),
      "measures for ever in the background": given(but(inBackground, {}), endless({ initialDelay: undefined })),
      "made of another template, whose argument has a value in the first": given(
        rollout,
        but(analysisTemplate, {
          "spec.templates": [{ templateName: "errors" }, { templateName: "slo" }],
          "spec.args": [{ name: "a", value: "" }],
        }),
        but(analysisTemplate, { "metadata.name": "errors", "spec.args": [{ name: "a" }] }),
      ),
      "a template of the platform": under(
        { knownTemplates: ["slo"] },
        naming({ templateName: "slo", clusterScope: true }),
      ),
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
      ...windowCases.bad,
      ...versionCases.bad,
      ...argumentCases.bad,
      "starts behind the last step": given(starting(9), analysisTemplate),
      "starts behind the last pause": given(
        but(rollout, {
          [`${canary}.analysis.startingStep`]: 2,
          [`${canary}.steps`]: [...inBackgroundSteps, { setWeight: 100 }],
        }),
        delayed(undefined),
      ),
      "starts so late that its delay is longer": given(starting(3), delayed("3m")),
      "a delay that is none": given(rollout, delayed("1d")),
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
      "a switch that measures for ever": given(
        but(rollout, {
          "spec.strategy": { blueGreen: { prePromotionAnalysis: { templates: [{ templateName: "slo" }] } } },
        }),
        endless({}),
      ),
      "starts behind the last step by one": given(starting(5), analysisTemplate),
      "a step's count that a preview hides": previewed(measuringIn("long"), delayed("10m"), {
        ...but(analysisTemplate, { "metadata.name": "long", [`${metric}.count`]: UNKNOWN }),
        name: "long",
      }),
      "a step whose argument decides too little time": given(
        but(measuringIn("long"), {
          [`${canary}.steps.0.analysis.args`]: [{ name: "delay", value: "30s" }],
        }),
        delayed("2m"),
        { ...but(byArgument("5m"), { "metadata.name": "long" }), name: "long" },
      ),
      "a step whose argument is no time": given(
        but(measuringIn("long"), { [`${canary}.steps.0.analysis.args`]: [{ name: "delay", value: "soon" }] }),
        delayed("2m"),
        { ...but(byArgument("5m"), { "metadata.name": "long" }), name: "long" },
      ),
      "an experiment that is too short": given(
        but(inBackground, { [`${canary}.steps`]: [{ experiment: { duration: "1m", templates: [] } }] }),
        delayed("2m"),
      ),
      "a step that a preview hides": previewed(
        but(inBackground, { [`${canary}.steps`]: [{ pause: { duration: "2m" } }, UNKNOWN] }),
        delayed("10m"),
      ),
      "a start before a step that a preview hides": previewed(
        but(starting(1), { [`${canary}.steps`]: [{ setWeight: 50 }, UNKNOWN] }),
        delayed(undefined),
      ),
      "a pause of a second": given(
        but(inBackground, { [`${canary}.steps`]: [{ pause: { duration: 1 } }] }),
        delayed("10m"),
      ),
      "a missing template beside one that measures too late": given(
        but(inBackground, {
          [`${canary}.analysis`]: { templates: [{ templateName: "none" }, { templateName: "slo" }] },
        }),
        delayed("10m"),
      ),
      "a missing template, or one whose name a preview hides": previewed(
        rollout,
        but(analysisTemplate, { "metadata.name": UNKNOWN }),
      ),
      "a template that a preview hides inside of another": previewed(
        rollout,
        but(analysisTemplate, { "spec.templates": UNKNOWN }),
      ),
      "a step that measures for ever, with limits": given(
        inStep,
        endless({ failureLimit: 3, inconclusiveLimit: 4, consecutiveSuccessLimit: 2 }),
      ),
      "a step that measures for ever, with a limit that only the rollout decides": given(
        but(inStep, { [`${canary}.steps.2.analysis.args`]: [{ name: "limit", value: "3" }] }),
        but(endless({ failureLimit: "{{ args.limit }}", inconclusiveLimit: 6 }), { "spec.args": [{ name: "limit" }] }),
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
      "a template of the platform without the whole cluster": under({ knownTemplates: ["slo"] }, rollout),
      "a template of the cluster without the whole cluster": given(rollout, clusterWide),
      "missing template beside one of the platform's": under({ knownTemplates: ["other"] }, rollout),
    },
  },
];
