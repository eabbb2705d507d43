/** Cases of the rule about what the API server accepts: families of a Service, and blocks and ranges of a NetworkPolicy. */
import { given, object, type Spec } from "../../../support/spec";

const metadata = { name: "shop", namespace: "shop" };
const service = (spec: object) =>
  object("core/v1:Service", "shop", {
    metadata,
    spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: "http" }], ...spec },
  });
const letting = (rule: object) =>
  object("networking.k8s.io/v1:NetworkPolicy", "shop", {
    metadata,
    spec: { podSelector: { matchLabels: { app: "shop" } }, policyTypes: ["Ingress", "Egress"], ...rule },
  });
const block = (cidr: string, ...except: readonly string[]) =>
  letting({ egress: [{ to: [{ ipBlock: { cidr, except } }], ports: [{ port: 443 }] }] });
const range = (port: object) => letting({ ingress: [{ from: [{ podSelector: {} }], ports: [port] }] });

/** Cases of Services and policies. */
export const serviceCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "families of addresses, and near pods first": given(
      service({ ipFamilyPolicy: "PreferDualStack", ipFamilies: ["IPv4"], trafficDistribution: "PreferClose" }),
      { ...service({ ipFamilies: ["IPv6"], trafficDistribution: "PreferSameZone" }), name: "other" },
    ),
    "both families of endpoints that no address leads to": given(
      service({
        clusterIP: "None",
        selector: undefined,
        ipFamilyPolicy: "RequireDualStack",
        ipFamilies: ["IPv6", "IPv4"],
      }),
    ),
    "a block without a part of it, and a range": given(
      block("10.0.0.0/8", "10.1.0.0/16", "10.2.0.0/16"),
      block("0.0.0.0/0", "169.254.169.254/32"),
      block("somewhere", "elsewhere"),
      block("somewhere", "10.1.0.0/16"),
      block("10.0.0.0/8", "elsewhere"),
      range({ port: 8080, endPort: 8080 }),
      range({ port: 8080, endPort: 9090 }),
      range({ port: "http" }),
    ),
  },
  bad: {
    "addresses of both families": given(service({ ipFamilyPolicy: "RequireDualStack" })),
    "addresses of both families, which are named": given(
      service({ ipFamilyPolicy: "RequireDualStack", ipFamilies: ["IPv6", "IPv4"] }),
    ),
    "both families, preferred": given(service({ ipFamilyPolicy: "PreferDualStack", ipFamilies: ["IPv4", "IPv6"] })),
    "both families of pods without an address": given(
      service({ clusterIP: "None", ipFamilyPolicy: "PreferDualStack", ipFamilies: ["IPv6", "IPv4"] }),
    ),
    "the same family twice": given(service({ ipFamilies: ["IPv4", "IPv4"] })),
    "near pods in a word of its own": given(service({ trafficDistribution: "PreferNear" })),
    "an exception wider than its block": given(block("10.0.0.0/16", "10.0.0.0/8")),
    "an exception that is all of its block": given(block("10.0.0.0/16", "10.0.0.0/16")),
    "an exception elsewhere, beside one inside": given(block("10.0.0.0/8", "10.1.0.0/16", "192.168.0.0/16")),
    "a range that ends before it begins": given(range({ port: 8080, endPort: 8000 })),
    "the end of a range behind a name": given(range({ port: "http", endPort: 9090 })),
    "the end of a range behind a name that ends with a number": given(range({ port: "http2", endPort: 9090 })),
    "the end of a range behind a name that begins with a number": given(range({ port: "8080http", endPort: 9090 })),
    "the end of a range behind nothing": given(range({ endPort: 9090 })),
  },
};
