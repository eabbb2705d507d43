/** Cases of the rule that a deny leaves what pods need: who comes in, at which port, and what a preview hides of it. */
import { but, deployment } from "../../../support/fixtures";
import { dns, dnsRule, entrance, gatewayRule, policy } from "../../../support/network-policies";
import { binding, caller, route, service } from "../../../support/reached-pod";
import type { Given } from "../../../support/rule";
import { given, previewed, type Spec, UNKNOWN } from "../../../support/spec";

const closed = policy("closed", { podSelector: {}, policyTypes: ["Ingress"] });
const silent = policy("silent", { podSelector: {}, policyTypes: ["Egress"] });
const [firstPort, secondPort] = [
  { name: "http", port: 80, targetPort: 8080 },
  { name: "admin", port: 81, targetPort: 9090 },
];
const udp = { ...firstPort, protocol: "UDP" };
const withPorts = (...ports: readonly object[]): Given => but(service, { "spec.ports": ports });
const inside = but(route, { "spec.http.0.route.0.destination.host": "other" });
/** Another Service that leads to the same pods, and no route to it. */
const beside: Given = { ...but(withPorts(secondPort), { "metadata.name": "admin" }), name: "admin" };

/** Cases that the rule's spec takes in. */
export const waysIn: Pick<Spec, "good" | "bad"> = {
  good: {
    "policies about egress alone": given(deployment, service, route, silent, dns),
    "policies about ingress alone": given(deployment, service, route, closed, entrance),
    "a Service that a preview hides, where no policy stands": previewed(
      deployment,
      but(service, { "metadata.name": UNKNOWN }),
    ),
    "a Service without ports, and a gateway that may go everywhere": given(
      deployment,
      but(service, { "spec.ports": undefined }),
      route,
      closed,
      but(entrance, { "spec.ingress.0.ports": undefined }),
    ),
    "one of two ports open to the gateway": given(
      deployment,
      withPorts(secondPort, firstPort),
      route,
      closed,
      entrance,
    ),
    "a port that the Service calls by its name": given(
      deployment,
      withPorts({ ...firstPort, targetPort: "http" }),
      route,
      closed,
      entrance,
    ),
    "a port that the container does not name": given(
      but(deployment, { "spec.template.spec.containers.0.ports": undefined }),
      service,
      route,
      closed,
      entrance,
    ),
    "a port for datagrams": given(
      deployment,
      withPorts(udp),
      route,
      closed,
      but(entrance, { "spec.ingress.0.ports.0.protocol": "UDP" }),
    ),
  },
  bad: {
    "the API server by the selector of every namespace": given(
      caller,
      binding,
      policy("all", {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [dnsRule, { to: [{ namespaceSelector: {} }] }],
      }),
    ),
    "a Service without ports, and no gateway": given(
      deployment,
      but(service, { "spec.ports": undefined }),
      route,
      closed,
    ),
    "the gateway at the port of a Service that no route names": given(
      deployment,
      service,
      beside,
      route,
      closed,
      but(entrance, { "spec.ingress.0.ports": [{ port: 9090 }] }),
    ),
    "the gateway over the wrong protocol": given(deployment, withPorts(udp), route, closed, entrance),
    "a Service inside whose name a preview hides": previewed(
      deployment,
      but(service, { "metadata.name": UNKNOWN }),
      inside,
      closed,
    ),
    "a Service whose ports a preview hides": previewed(
      deployment,
      but(service, { "spec.ports": UNKNOWN }),
      route,
      closed,
      policy("gateway", {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [{ ...gatewayRule, from: [{ podSelector: {} }] }],
      }),
    ),
  },
};
