/** Cases of the rule that everything is denied by default. */
import { defaultDeny } from "../../../../policies/security/default-deny";
import { but, deployment, namespace } from "../../support/fixtures";
import { cilium, ciliumDeny, ciliumDns, clusterwide } from "../../support/cilium";
import { deny, dnsRule, gatewayRule, openPolicy } from "../../support/network-policies";
import { given, object, previewed, under, UNKNOWN, type Spec } from "../../support/spec";

const calling = but(deployment, { "spec.template.spec.serviceAccountName": "shop" });
const mayCall = object("rbac.authorization.k8s.io/v1:RoleBinding", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
  subjects: [{ kind: "ServiceAccount", name: "shop" }],
});
const ofShop = { podSelector: { matchLabels: { app: "shop" } } };

/** Cases of the rule that everything is denied by default. */
export const networkPolicySpecs: readonly Spec[] = [
  {
    rule: defaultDeny,
    good: {
      "both directions": given(namespace, deployment, deny),
      "an add-on's namespace": given(but(namespace, { "metadata.name": "argocd" })),
      "what leaves may stay open": under({ egress: false }, namespace, but(deny, { "spec.policyTypes": undefined })),
      "selectors that are written out and empty": given(
        namespace,
        but(deny, { "spec.podSelector": { matchLabels: {}, matchExpressions: [] } }),
      ),
      "its delivery decides where it stands": given(but(deployment, { "metadata.namespace": undefined })),
      "what comes in, by default": under({ egress: false }, namespace, but(deny, { "spec.policyTypes": [] })),
      "one policy for each direction": given(namespace, but(deny, { "spec.policyTypes": ["Ingress"] }), {
        ...but(deny, { "spec.policyTypes": ["Egress"] }),
        name: "deny-egress",
      }),
      "one policy that denies all but what is needed": given(
        namespace,
        but(deny, { "spec.egress": [dnsRule], "spec.ingress": [gatewayRule] }),
      ),
      "egress rules without types, which deny the rest": given(
        namespace,
        but(deny, { "spec.policyTypes": undefined, "spec.egress": [dnsRule] }),
      ),
      "everything for some pods": given(namespace, deny, openPolicy({ ...ofShop, ingress: [{}] })),
      "one port for everybody": given(namespace, deny, openPolicy({ ingress: [{ ports: [{ port: 8080 }] }] })),
      "every address but those of the network": given(
        namespace,
        deny,
        openPolicy({ egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } }] }] }),
      ),
      "what leaves is allowed, and may stay open": under(
        { egress: false },
        namespace,
        deny,
        openPolicy({ policyTypes: ["Egress"], egress: [{}] }),
      ),
      "everything in an add-on's namespace": given(
        but(deny, { "metadata.namespace": "argocd" }),
        but(openPolicy({ ingress: [{}] }), { "metadata.namespace": "argocd" }),
      ),
      "a direction that the policy is not about": given(
        namespace,
        deny,
        openPolicy({ policyTypes: ["Ingress"], ingress: [gatewayRule], egress: [{}] }),
      ),
      "rules of a direction that may stay open": under(
        { egress: false },
        namespace,
        deny,
        openPolicy({ policyTypes: ["Ingress"], ingress: [gatewayRule], egress: [dnsRule] }),
      ),
      "no rules of a direction that the policy is not about": given(
        namespace,
        deny,
        openPolicy({ policyTypes: ["Ingress"], ingress: [gatewayRule], egress: [] }),
      ),
      "rules that do nothing in an add-on's namespace": given(
        but(openPolicy({ policyTypes: ["Ingress"], egress: [dnsRule] }), { "metadata.namespace": "argocd" }),
      ),
      "objects without pods, or whose pods cannot be read, in a namespace that nobody declares": given(
        object("core/v1:ConfigMap", "settings", { metadata: { name: "settings", namespace: "pay" } }),
        but(deployment, { "metadata.namespace": "pay", spec: "broken" }),
      ),
      "labels that a preview hides, where no policy reads them": previewed(
        but(namespace, { "metadata.labels": UNKNOWN }),
        deny,
      ),
      "labels of a workload that a preview hides, where policies read those of namespaces": previewed(
        but(deployment, { "metadata.labels": UNKNOWN }),
        clusterwide("deny", { endpointSelector: {}, ingress: [{}], egress: [{}] }),
      ),
      "Cilium's, which denies what it has rules for": given(namespace, ciliumDeny),
      "Cilium's, which says so": given(
        namespace,
        cilium("deny", { enableDefaultDeny: { ingress: true, egress: true } }),
      ),
      "Cilium's, by rules that deny": given(
        namespace,
        cilium("deny", { ingressDeny: [{ fromEntities: ["world"] }], egressDeny: [{ toEntities: ["world"] }] }),
      ),
      "several of Cilium's in one object": given(
        namespace,
        but(cilium("deny", {}), {
          "spec.endpointSelector": undefined,
          specs: [
            { endpointSelector: {}, ingress: [{}] },
            { endpointSelector: {}, egress: [{}] },
          ],
        }),
      ),
      "Cilium's of the whole cluster": given(
        namespace,
        clusterwide("deny", {
          endpointSelector: {
            matchExpressions: [{ key: "k8s:io.kubernetes.pod.namespace", operator: "NotIn", values: ["kube-system"] }],
          },
          ingress: [{}],
          egress: [ciliumDns],
        }),
      ),
      "Cilium's of namespaces with a label": given(
        but(namespace, { "metadata.labels.tier": "apps" }),
        clusterwide("deny", {
          endpointSelector: { matchLabels: { "k8s:io.cilium.k8s.namespace.labels.tier": "apps" } },
          ingress: [{}],
          egress: [{}],
        }),
      ),
      "Cilium's, with one port for everybody": given(
        namespace,
        ciliumDeny,
        cilium("open", { ingress: [{ fromEntities: ["all"], toPorts: [{ ports: [{ port: "8080" }] }] }] }),
      ),
    },
    bad: {
      "Cilium's, that denies nothing": given(
        namespace,
        cilium("deny", { ingress: [], egress: [] }),
        cilium("open", { ingress: [{}], egress: [{}], enableDefaultDeny: { ingress: false, egress: false } }),
      ),
      "Cilium's, of one direction": given(namespace, cilium("deny", { ingress: [{}] })),
      "Cilium's, for some pods": given(
        namespace,
        but(ciliumDeny, { "spec.endpointSelector": { matchLabels: { "any:app": "shop" } } }),
      ),
      "Cilium's, for nodes": given(
        namespace,
        but(ciliumDeny, { "spec.endpointSelector": undefined, "spec.nodeSelector": {} }),
      ),
      "Cilium's, of other namespaces": given(
        namespace,
        clusterwide("deny", {
          endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": "other" } },
          ingress: [{}],
          egress: [{}],
        }),
      ),
      "Cilium's, that opens again": given(
        namespace,
        ciliumDeny,
        cilium("open", { ingress: [{ fromEntities: ["all"] }], egress: [{ toCIDR: ["0.0.0.0/0"] }] }),
      ),
      "Cilium's, that opens again and denies nothing": given(
        namespace,
        ciliumDeny,
        cilium("open", { ingress: [{ fromEntities: ["all"] }], enableDefaultDeny: { ingress: false } }),
      ),
      "Cilium's, hidden by a preview": given(namespace, ciliumDeny, cilium("open", { ingress: UNKNOWN })),
      none: given(namespace),
      "the namespace that everybody shares": given(but(deployment, { "metadata.namespace": "default" })),
      "a namespace with nothing but a scheduled job": given(
        object("batch/v1:CronJob", "nightly", {
          metadata: { name: "nightly", namespace: "reports" },
          spec: { jobTemplate: { spec: { template: { spec: { containers: [] } } } } },
        }),
      ),
      "one direction": given(namespace, but(deny, { "spec.policyTypes": ["Ingress"] })),
      "of another namespace": given(namespace, but(deny, { "metadata.namespace": "other" })),
      "for some pods": given(namespace, but(deny, { "spec.podSelector.matchLabels": { app: "shop" } })),
      "with a rule that opens": given(namespace, but(deny, { "spec.ingress": [{}] })),
      "a workload whose namespace nobody declares": given(deployment),
      "none, where what leaves may stay open": under({ egress: false }, namespace),
      "for some pods by expression": given(
        namespace,
        but(deny, { "spec.podSelector.matchExpressions": [{ key: "app", operator: "Exists" }] }),
      ),
      "for no pod at all": given(namespace, but(deny, { "spec.podSelector": undefined })),
      "no types, which leaves what goes out": given(namespace, but(deny, { "spec.policyTypes": undefined })),
      "with a rule that opens what leaves": given(namespace, but(deny, { "spec.egress": [{}] })),
      "with a rule that opens one direction, and nothing about the other": given(
        namespace,
        openPolicy({ policyTypes: ["Ingress"], ingress: [{}] }),
      ),
      "none, beside a policy of another namespace that opens": given(
        namespace,
        but(openPolicy({ policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] }), {
          "metadata.namespace": "pay",
        }),
      ),
      "none, and pods that call the API server": given(namespace, calling, mayCall),
      "none, and pods of another namespace that call the API server": given(
        namespace,
        but(calling, { "metadata.namespace": "argocd" }),
        but(mayCall, { "metadata.namespace": "argocd" }),
      ),
      "a namespace whose name a preview hides, where policies read labels": previewed(
        but(namespace, { "metadata.name": UNKNOWN, "metadata.labels.tier": "apps" }),
        deployment,
        clusterwide("deny", {
          endpointSelector: { matchLabels: { "k8s:io.cilium.k8s.namespace.labels.tier": "apps" } },
          ingress: [{}],
          egress: [{}],
        }),
      ),
      "with a selector that a preview hides": given(namespace, but(deny, { "spec.podSelector": UNKNOWN })),
      "a second policy allows everything": given(
        namespace,
        deny,
        openPolicy({ policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] }),
      ),
      "a second policy allows every pod": given(
        namespace,
        deny,
        openPolicy({ ingress: [{ from: [{ namespaceSelector: {}, podSelector: {} }] }] }),
      ),
      "rules for what leaves, which the types leave out": given(
        namespace,
        deny,
        openPolicy({ policyTypes: ["Ingress"], ingress: [gatewayRule], egress: [dnsRule] }),
      ),
      "rules for what comes in to some pods, which the types leave out": given(
        namespace,
        deny,
        openPolicy({ ...ofShop, policyTypes: ["Egress"], ingress: [gatewayRule], egress: [dnsRule] }),
      ),
      "types of some pods that a preview hides, beside rules": previewed(
        namespace,
        deny,
        openPolicy({ ...ofShop, policyTypes: UNKNOWN, egress: [dnsRule] }),
      ),
      "a second policy allows every address": given(
        namespace,
        deny,
        openPolicy({ egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] }),
      ),
    },
  },
];
