/** Rule gateway-only-mesh. */
import { isGatewayTemplate } from "../kit/draining";
import type { Field } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import { anyPods, type Pods, podsOf } from "../kit/pods";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { types } from "../kit/types";

const injectKey = "sidecar.istio.io/inject";
const revisionKey = "istio.io/rev";

/** Only the gateway runs Envoy. */
export const gatewayOnlyMesh = resourceRule({
  id: "gateway-only-mesh",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A pod outside the gateway, or a whole namespace, that asks for an Istio sidecar.",
  prevents: "Sidecars that nobody sized, and 503s of rollouts whose clusters a sidecar does not know yet.",
  source: "Istio 1.30 chart, sidecar injector webhooks (no value narrows them); Argo Rollouts issue 4195",
  settings: {},
  kinds: [anyPods, types.namespace],
  examples: {
    bad: `template: { metadata: { labels: { ${injectKey}: "true" } } }`,
    good: "no injection label outside istio-ingress",
  },
  check: (resource) =>
    resource.is(types.namespace)
      ? judgeNamespace(resource)
      : eachPart(resource, podsOf(resource), (pods) => judgePods(resource, pods)),
});

function* judgeNamespace(namespace: Resource): Iterable<Finding> {
  const labels = namespace.at("metadata", "labels");
  if (labels.at("istio-injection").text() === "enabled") yield asks(namespace, labels.at("istio-injection"));
  if (labels.at(revisionKey).isSet()) yield asks(namespace, labels.at(revisionKey));
}

function* judgePods(owner: Resource, { template }: Pods): Iterable<Finding> {
  if (isGatewayTemplate(template)) return;
  const metadata = template.at("metadata");
  const injections = ["labels", "annotations"].map((place) => metadata.at(place, injectKey));
  for (const inject of injections) if (inject.flag() === true) yield asks(owner, inject);
  // The label wins over the annotation, and both over the revision: istiod's own chart says inject "false" beside one.
  if (injections.some((inject) => inject.flag() === false)) return;
  const revision = metadata.at("labels", revisionKey);
  if (revision.isSet()) yield asks(owner, revision);
}

function asks(resource: Resource, field: Field): Finding {
  return violation(resource, {
    at: field.path,
    got: "a request for injection",
    wanted: "none outside the gateway",
    fix: "remove the label; traffic is split at the gateway",
  });
}
