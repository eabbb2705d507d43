/** Rule entrance-only. */
import type { Field } from "../kit/reading/field";
import { type Finding, violation } from "../kit/finding/finding";
import { outside, addOnNamespaces } from "../kit/kubernetes/kubernetes";
import { drop, fix, type Remedy, remove, set, together } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { resourceRule } from "../kit/rule/rule";
import { texts } from "../kit/rule/settings";
import { types } from "../kit/reading/types";

/** External requests reach applications only through the gateway. */
export const entranceOnly = resourceRule({
  id: "entrance-only",
  group: "security",
  level: "mandatory",
  forbids: "A Service, an Ingress or a Gateway of an application's own: an entrance beside the platform's gateway.",
  prevents:
    "Requests that no canary, no drain and no TLS policy covers, a port that is open on every node, and black holes while nodes change.",
  source:
    "Our design: one entrance for each cluster; EKS best practices, Load balancing, use IP targets; Istio, Gateway: selector (of any namespace); Istio, Gateway API, automated deployment",
  settings: {
    platformNamespaces: texts(addOnNamespaces, "Namespaces of the gateway and of add-ons.", "any"),
  },
  resourceTypes: [types.service, types.ingress, types.istioGateway, types.gatewayApiGateway],
  limits:
    "An Ingress of another controller than the AWS Load Balancer Controller may lead to the gateway: it blocks nothing.",
  examples: {
    bad: "kind: Service, spec: { type: NodePort }",
    good: "spec: { type: ClusterIP }   # and a VirtualService",
  },
  *check(resource, { platformNamespaces: platform }) {
    yield* outside(platform, resource, () => {
      if (resource.is(types.service)) return checkService(resource);
      return resource.is(types.ingress) ? checkIngress(resource) : checkGateway(resource);
    });
  },
});

/**
 * An Istio Gateway of any namespace adds hosts to the platform's gateway pods. A Gateway API Gateway gets its own
 * pods and load balancer.
 */
function* checkGateway(gateway: Resource): Iterable<Finding> {
  const shared = gateway.is(types.istioGateway);
  yield violation(gateway, {
    at: "spec",
    got: shared
      ? "hosts and ports of its own on the pods that it selects, whoever's they are"
      : "pods and a load balancer of its own",
    expected: "routes of the platform's gateway",
    fix: fix`${drop(gateway)}; routes name the platform's gateway`,
  });
}

function* checkService(service: Resource): Iterable<Finding> {
  const spec = service.at("spec");
  const type = spec.at("type").text();
  const words = "and route through the gateway with a VirtualService or an HTTPRoute";
  const expected = "a Service of the inside, behind the gateway";
  if (type === "LoadBalancer" || type === "NodePort") {
    const local = spec.at("externalTrafficPolicy").text() === "Local";
    const got = `${type}${local ? ", with externalTrafficPolicy: Local: nodes without a ready pod of it drop requests" : ""}`;
    yield violation(service, { at: spec.at("type").path, got, expected, fix: fix`${inside(spec)}, ${words}` });
  } else if (spec.at("externalIPs").list().length > 0) {
    const addresses = spec.at("externalIPs");
    const closed = fix`${remove(addresses)}, ${words}`;
    yield violation(service, { at: addresses.path, got: "addresses of the outside", expected, fix: closed });
  }
}

/**
 * Fields for external access. The API rejects most of them for type ClusterIP. Source: Kubernetes,
 * pkg/apis/core/validation, ValidateService.
 */
const ofOutside = [
  "externalIPs",
  "externalTrafficPolicy",
  "healthCheckNodePort",
  "allocateLoadBalancerNodePorts",
  "loadBalancerClass",
  "loadBalancerIP",
  "loadBalancerSourceRanges",
];

/** Changes the Service to ClusterIP and removes the fields for external access. */
function inside(spec: Field): Remedy {
  const ports = spec.at("ports").list();
  const rest = [...ofOutside.map((key) => spec.at(key)), ...ports.map((port) => port.at("nodePort"))];
  return together([
    set(spec.at("type"), "ClusterIP"),
    ...rest.filter((field) => field.isSet()).map((field) => remove(field)),
  ]);
}

const prefix = "alb.ingress.kubernetes.io/";

function* checkIngress(ingress: Resource): Iterable<Finding> {
  const annotations = ingress.at("metadata", "annotations");
  const own = annotations.members().some(([key]) => key.startsWith(prefix));
  const name = ingress.at("spec", "ingressClassName").text() ?? annotations.at("kubernetes.io/ingress.class").text();
  const balanced = own || name === "alb";
  if (balanced && isPlain(ingress)) {
    yield violation(ingress, {
      at: annotations.at(`${prefix}listen-ports`).path,
      got: "a load balancer of its own that serves plain HTTP",
      expected: "requests over TLS, through the gateway",
      fix: `route through the gateway; until then set ${prefix}listen-ports to '[{"HTTPS": 443}]', with a certificate`,
    });
    return;
  }
  yield violation(ingress, {
    at: "spec",
    got: balanced ? "a load balancer of its own" : "an entrance beside the gateway",
    expected: "a route of the gateway",
    fix: "write it as a VirtualService or an HTTPRoute of the gateway",
    advisory: !balanced,
  });
}

/** Whether the load balancer serves plain HTTP: by its ports, or because it has no certificate. A redirect alone is none. */
function isPlain(ingress: Resource): boolean {
  const annotations = ingress.at("metadata", "annotations");
  if (annotations.at(`${prefix}ssl-redirect`).isSet()) return false;
  const ports = annotations.at(`${prefix}listen-ports`);
  const secured = annotations.at(`${prefix}certificate-arn`).isSet() || ingress.at("spec", "tls").list().length > 0;
  const listed = ports
    .json()
    .list()
    .flatMap((port) => port.members().map(([protocol]) => protocol));
  return listed.length === 0 ? !secured : listed.includes("HTTP");
}
