/** Rule gateway-only-mesh. */
import { applications, layers } from "../../kit/argo-cd/applications";
import { isGatewayTemplate } from "../../kit/network/draining";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { anyPods, type Pods, podsOf } from "../../kit/kubernetes/pods";
import { addOnNamespaces, outside } from "../../kit/kubernetes/kubernetes";
import { drop, fix, remove } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart, resourceRule } from "../../kit/rule/rule";
import { texts } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";

const injectKey = "sidecar.istio.io/inject";
const revisionKey = "istio.io/rev";

/** Policies that the proxy beside a pod carries out. */
const ofProxies = [types.peerAuthentication, types.requestAuthentication, types.authorizationPolicy] as const;

/** Only the gateway runs Envoy. */
export const gatewayOnlyMesh = resourceRule({
  id: "gateway-only-mesh",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A pod outside the gateway, a Service or a whole namespace, that joins a mesh: by a sidecar, a node's proxy or a waypoint; and what counts on a proxy beside a pod that has none.",
  prevents: "Sidecars that nobody sized, and 503s of rollouts whose clusters a sidecar does not have yet.",
  source:
    "Istio 1.30 chart, sidecar injector webhooks (no value narrows them); Istio, ambient mode, add workloads; the injectors of Linkerd, Consul, Kuma, Open Service Mesh and App Mesh; Argo Rollouts issue 4195; Istio, PeerAuthentication (connections to a sidecar) and automatic mutual TLS",
  settings: {
    platformNamespaces: texts(
      addOnNamespaces,
      "Namespaces of the gateway and of add-ons, whose policies may hold there.",
      "any",
    ),
  },
  resourceTypes: [anyPods, types.namespace, types.service, ...applications, types.destinationRule, ...ofProxies],
  examples: {
    bad: `template: { metadata: { labels: { ${injectKey}: "true" } } }`,
    good: "no injection label outside istio-ingress",
  },
  check(resource, { platformNamespaces: platform }) {
    if (resource.is(types.destinationRule)) return checkCalls(resource);
    if (resource.is(...ofProxies)) return outside(platform, resource, () => [withoutProxy(resource)]);
    if (resource.is(...applications)) return checkMade(resource);
    if (resource.is(types.namespace, types.service)) return checkOwner(resource);
    return eachPart(resource, podsOf(resource), (pods) => checkPods(resource, pods));
  },
});

/** The gateway starts TLS of the mesh with pods that have none: each call fails. */
function* checkCalls(rule: Resource): Iterable<Finding> {
  const owners = [rule.at("spec"), ...rule.at("spec", "subsets").list()];
  yield* eachPart(rule, owners, function* (owner) {
    const policy = owner.at("trafficPolicy");
    for (const part of [policy, ...policy.at("portLevelSettings").list()]) {
      const tls = part.at("tls");
      if (tls.at("mode").text() !== "ISTIO_MUTUAL") continue;
      yield violation(rule, {
        at: tls.at("mode").path,
        got: "the mesh's TLS to pods without a proxy: every request fails",
        expected: "none: Istio uses it itself where a pod has a proxy",
        fix: remove(tls),
      });
    }
  });
}

/** Without a proxy beside its pods a policy changes nothing: it looks like a protection and is none. */
function withoutProxy(policy: Resource): Finding {
  return violation(policy, {
    at: "spec",
    got: "a policy that only a proxy beside the pods carries out, and they have none",
    expected: "a NetworkPolicy for these pods, or a policy of the gateway in its namespace",
    fix: fix`${drop(policy)}; a NetworkPolicy limits who may come in`,
    advisory: true,
  });
}

/** A key under which a namespace, a pod or a Service joins a mesh, with the values that do. */
interface MeshKey {
  readonly key: string;
  readonly joins: RegExp;
}

