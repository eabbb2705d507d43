/** Cases of the rules about entrances beside the gateway, and about certificates. */
import { certificateRenewsEarly } from "../../../../policies/security/certificate-renews-early";
import { entranceOnly } from "../../../../policies/security/entrance-only";
import { but } from "../../support/fixtures";
import { given, object, type Spec, under } from "../../support/spec";

const service = (spec: object) =>
  object("core/v1:Service", "shop", { metadata: { name: "shop", namespace: "shop" }, spec });
const ingress = (annotations: object, spec: object = {}) =>
  object("networking.k8s.io/v1:Ingress", "shop", { metadata: { name: "shop", namespace: "shop", annotations }, spec });
const alb = "alb.ingress.kubernetes.io/";
const certificate = (spec: object) =>
  object("cert-manager.io/v1:Certificate", "shop", { metadata: { name: "shop", namespace: "istio-ingress" }, spec });

const issuer = (kind: string, name: string, server: string) =>
  object(`cert-manager.io/v1:${kind}`, name, { metadata: { name, namespace: "shop" }, spec: { acme: { server } } });
const gateway = (version: string, namespace: string, spec: object) =>
  object(`${version}:Gateway`, "mine", { metadata: { name: "mine", namespace }, spec });

/** Cases of the rules about entrances beside the gateway, and about certificates. */
export const secondEntranceSpecs: readonly Spec[] = [
  {
    rule: entranceOnly,
    good: {
      "a Service of the inside": given(service({ type: "ClusterIP" }), service({})),
      "a name of the outside": given(service({ type: "ExternalName", externalName: "db.example.com" })),
      "the gateway's own": given(
        but(service({ type: "LoadBalancer" }), { "metadata.namespace": "istio-ingress" }),
        but(ingress({}), { "metadata.namespace": "istio-ingress" }),
      ),
      "the platform's gateway": given(
        gateway("networking.istio.io/v1", "istio-ingress", {}),
        gateway("gateway.networking.k8s.io/v1", "istio-ingress", {}),
      ),
      "a namespace that the environment names": under({ platformNamespaces: ["shop"] }, service({ type: "NodePort" })),
    },
    bad: {
      "hosts of its own on the platform's pods": given(
        gateway("networking.istio.io/v1", "shop", {
          selector: { istio: "ingress" },
          servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"] }],
        }),
      ),
      "pods and a load balancer of its own": given(
        gateway("gateway.networking.k8s.io/v1", "shop", { gatewayClassName: "istio", listeners: [] }),
      ),
      "a port on every node": given(service({ type: "NodePort" })),
      "a load balancer of its own": given(service({ type: "LoadBalancer" })),
      "black holes while nodes change": given(service({ type: "NodePort", externalTrafficPolicy: "Local" })),
      "addresses of the outside": given(service({ externalIPs: ["192.0.2.1"] })),
      "plain HTTP to the internet": given(
        ingress({ [`${alb}listen-ports`]: '[{"HTTP":80}]' }, { ingressClassName: "alb" }),
      ),
      "both, without a redirect": given(ingress({ [`${alb}listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]' })),
      "no certificate, by the old annotation": given(ingress({ "kubernetes.io/ingress.class": "alb" })),
      "TLS on a load balancer of its own": given(ingress({ [`${alb}certificate-arn`]: "arn" })),
      "TLS by its hosts": given(ingress({}, { ingressClassName: "alb", tls: [{ hosts: ["a"] }] })),
      "a redirect to TLS": given(
        ingress({ [`${alb}listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]', [`${alb}ssl-redirect`]: "443" }),
      ),
      "another controller's": given(ingress({}, { ingressClassName: "nginx" })),
      "ports that are no JSON": given(ingress({ [`${alb}listen-ports`]: "HTTP" })),
    },
  },
  {
    rule: certificateRenewsEarly,
    good: {
      "a month before the end": given(certificate({ duration: "2160h", renewBefore: "720h" })),
      "nothing, which leaves a third": given(certificate({}), certificate({ duration: "1h" })),
      "a week of a year": given(certificate({ duration: "8760h", renewBefore: "168h" })),
      "a share": given(certificate({ duration: "24h", renewBeforePercentage: 30 })),
      "less, where the environment says so": under({ share: 1 }, certificate({ duration: "24h", renewBefore: "1h" })),
      "issuers that clients trust, and one that is called staging": given(
        issuer("ClusterIssuer", "letsencrypt", "https://acme-v02.api.letsencrypt.org/directory"),
        issuer("ClusterIssuer", "letsencrypt-staging", "https://acme-staging-v02.api.letsencrypt.org/directory"),
        object("cert-manager.io/v1:Issuer", "own", {
          metadata: { name: "own", namespace: "shop" },
          spec: { selfSigned: {} },
        }),
      ),
    },
    bad: {
      "an issuer for tests": given(
        issuer("ClusterIssuer", "letsencrypt", "https://acme-staging-v02.api.letsencrypt.org/directory"),
        issuer("Issuer", "google", "https://dv.acme-v02.test-api.pki.goog/directory"),
      ),
      "five minutes of a day": given(certificate({ duration: "24h", renewBefore: "5m" })),
      "a day of the usual ninety": given(certificate({ renewBefore: "24h" })),
      "a small share": given(certificate({ duration: "100h", renewBeforePercentage: 5 })),
      "nearly all of it": given(certificate({ duration: "2160h", renewBefore: "2159h" })),
      "all of it": given(certificate({ duration: "24h", renewBefore: "24h" })),
    },
  },
];
