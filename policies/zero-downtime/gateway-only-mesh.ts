/** Rule gateway-only-mesh. */
import { isGateway } from "../kit/draining";
import type { Field } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import { podOwners, podTemplate } from "../kit/kubernetes";
import type { Resource } from "../kit/resource";
import { resourceRule } from "../kit/rule";
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
  kinds: [...podOwners, types.namespace],
  examples: {
    bad: `template: { metadata: { labels: { ${injectKey}: "true" } } }`,
    good: "no injection label outside istio-ingress",
  },
  check: (resource) => (resource.is(types.namespace) ? judgeNamespace(resource) : judgePods(resource)),
});

function* judgeNamespace(namespace: Resource): Iterable<Finding> {
  const labels = namespace.at("metadata", "labels");
  if (labels.at("istio-injection").text() === "enabled") yield asks(namespace, labels.at("istio-injection"));
  if (labels.at(revisionKey).isSet()) yield asks(namespace, labels.at(revisionKey));
}

function* judgePods(owner: Resource): Iterable<Finding> {
  if (isGateway(owner)) return;
  const metadata = podTemplate(owner).at("metadata");
  for (const place of ["labels", "annotations"]) {
    const inject = metadata.at(place, injectKey);
    if (inject.flag() === true) yield asks(owner, inject);
  }
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
