/** Cases of the rules about who may do what in the cluster, and who may talk to whom. */
import { unknownSentinels } from "../../../policies/kit/value";
import { defaultDeny, projectScoped, rbacNoAdmin } from "../../../policies/security/kubernetes-access";
import { application, applicationSet, but, deployment, namespace } from "../support/fixtures";
import { given, object, under, type Spec } from "../support/spec";

const [UNKNOWN] = unknownSentinels;
const deny = object("networking.k8s.io/v1:NetworkPolicy", "deny", {
  metadata: { name: "deny", namespace: "shop" },
  spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
});
const role = object("rbac.authorization.k8s.io/v1:ClusterRole", "viewer", {
  rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
});
const roleBinding = object("rbac.authorization.k8s.io/v1:ClusterRoleBinding", "viewers", {
  roleRef: { kind: "ClusterRole", name: "viewer" },
});
const project = object("argoproj.io/v1alpha1:AppProject", "shop", {
  spec: {
    sourceRepos: ["https://github.com/acme/manifests.git"],
    destinations: [{ server: "https://kubernetes.default.svc", namespace: "shop" }],
  },
});

/** Cases of the rules about who may do what in the cluster, and who may talk to whom. */
export const kubernetesAccessSpecs: readonly Spec[] = [
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
    },
    bad: {
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
      "with a selector that a preview hides": given(namespace, but(deny, { "spec.podSelector": UNKNOWN })),
    },
  },
  {
    rule: rbacNoAdmin,
    good: { "named verbs": given(role, roleBinding) },
    bad: {
      "every verb": given(but(role, { rules: [{ verbs: ["*"] }] })),
      "cluster-admin": given(but(roleBinding, { "roleRef.name": "cluster-admin" })),
      "cluster-admin in one namespace": given({
        ...but(roleBinding, { "roleRef.name": "cluster-admin" }),
        type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
      }),
      "every verb beside a named one, in the second rule": given(
        but(role, { rules: [{ verbs: ["get"] }, { verbs: ["get", "*"] }] }),
      ),
    },
  },
  {
    rule: projectScoped,
    good: {
      "its own project": given(application, applicationSet, project),
      "namespaces of a team": given(
        but(project, { "spec.destinations": [{ server: "https://kubernetes.default.svc", namespace: "shop-*" }] }),
        but(project, { "spec.destinations": [{ server: "https://kubernetes.default.svc", namespace: "*-shop" }] }),
      ),
    },
    bad: {
      "the default project": given(but(application, { "spec.project": "default" })),
      "no project in a set": given(but(applicationSet, { "spec.template.spec.project": undefined })),
      "every source": given(but(project, { "spec.sourceRepos": ["*"] })),
      "every namespace and server": given(but(project, { "spec.destinations": [{ server: "*", namespace: "*" }] })),
      "a blank project": given(but(application, { "spec.project": " " })),
      "the default project between blanks": given(but(application, { "spec.project": " default " })),
      "every source beside a named one": given(
        but(project, { "spec.sourceRepos": ["https://github.com/a/b", " ** "] }),
      ),
      "every cluster by name": given(but(project, { "spec.destinations": [{ name: "*", namespace: "shop" }] })),
    },
  },
];
