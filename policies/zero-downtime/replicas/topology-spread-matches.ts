/** Rule topology-spread-matches. */
import { replicaLimits } from "../../limits/replicas";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { labelsOf, namespaceOf, selects } from "../../kit/kubernetes/kubernetes";
import { hasWorkloadRef } from "../../kit/kubernetes/pods";
import { remove, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { readAutoscaler, scalers } from "../../kit/kubernetes/scaling";
import { floorOf, podSpec, podTemplate, replicated } from "../../kit/kubernetes/workloads";
import { selectOwnPods, addSpread, zoneKey } from "../../kit/kubernetes/workload-fixes";

/** Labels that several workloads of one application, one release or one tool carry. */
const shared =
  /^(app\.kubernetes\.io\/(part-of|managed-by|version|instance)|helm\.sh\/chart|release|heritage|team|environment|tier)$/;

/** Pods of one workload stand in different zones. */
export const topologySpreadMatches = stackRule({
  id: "topology-spread-matches",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A workload that is not spread over zones, whose spread counts other pods than its own, or that is tied to one zone.",
  prevents: "All pods pile up in one zone and fall with it.",
  source: "EKS best practices, Applications, spread replicas across zones (whose own sample selects the wrong label)",
  settings: {},
  limits:
    "An anti-affinity by zone counts as a spread. A rollout with workloadRef is checked where its Deployment stands.",
  examples: {
    bad: "labelSelector: { matchLabels: { app: x } }   # the pod has app: y",
    good: `topologySpreadConstraints: [{ topologyKey: ${zoneKey}, maxSkew: 1, labelSelector: { matchLabels: { app: y } } }]`,
  },
  *check(stack) {
    yield* reportUnreadable(stack.of(...scalers), readAutoscaler);
    yield* eachResource(stack.of(...replicated), function* (workload) {
      if (hasWorkloadRef(workload)) return;
      yield* checkPlacement(workload);
      yield* checkTogether(workload);
      // A single pod cannot be spread: it is one violation, whose fix brings the spread as well (min-replicas).
      if (floorOf(stack, workload) >= replicaLimits.replicasAtLeast.value || hasSpread(workload))
        yield* checkSpread(workload);
    });
  },
});

function constraintsByZone(workload: Resource): readonly Field[] {
  const constraints = podSpec(workload).at("topologySpreadConstraints").list();
  return constraints.filter((constraint) => constraint.at("topologyKey").text() === zoneKey);
}

/** Whether something keeps the workload's pods in different zones, rightly or not. */
export function hasSpread(workload: Resource): boolean {
  return constraintsByZone(workload).length > 0 || awayFromOwn(workload).length > 0;
}

function* checkSpread(workload: Resource): Iterable<Finding> {
  const field = podSpec(workload).at("topologySpreadConstraints");
  const byZone = constraintsByZone(workload);
  const apart = awayFromOwn(workload);
  if (byZone.length === 0) {
    if (apart.some((selector) => violationOf(selector, workload) === undefined)) return;
    yield violation(workload, {
      at: field.path,
      got: "no spread over zones",
      expected: "one constraint by zone",
      fix: addSpread(workload),
    });
    return;
  }
  for (const constraint of byZone) {
    const selector = constraint.at("labelSelector");
    const problem = violationOf(selector, workload);
    if (problem !== undefined)
      yield violation(workload, {
        at: selector.path,
        got: problem,
        expected: "the labels of its own pod template",
        fix: selectOwnPods(workload, selector.path),
      });
    yield* checkSkew(workload, constraint.at("maxSkew"));
  }
}

/** A skew as large as the number of pods lets them all stand in one zone. */
function* checkSkew(workload: Resource, field: Field): Iterable<Finding> {
  const skew = field.number() ?? 1;
  const pods = Math.max(replicaLimits.replicasAtLeast.value, workload.at("spec", "replicas").number() ?? 0);
  if (skew < pods) return;
  yield violation(workload, {
    at: field.path,
    got: `${skew}, which lets ${pods} pods stand in one zone`,
    expected: `less than ${pods}`,
    fix: set(field, 1),
  });
}

/** Selectors of pods that ours keep away from by zone, demanded or preferred. */
function awayFromOwn(workload: Resource): readonly Field[] {
  const anti = podSpec(workload).at("affinity", "podAntiAffinity");
  const terms = [
    ...anti.at("requiredDuringSchedulingIgnoredDuringExecution").list(),
    ...anti
      .at("preferredDuringSchedulingIgnoredDuringExecution")
      .list()
      .map((preference) => preference.at("podAffinityTerm")),
  ];
  return terms.filter((term) => term.at("topologyKey").text() === zoneKey).map((term) => term.at("labelSelector"));
}

/** The violation in the selector of a spread. */
function violationOf(selector: Field, workload: Resource): string | undefined {
  if (!selector.isSet()) return "nothing, which counts no pod";
  if (!selects(selector, labelsOf(podTemplate(workload)))) return "labels that its own pods do not carry";
  return demandsOwn(selector, workload) ? undefined : "labels that other workloads carry as well";
}

/** Whether the selector requires a label of the workload's own selector. */
function demandsOwn(selector: Field, workload: Resource): boolean {
  const single = selector
    .at("matchExpressions")
    .list()
    .filter((expression) => expression.at("operator").text() === "In" && expression.at("values").list().length === 1)
    .map((expression) => expression.at("key").textOrEmpty());
  const demanded = [
    ...selector
      .at("matchLabels")
      .members()
      .map(([key]) => key),
    ...single,
  ].filter((key) => !shared.test(key));
  const own = workload.at("spec", "selector", "matchLabels").members();
  if (own.length === 0) return demanded.length > 0;
  const mine = new Map(own.map(([key, value]) => [key, value.text()]));
  return demanded.some((key) => mine.has(key));
}

/** A node selector or a required affinity that leaves one zone. */
function* checkPlacement(workload: Resource): Iterable<Finding> {
  const spec = podSpec(workload);
  const pinned = spec.at("nodeSelector", zoneKey);
  const terms = spec
    .at("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
    .list();
  const zones = terms.map((term) =>
    term
      .at("matchExpressions")
      .list()
      .filter((expression) => expression.at("key").text() === zoneKey && expression.at("operator").text() === "In")
      .flatMap((expression) => expression.at("values").texts()),
  );
  // Terms are alternatives: one without a zone, or a second zone, leaves a way out.
  const one = zones.every((list) => list.length > 0) && new Set(zones.flat()).size === 1;
  const ties = [...(pinned.isSet() ? [pinned] : []), ...(one ? [spec.at("affinity", "nodeAffinity")] : [])];
  const [first] = ties;
  if (first === undefined) return;
  yield violation(workload, {
    at: first.path,
    got: "a single zone for every pod",
    expected: "no tie to one zone",
    fix: together(ties.map((tie) => remove(tie))),
  });
}

/** Topologies that pods cannot share and still run in several zones. */
const topologies: ReadonlyMap<string, string> = new Map([
  [zoneKey, "zone"],
  ["kubernetes.io/hostname", "node"],
]);

/** Pods that must stand where others of their own stand: the first decides for all. */
function* checkTogether(workload: Resource): Iterable<Finding> {
  const affinity = podSpec(workload).at("affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  for (const term of affinity.list()) {
    const topology = topologies.get(term.at("topologyKey").textOrEmpty());
    if (topology === undefined || !meansOwn(term, workload)) continue;
    yield violation(workload, {
      at: term.path,
      got: `a ${topology} that every pod must share with the others`,
      expected: "pods that may stand in several zones",
      fix: remove(term),
    });
  }
}

/** Whether the term is about the workload's own pods. */
function meansOwn(term: Field, workload: Resource): boolean {
  const namespaces = term.at("namespaces").texts();
  const isHere = namespaces.length === 0 || namespaces.includes(namespaceOf(workload));
  const selector = term.at("labelSelector");
  return isHere && selector.isSet() && selects(selector, labelsOf(podTemplate(workload)));
}
