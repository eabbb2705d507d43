/** Cases of references-resolve: names of certificates that their issuer proves. */
import { but } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, previewed, type Spec, UNKNOWN } from "../../../support/spec";

const http01 = { http01: { ingress: { ingressClassName: "istio" } } };
const dns01 = { dns01: { route53: { region: "eu-west-1" } } };
const issuer = (kind: string, ...solvers: readonly unknown[]): Given =>
  object(`cert-manager.io/v1:${kind}`, "public", {
    metadata: { name: "public", namespace: "shop" },
    spec: { acme: { server: "https://acme.example.com/directory", privateKeySecretRef: { name: "key" }, solvers } },
  });
const certificate = (dnsNames: readonly unknown[], issuerRef: object = {}, labels?: object): Given =>
  object("cert-manager.io/v1:Certificate", "shop", {
    metadata: { name: "shop", namespace: "shop", ...(labels && { labels }) },
    spec: { secretName: "shop-tls", dnsNames, issuerRef: { name: "public", ...issuerRef } },
  });
const wild = ["*.shop.example.com"];
const clusterWide = { kind: "ClusterIssuer", group: "cert-manager.io" };

/** Cases of names and solvers. */
export const solverCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a wildcard by DNS-01, and a host by HTTP-01": given(
      issuer("Issuer", http01, dns01),
      certificate([...wild, "shop.example.com"]),
    ),
    "a host by HTTP-01": given(issuer("Issuer", http01), certificate(["shop.example.com"])),
    "a wildcard by a solver of both kinds": given(issuer("Issuer", { ...http01, ...dns01 }), certificate(wild)),
    "a wildcard by a solver for its zone, in any case": given(
      issuer("Issuer", http01, { ...dns01, selector: { dnsZones: ["example.org", "Shop.Example.com."] } }),
      certificate(wild),
    ),
    "a wildcard by a solver for its name": given(
      issuer("ClusterIssuer", http01, { ...dns01, selector: { dnsNames: ["example.org", ...wild] } }),
      certificate(wild, clusterWide),
    ),
    "a wildcard by a solver for the certificate's labels": given(
      issuer("Issuer", { ...dns01, selector: { matchLabels: { zone: "public" } } }, http01),
      certificate(wild, {}, { zone: "public", app: "shop" }),
    ),
    "an issuer of another kind, namespace, name or operator": given(
      issuer("Issuer", http01),
      { ...certificate(wild, clusterWide), name: "one" },
      { ...certificate(wild, { name: "private" }), name: "two" },
      { ...certificate(wild, { group: "pca.example.com" }), name: "three" },
      { ...but(certificate(wild), { "metadata.namespace": "web" }), name: "four" },
    ),
    "an authority of one's own, and one that proves without solvers": given(
      object("cert-manager.io/v1:Issuer", "public", {
        metadata: { name: "public", namespace: "shop" },
        spec: { ca: { secretName: "ca" } },
      }),
      issuer("ClusterIssuer"),
      certificate(wild),
      { ...certificate(wild, clusterWide), name: "two" },
    ),
    "solvers that a preview hides, of an issuer that no certificate names here": previewed(issuer("Issuer", UNKNOWN)),
  },
  bad: {
    "a wildcard by HTTP-01": given(issuer("Issuer", http01), certificate(["shop.example.com", ...wild])),
    "a wildcard by HTTP-01, of an issuer for the cluster": given(
      issuer("ClusterIssuer", http01),
      certificate(wild, { kind: "ClusterIssuer" }),
    ),
    "a wildcard beside a solver for another zone": given(
      issuer("Issuer", http01, { ...dns01, selector: { dnsZones: ["hop.example.com", "example.org"] } }),
      certificate(wild),
    ),
    "a wildcard beside a solver for other names": given(
      issuer("Issuer", { ...dns01, selector: { dnsNames: ["shop.example.com"] } }),
      certificate(wild),
    ),
    "a wildcard beside a solver for other labels": given(
      issuer("Issuer", { ...dns01, selector: { matchLabels: { zone: "public", app: "shop" } } }),
      certificate(wild, {}, { zone: "public", app: "web" }),
    ),
    "a host that no solver takes": given(
      issuer("Issuer", { ...http01, selector: { dnsZones: ["example.org"] } }),
      certificate(["shop.example.com"]),
    ),
    "a solver of no kind": given(issuer("Issuer", { selector: {} }), certificate(["shop.example.com"])),
    "a name that is none": given(issuer("Issuer", http01), certificate(["*.Shop Example"])),
    "solvers that a preview hides": previewed(issuer("Issuer", UNKNOWN), certificate(wild)),
  },
};
