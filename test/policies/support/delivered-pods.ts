/** Objects of the delivery controllers that bring pods of the same template: what any rule about pods reads of each. */
import { rollout, template } from "./fixtures";
import type { Case } from "./rule";
import { given, object } from "./spec";

const job = { metrics: [{ name: "smoke", provider: { job: { spec: { template } } } }] };

/** One case a kind. */
export const deliveredPods: readonly Case[] = [
  given(rollout),
  given(object("argoproj.io/v1alpha1:AnalysisTemplate", "smoke", { spec: job })),
  given(object("argoproj.io/v1alpha1:ClusterAnalysisTemplate", "smoke", { spec: job })),
  given(object("argoproj.io/v1alpha1:Experiment", "smoke", { spec: { templates: [{ name: "canary", template }] } })),
];
