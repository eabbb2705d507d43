/** Rule revisions-kept. */
import { workloadLimits } from "../../limits/workloads";
import { fix, remove } from "../../kit/finding/remedy";
import { simpleRule } from "../../kit/rule/simple-rule";
import { types } from "../../kit/reading/types";

const usual = workloadLimits.revisionsByDefault.value;

/** There is something to go back to. */
export const revisionsKept = simpleRule({
  id: "revisions-kept",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A workload that keeps no earlier revision.",
  prevents: "An undo that has nothing to go back to, in the middle of an incident.",
  source: "Kubernetes, Deployments, clean up policy; Argo Rollouts, specification, revisionHistoryLimit",
  settings: {},
  resourceTypes: [types.deployment, types.rollout, types.statefulSet, types.daemonSet],
  examples: { bad: "revisionHistoryLimit: 0", good: "revisionHistoryLimit: 5" },
  property: ["spec", "revisionHistoryLimit"],
  reads: "number",
  unset: usual,
  accepts: (kept) => kept !== 0,
  expected: () => "at least 1",
  value: () => usual,
  fix: (field) => fix`${remove(field)}, which means ${usual}`,
});
