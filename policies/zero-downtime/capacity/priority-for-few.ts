/** Rule priority-for-few. */
import { type Finding, violation } from "../../kit/finding/finding";
import { addOnNamespaces, isAddOn } from "../../kit/kubernetes/kubernetes";
import { anyPods, podSetting, podsOf } from "../../kit/kubernetes/pods";
import { example, fix, remove } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, resourceRule } from "../../kit/rule/rule";
import { texts } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";

/** Priority above zero is set pod by pod, and the system's is for the system alone. */
export const priorityForFew = resourceRule({
  id: "priority-for-few",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A priority above zero for every pod that sets none, and an application with the priority of the system.",
  prevents: "New pods that preempt serving pods: running pods keep the priority that they were created with.",
  source: "Kubernetes, Pod Priority and Preemption, globalDefault; Guaranteed Scheduling For Critical Add-On Pods",
  settings: {
    platformNamespaces: texts(addOnNamespaces, "Namespaces of add-ons, without which a cluster does not work.", "any"),
  },
  resourceTypes: [types.priorityClass, anyPods],
  limits: "A DaemonSet may have the priority of the system: what runs on every node is often part of it.",
  examples: { bad: "globalDefault: true, value: 1000000", good: "globalDefault: false, value: 1000000" },
  check: (resource, { platformNamespaces }) =>
    resource.is(types.priorityClass) ? checkClass(resource) : checkPods(resource, platformNamespaces),
});

function* checkClass(priority: Resource): Iterable<Finding> {
  const field = priority.at("globalDefault");
  const never = priority.at("preemptionPolicy").text() === "Never";
  const value = priority.at("value").number() ?? 0;
  if (field.flag() !== true || never || value <= 0) return;
  yield violation(priority, {
    at: field.path,
    got: `true, with a value of ${value}`,
    expected: "false, or preemptionPolicy: Never",
    fix: fix`${remove(field)}, and name the class in the pods that need it`,
  });
}

function* checkPods(resource: Resource, platform: readonly string[]): Iterable<Finding> {
  if (resource.is(types.daemonSet)) return;
  yield* eachPart(resource, podsOf(resource), function* (pods) {
    const field = podSetting(pods, "priorityClassName");
    if (!/^system-(cluster|node)-critical$/.test(field.textOrEmpty()) || isAddOn(resource, platform)) return;
    yield violation(resource, {
      at: field.path,
      got: "the priority of the system: its pods end everybody else's",
      expected: "a class of your own, or none",
      fix: example(remove(field), "name a PriorityClass of your own"),
    });
  });
}
