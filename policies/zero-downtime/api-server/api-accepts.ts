/** Rule api-accepts: what the API server refuses holds a release up half-way. */
import { type Violation, type Finding, violation } from "../../kit/finding/finding";
import { anyPods, isKnown, podsOf } from "../../kit/kubernetes/pods";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, guarded, resourceRule } from "../../kit/rule/rule";
import { type ResourceType, types } from "../../kit/reading/types";
import { containerChecks } from "./containers";
import { jobViolations } from "./jobs";
import { networkPolicyViolations } from "./network-policies";
import { podChecks } from "./pods";
import { scheduleViolations } from "./schedules";
import { serviceViolations } from "./services";
import { contentViolations } from "./data-sizes";

/** Kinds whose templates the API server never validates: operators do, each in its own way. */
const loose: readonly ResourceType[] = [
  types.workflow,
  types.workflowTemplate,
  types.clusterWorkflowTemplate,
  types.cronWorkflow,
];

const own: ReadonlyMap<ResourceType, (resource: Resource) => Iterable<Violation>> = new Map([
  [types.service, serviceViolations],
  [types.cronJob, (cronJob) => [...scheduleViolations(cronJob), ...jobViolations(cronJob)]],
  [types.job, jobViolations],
  [types.networkPolicy, networkPolicyViolations],
  [types.configMap, contentViolations],
  [types.opaqueSecret, contentViolations],
]);

/** The API server takes the object. */
export const apiAccepts = resourceRule({
  id: "api-accepts",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "An object that the API server refuses, or pods that it refuses to make of one.",
  prevents: "A delivery that stops half-way: some objects are the new ones, some the old, and nobody's release ends.",
  source:
    "Kubernetes v1.34, pkg/apis/core/validation, apps/validation, batch/validation and networking/validation, validation.go; pkg/apis/core/types.go, MaxSecretSize; structured-merge-diff, lists of type map",
  settings: {},
  resourceTypes: [anyPods, ...own.keys()],
  limits:
    "Restates what is often met, not all of the validation. What other rules say with their own reason stands there: limits below requests, selectors, rolling updates without room, budgets, thresholds of probes.",
  examples: {
    bad: "volumeMounts: [{ name: cache, mountPath: /cache }]   # and no volume of that name",
    good: "volumes: [{ name: cache, emptyDir: {} }]",
  },
  *check(resource) {
    const problems = own.get(resource.type);
    if (problems !== undefined) yield* violationsOf(resource, () => problems(resource));
    if (!isKnown(resource.type) || loose.includes(resource.type)) return;
    yield* eachPart(resource, podsOf(resource), function* (pods) {
      for (const check of podChecks) yield* violationsOf(resource, () => check(pods, resource));
      for (const container of pods.containers)
        for (const check of containerChecks) yield* violationsOf(resource, () => check(container, pods, resource));
    });
  },
});

/** One check hides nothing from the next: what cannot be read is said, and the others go on. */
function violationsOf(resource: Resource, problems: () => Iterable<Violation>): Iterable<Finding> {
  return guarded(resource, function* () {
    for (const problem of problems()) yield violation(resource, problem);
  });
}
