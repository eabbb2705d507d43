/** Rule topology-spread-matches. */
import { type Finding, violation } from "../kit/finding";
import { labelsOf, podSpec, podTemplate, replicated, selects } from "../kit/kubernetes";
import type { Resource } from "../kit/resource";
import { resourceRule } from "../kit/rule";

const zoneKey = "topology.kubernetes.io/zone";

/** Pods of one workload stand in different zones. */
export const topologySpreadMatches = resourceRule({
  id: "topology-spread-matches",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A workload that is not spread over zones, or whose spread counts other pods than its own.",
  prevents: "All pods pile up in one zone and fall with it.",
  source: "EKS best practices, Applications, spread replicas across zones (whose own sample selects the wrong label)",
  settings: {},
  kinds: replicated,
  examples: {
    bad: "labelSelector: { matchLabels: { app: x } }   # the pod says app: y",
    good: `topologySpreadConstraints: [{ topologyKey: ${zoneKey}, maxSkew: 1, labelSelector: { matchLabels: { app: y } } }]`,
  },
  check: (workload) => judge(workload),
});

function* judge(workload: Resource): Iterable<Finding> {
  const field = podSpec(workload).at("topologySpreadConstraints");
  const byZone = field.list().filter((constraint) => constraint.at("topologyKey").text() === zoneKey);
  if (byZone.length === 0) {
    const fix = `add a constraint with topologyKey: ${zoneKey}`;
    yield violation(workload, { at: field.path, got: "no spread over zones", wanted: "one constraint by zone", fix });
    return;
  }
  const labels = labelsOf(podTemplate(workload));
  for (const constraint of byZone) {
    const selector = constraint.at("labelSelector");
    if (selects(selector, labels)) continue;
    yield violation(workload, {
      at: selector.path,
      got: selector.isSet() ? "labels that its own pods do not carry" : "nothing, which counts no pod",
      wanted: "the labels of its own pod template",
      fix: "copy the workload's selector",
    });
  }
}
