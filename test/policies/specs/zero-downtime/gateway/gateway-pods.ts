/** Cases of the rules about the gateway's pods: their readiness gate, and that they alone are part of a mesh. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { gatewayOnlyMesh } from "../../../../../policies/zero-downtime/gateway/gateway-only-mesh";
import { readinessGateLabel } from "../../../../../policies/zero-downtime/load-balancer/readiness-gate-label";
import {
  applicationSet,
  but,
  container,
  deployment,
  from,
  gateway,
  gatewayPods,
  namespace,
  targetGroup,
} from "../../../support/fixtures";
import { everySource } from "../../../support/delivery";
import type { Given } from "../../../support/rule";
import { given, object, type Spec } from "../../../support/spec";

const [UNKNOWN] = unknownSentinels;
const gateLabel = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };
const ingress = object("core/v1:Namespace", "istio-ingress", {
  metadata: { name: "istio-ingress", labels: gateLabel },
});
const other = object("core/v1:Namespace", "other", {});
const binding = object("elbv2.k8s.aws/v1beta1:TargetGroupBinding", "blue", {
  metadata: { name: "blue", namespace: "istio-ingress" },
});
const controller = (values: object): Given => but(gateway, { chart: "eks/aws-load-balancer-controller", values });
const first = "spec.template.spec.containers.0";
const labelled = (labels: object): Given => but(deployment, { "spec.template.metadata.labels": labels });
const annotated = (annotations: object): Given =>
  but(deployment, { "spec.template.metadata.annotations": annotations });
const named = (labels: object): Given => but(namespace, { "metadata.labels": labels });

const istio = (token: string, place: string, spec: object = {}) =>
  object(token, "shop", { metadata: { name: "shop", namespace: place }, spec });
const calls = (spec: object) => istio("networking.istio.io/v1:DestinationRule", "shop", { host: "shop", ...spec });

/** Cases of the rules about the gateway's pods. */
export const gatewayPodSpecs: readonly Spec[] = [
  {
    rule: readinessGateLabel,
    good: {
      "labelled by name": given(binding, ingress),
      "addresses, and a controller that says so": given(
        but(binding, { spec: { targetType: "ip" } }),
        ingress,
        controller({ enablePodReadinessGateInject: true }),
        but(deployment, { [`${first}.args`]: ["--enable-pod-readiness-gate-inject=true"] }),
      ),
      "another chart": given(but(gateway, { values: { enablePodReadinessGateInject: false } })),
      "labelled by link": given({ ...binding, links: { metadata: from(ingress) } }, ingress),
      "labelled by link, where a preview hides the name": given(
        { ...but(binding, { "metadata.namespace": UNKNOWN }), links: { metadata: from(targetGroup, ingress) } },
        targetGroup,
        but(ingress, { "metadata.name": UNKNOWN }),
      ),
      "labelled by name, beside others": given(
        binding,
        other,
        { ...but(other, { metadata: UNKNOWN }), name: "x" },
        ingress,
      ),
    },
    bad: {
      "no label": given(binding, but(ingress, { "metadata.labels": undefined })),
      "another word": given(
        binding,
        but(ingress, { "metadata.labels": { "elbv2.k8s.aws/pod-readiness-gate-inject": "true" } }),
      ),
      "no such namespace": given(binding),
      "targets that are nodes": given(but(binding, { spec: { targetType: "instance" } }), ingress),
      "a controller whose chart injects none": given(controller({ enablePodReadinessGateInject: false })),
      "a controller that injects none": given(
        but(deployment, { [`${first}.args`]: ["--v=2", "--enable-pod-readiness-gate-inject=false"] }),
      ),
    },
  },
  {
    rule: gatewayOnlyMesh,
    good: {
      "a namespace that an application makes": given(...everySource),

      "no injection": given(deployment, namespace),
      "the gateway itself": given(gatewayPods),
      "a revision beside a refusal, as istiod's own chart has it": given(
        labelled({ "istio.io/rev": "default", "sidecar.istio.io/inject": "false" }),
      ),
      "refusals of every mesh": given(
        named({ "istio-injection": "disabled", "istio.io/dataplane-mode": "none", "istio.io/use-waypoint": "none" }),
        annotated({ "linkerd.io/inject": "disabled", "consul.hashicorp.com/connect-inject": "false" }),
      ),
      "a Service like any other": given(object("core/v1:Service", "shop", { spec: {} })),
      "a pod that only has the namespace's label": given(labelled({ "istio-injection": "enabled" })),
      "policies of the gateway": given(
        istio("security.istio.io/v1:AuthorizationPolicy", "istio-ingress"),
        istio("security.istio.io/v1:RequestAuthentication", "istio-system"),
      ),
      "calls in the protocol that Istio finds": given(calls({ trafficPolicy: { tls: { mode: "DISABLE" } } })),
    },
    bad: {
      label: given(labelled({ app: "shop", "sidecar.istio.io/inject": "true" })),
      annotation: given(annotated({ "sidecar.istio.io/inject": true })),
      revision: given(labelled({ "istio.io/rev": "default" })),
      namespace: given(named({ "istio-injection": "enabled" })),
      "namespace by revision": given(named({ "istio.io/rev": "stable" })),
      "ambient mode of a namespace": given(named({ "istio.io/dataplane-mode": "ambient" })),
      "ambient mode of a pod": given(labelled({ "istio.io/dataplane-mode": "ambient" })),
      "a waypoint for a Service": given(
        object("core/v1:Service", "shop", { metadata: { name: "shop", labels: { "istio.io/use-waypoint": "w" } } }),
      ),
      "a namespace that an application makes": given(
        but(applicationSet, {
          "spec.template.spec.syncPolicy.managedNamespaceMetadata": { labels: { "istio-injection": "enabled" } },
        }),
      ),
      "Linkerd for a pod": given(annotated({ "linkerd.io/inject": "ingress" })),
      "Linkerd for a namespace": given(but(namespace, { "metadata.annotations": { "linkerd.io/inject": "enabled" } })),
      "the mesh's TLS to pods": given(
        calls({
          trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } },
          subsets: [
            {
              name: "stable",
              trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: "ISTIO_MUTUAL" } }] },
            },
          ],
        }),
      ),
      "policies that nobody carries out": given(
        istio("security.istio.io/v1:PeerAuthentication", "shop", { mtls: { mode: "STRICT" } }),
        istio("security.istio.io/v1:AuthorizationPolicy", "shop"),
        istio("security.istio.io/v1:RequestAuthentication", "shop"),
      ),
      Consul: given(annotated({ "consul.hashicorp.com/connect-inject": "true" })),
      Kuma: given(named({ "kuma.io/sidecar-injection": "enabled" })),
      "Open Service Mesh": given(named({ "openservicemesh.io/monitored-by": "osm" })),
      "App Mesh": given(named({ "appmesh.k8s.aws/sidecarInjectorWebhook": "enabled" })),
      "a proxy that is rendered into the pod": given(
        but(deployment, { "spec.template.spec.containers": [container, { ...container, name: "linkerd-proxy" }] }),
      ),
    },
  },
];