const yes = /^(enabled|true|yes|on|1)$/i;
const anything = /^(?!none$|disabled$|false$)./;
/** Labels and annotations of pods and namespaces alike; Istio's own two are read by their precedence. */
const meshKeys: readonly MeshKey[] = [
  { key: "istio.io/dataplane-mode", joins: /^ambient$/ },
  { key: "istio.io/use-waypoint", joins: anything },
  { key: "linkerd.io/inject", joins: /^(enabled|ingress)$/ },
  { key: "config.linkerd.io/inject", joins: /^(enabled|ingress)$/ },
  { key: "consul.hashicorp.com/connect-inject", joins: yes },
  { key: "kuma.io/sidecar-injection", joins: yes },
  { key: "kuma.io/mesh", joins: anything },
  { key: "openservicemesh.io/sidecar-injection", joins: yes },
  { key: "openservicemesh.io/monitored-by", joins: anything },
  { key: "appmesh.k8s.aws/sidecarInjectorWebhook", joins: yes },
  { key: "nsm.networkservicemesh.io/inject", joins: yes },
  { key: "injector.nsm.nginx.com/auto-inject", joins: yes },
];

/** Keys that only a namespace has. */
const namespaceMeshKeys: readonly MeshKey[] = [
  { key: "istio-injection", joins: /^enabled$/ },
  { key: revisionKey, joins: /^/ },
];

function* checkOwner(resource: Resource): Iterable<Finding> {
  const own = resource.is(types.namespace) ? [...namespaceMeshKeys, ...meshKeys] : meshKeys;
  yield* checkMeshKeys(resource, resource.at("metadata"), own);
}

/** The namespace that an application makes, with the labels that it gives it. */
function checkMade(resource: Resource): Iterable<Finding> {
  return eachPart(resource, layers(resource), (layer) =>
    checkMeshKeys(resource, layer.at("spec", "syncPolicy", "managedNamespaceMetadata"), [
      ...namespaceMeshKeys,
      ...meshKeys,
    ]),
  );
}

function* checkMeshKeys(resource: Resource, metadata: Field, all: readonly MeshKey[]): Iterable<Finding> {
  for (const section of ["labels", "annotations"])
    for (const { key, joins } of all) {
      const field = metadata.at(section, key);
      if (field.isSet() && joins.test(field.textOrEmpty())) yield injectionRequest(resource, field);
    }
}

function* checkPods(owner: Resource, { template, containers }: Pods): Iterable<Finding> {
  if (isGatewayTemplate(template)) return;
  const metadata = template.at("metadata");
  yield* checkMeshKeys(owner, metadata, meshKeys);
  yield* checkContainers(
    owner,
    containers.map(({ field }) => field),
  );
  const injections = ["labels", "annotations"].map((section) => metadata.at(section, injectKey));
  for (const inject of injections) if (inject.flag() === true) yield injectionRequest(owner, inject);
  // The label wins over the annotation, and both over the revision: istiod's own chart says inject "false" beside one.
  if (injections.some((inject) => inject.flag() === false)) return;
  const revision = metadata.at("labels", revisionKey);
  if (revision.isSet()) yield injectionRequest(owner, revision);
}

/** Containers of meshes' proxies, by the names that injectors give them: they were rendered into the manifest. */
const proxy = /^(istio-proxy|linkerd-proxy|consul-dataplane|kuma-sidecar|osm-envoy|envoy-sidecar)$/;

function* checkContainers(owner: Resource, containers: readonly Field[]): Iterable<Finding> {
  for (const container of containers) {
    const name = container.at("name").textOrEmpty();
    if (!proxy.test(name)) continue;
    yield violation(owner, {
      at: container.path,
      got: `the proxy of a mesh (${name})`,
      expected: "none outside the gateway",
      fix: remove(container),
    });
  }
}

function injectionRequest(resource: Resource, field: Field): Finding {
  return violation(resource, {
    at: field.path,
    got: "a request for injection",
    expected: "none outside the gateway",
    fix: remove(field),
  });
}
