/** Rule revisions-kept. */
import { violation } from "../kit/finding";
import { fix, remove } from "../kit/remedy";
import { resourceRule } from "../kit/rule";
import { types } from "../kit/types";

/** There is something to go back to. */
export const revisionsKept = resourceRule({
  id: "revisions-kept",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A workload that keeps no earlier revision.",
  prevents: "An undo that has nothing to go back to, in the middle of an incident.",
  source: "Kubernetes, Deployments, clean up policy; Argo Rollouts, specification, revisionHistoryLimit",
  settings: {},
  kinds: [types.deployment, types.rollout, types.statefulSet, types.daemonSet],
  examples: { bad: "revisionHistoryLimit: 0", good: "revisionHistoryLimit: 5" },
  *check(workload) {
    const field = workload.at("spec", "revisionHistoryLimit");
    if (field.number() !== 0) return;
    yield violation(workload, {
      at: field.path,
      got: "0",
      wanted: "at least 1",
      fix: fix`${remove(field)}, which means 10`,
    });
  },
});
