/** Rule sync-order. */
import { valueOr } from "../../kit/reading/field";
import { certain, eachResource, reportUnreadable, stackRule } from "../../kit/rule/rule";
import { statesTurn } from "../../kit/argo-cd/sync-phase";
import { checkOrder, readOrder } from "./sync-dependencies";
import { checkAnnotations } from "./argo-annotations";

/** A sync of Argo CD comes to its end, and does what its annotations say. */
export const syncOrder = stackRule({
  id: "sync-order",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "An object that a sync applies after those that cannot start without it, and a hook, a wave or an option that Argo CD does not know.",
  prevents:
    "A first sync that waits for ever, in a new cluster as well; a migration that reads the configuration of the release before; a migration that never runs.",
  source:
    "Argo CD, sync phases and waves, resource hooks, sync options; argo-cd, gitops-engine/pkg/sync/sync_phase.go (a hook of an unknown word is in no phase)",
  settings: {},
  limits:
    "The objects of a folder count as one application's. What makes a Secret counts as applied where its own object is. Helm's hooks are left to Helm.",
  examples: {
    bad: 'kind: ConfigMap, annotations: { argocd.argoproj.io/sync-wave: "5" }   # its Deployment is in wave 0',
    good: 'annotations: { argocd.argoproj.io/sync-wave: "-1" }',
  },
  *check(stack) {
    const objects = stack.resources.filter(({ type }) => type.startsWith("kubernetes:"));
    yield* certain(eachResource(objects, checkAnnotations));
    if (!objects.some((one) => valueOr(() => statesTurn(one), true))) return;
    // What is malformed is said above.
    for (const finding of reportUnreadable(objects, readOrder)) if (finding.kind === "unknown") yield finding;
    yield* checkOrder(stack);
  },
});
