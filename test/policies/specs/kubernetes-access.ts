/** Cases of the rules about who may do what in the cluster. */
import { projectScoped, rbacNoAdmin } from "../../../policies/security/kubernetes-access";
import { application, applicationSet, but } from "../support/fixtures";
import { given, object, type Spec } from "../support/spec";

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

/** Cases of the rules about who may do what in the cluster. */
export const kubernetesAccessSpecs: readonly Spec[] = [
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
