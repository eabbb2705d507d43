/** Monitors of Prometheus: one whose labels no Service has reads nothing, without an error. */
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { labelsOf, namespaceOf, objectName, selects } from "../../kit/kubernetes/kubernetes";
import { copy, example, named, type Remedy, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { inventoryOf } from "../../kit/kubernetes/inventory";
import { types } from "../../kit/reading/types";
import { readSelector } from "../../kit/kubernetes/workloads";

/** A monitor leads to a Service of its namespace; one with a namespaceSelector may find it in another namespace. */
export function* checkMonitor(stack: Stack, monitor: Resource): Iterable<Finding> {
  const selector = monitor.at("spec", "selector");
  const namespace = namespaceOf(monitor);
  readSelector(selector);
  if (!selector.isSet() || monitor.at("spec", "namespaceSelector").isSet() || !inventoryOf(stack).isComplete(namespace))
    return;
  const services = stack.of(types.service).filter((service) => namespaceOf(service) === namespace);
  if (services.length === 0 || services.some((service) => selects(selector, labelsOf(service.props)))) return;
  yield violation(monitor, {
    at: selector.path,
    got: "labels that no Service of the namespace carries, so that nothing is measured",
    expected: "the labels of a Service",
    fix: leading(monitor, selector, services),
    advisory: true,
  });
}

/** The labels of the Service of the monitor's name, or of any other as an example; where none has labels it gets one. */
function leading(monitor: Resource, selector: Field, services: readonly Resource[]): Remedy {
  const sameName = (service: Resource): boolean => objectName(service) === objectName(monitor);
  const labelled = services.filter((service) => service.at("metadata", "labels").members().length > 0);
  const meant = labelled.find(sameName) ?? labelled[0];
  if (meant !== undefined)
    return example(
      copy(meant.at("metadata", "labels"), selector.at("matchLabels"), meant),
      "those of the Service that is meant",
    );
  const labels = { "app.kubernetes.io/name": named(objectName(monitor)) };
  const service = services.find(sameName) ?? services[0];
  return together([set("metadata.labels", labels, service), set(selector, { matchLabels: labels })]);
}
