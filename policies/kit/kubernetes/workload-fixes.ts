/** Fixes that declare an object for a workload: a PodDisruptionBudget, a spread over zones, a Service. */
import { trafficLimits } from "@fridayproof/components/core/limits";
import type { Field } from "../reading/field";
import { namespaceOf, objectName } from "./kubernetes";
import { add, copy, declareObject, fix, named, type Remedy } from "../finding/remedy";
import type { Resource, Stack } from "../reading/resource";
import { podSpec, podTemplate, runTemplate } from "./workloads";

/** The label of nodes that names their zone. */
export const zoneKey = "topology.kubernetes.io/zone";

/** Values of labels that may stand in a message; Kubernetes allows no others. */
const printable = /^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;

/** Labels of a workload's own selector; undefined where a message may not show them. */
export function labelsFor(workload: Resource, template: Field): Readonly<Record<string, string>> | undefined {
  const own = workload.at("spec", "selector", "matchLabels");
  const labels = own.isSet() ? own : template.at("metadata", "labels");
  const pairs = labels.members().map(([key, value]) => [key, value.textOrEmpty()] as const);
  return pairs.length > 0 && pairs.every(([, value]) => printable.test(value)) ? Object.fromEntries(pairs) : undefined;
}

/** A budget of its own, which lets one pod go at a time. */
export function budgetFor(stack: Stack, workload: Resource): Remedy {
  const labels = labelsFor(workload, runTemplate(stack, workload));
  if (labels === undefined)
    return fix`declare a PodDisruptionBudget with maxUnavailable: 1 and the selector of this workload`;
  return declareObject("policy/v1", "PodDisruptionBudget", {
    metadata: { name: objectName(workload), namespace: namespaceOf(workload) },
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: labels } },
  });
}

/** A Service of that name for the first port of the workload's pods; undefined where a message may not show it. */
export function serviceFor(workload: Resource, name: string, more: object = {}): Remedy | undefined {
  const template = podTemplate(workload);
  const selector = labelsFor(workload, template);
  const [first] = template
    .at("spec", "containers")
    .list()
    .flatMap((one) => one.at("ports").list());
  const target = first?.at("name").text() ?? first?.at("containerPort").number();
  if (selector === undefined || target === undefined || named(String(target)) !== String(target)) return undefined;
  const port = { name: "http", port: trafficLimits.httpPort.value, targetPort: target };
  return declareObject("v1", "Service", {
    metadata: { name, namespace: namespaceOf(workload) },
    spec: { ...more, selector, ports: [port] },
  });
}

/** Adds a topology spread constraint with the workload's own selector. */
export function addSpread(workload: Resource): Remedy {
  const list: Field = podSpec(workload).at("topologySpreadConstraints");
  const constraint = { maxSkew: 1, topologyKey: zoneKey, whenUnsatisfiable: "DoNotSchedule" };
  return fix`${add(list, constraint)} and ${selectOwnPods(workload, `${list.path}[${list.list().length}].labelSelector`)}`;
}

/** A label selector that picks the workload's own pods. A ReplicationController's own selector has another form. */
export function selectOwnPods(workload: Resource, at: string): Remedy {
  const selector = workload.at("spec", "selector");
  return selector.at("matchLabels").isSet()
    ? copy(selector, at)
    : copy(podTemplate(workload).at("metadata", "labels"), `${at}.matchLabels`);
}
