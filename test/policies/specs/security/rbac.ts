/** Cases of the rule about who may do what in the cluster. */
import { rbacNoAdmin } from "../../../../policies/security/rbac";
import { but } from "../../support/fixtures";
import type { Given } from "../../support/rule";
import { given, object, under, type Spec } from "../../support/spec";

const role = object("rbac.authorization.k8s.io/v1:ClusterRole", "viewer", {
  rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
});
const roleBinding = object("rbac.authorization.k8s.io/v1:ClusterRoleBinding", "viewers", {
  roleRef: { kind: "ClusterRole", name: "viewer" },
  subjects: [{ kind: "Group", name: "shop" }],
});
const narrow = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const narrowBinding: Given = { ...roleBinding, type: "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding" };
type More = Readonly<Record<string, unknown>>;
const may = (verbs: readonly string[], group: string, resources: readonly string[], more: More = {}): Given =>
  but(role, { rules: [{ apiGroups: [group], resources, verbs, ...more }] });
const inOne = (given: Given): Given => ({ ...given, type: narrow });
const bound = (name: string, roleName = "viewer"): Given =>
  but(roleBinding, { "roleRef.name": roleName, subjects: [{ kind: "Group", name }] });
const named = (name: string, given: Given): Given => but(given, { "metadata.name": name });
const rbac = "rbac.authorization.k8s.io";
const secretReader = named("external-secrets-controller", may(["get"], "", ["secrets"]));

/** Cases of the rule about who may do what in the cluster. */
export const rbacSpecs: readonly Spec[] = [
  {
    rule: rbacNoAdmin,
    good: {
      "named verbs": given(role, roleBinding),
      "rights of one namespace": given(inOne(may(["get", "list"], "", ["secrets"]))),
      "a named Secret": given(may(["get"], "", ["secrets"], { resourceNames: ["db"] })),
      "a named role to bind": given(may(["bind"], rbac, ["clusterroles"], { resourceNames: ["shop-viewer"] })),
      "a named account to speak for": given(
        may(["impersonate"], "", ["serviceaccounts"], { resourceNames: ["deployer"] }),
      ),
      "numbers of the nodes": given(may(["get"], "", ["nodes/metrics", "nodes/stats"])),
      "every kind of its own group": given(may(["get", "create", "delete"], "example.com", ["*"])),
      "every resource of a group to read": given(may(["get", "list"], "apps", ["*"])),
      "addresses that are no resources": given(
        but(role, { rules: [{ nonResourceURLs: ["/metrics"], verbs: ["get"] }] }),
      ),
      "a controller of Secrets that is named": under({ controllers: ["external-secrets-*"] }, secretReader),
      "roles by a label": given(
        but(role, { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { "acme.com/team": "shop" } }] } }),
        but(role, {
          aggregationRule: { clusterRoleSelectors: [{ matchExpressions: [{ key: "team", operator: "Exists" }] }] },
        }),
      ),
      "an administrator of one namespace": given(but(narrowBinding, { "roleRef.name": "admin" })),
      "a role of the namespace with that name": given(
        but(narrowBinding, { roleRef: { kind: "Role", name: "cluster-admin" } }),
      ),
      "what Kubernetes tells everybody": given(
        bound("system:unauthenticated", "system:public-info-viewer"),
        bound("system:serviceaccounts", "system:service-account-issuer-discovery"),
      ),
      "the accounts of one namespace": given(bound("system:serviceaccounts:shop")),
      "everybody who signed in, in one namespace": given(
        but(narrowBinding, { subjects: [{ kind: "Group", name: "system:authenticated" }] }),
      ),
      "commands in pods of one namespace, and in a named one": given(
        inOne(may(["create"], "", ["pods/exec"])),
        may(["create"], "", ["pods/exec"], { resourceNames: ["shop-0"] }),
      ),
      "a named webhook, and webhooks to read": given(
        may(["update"], "admissionregistration.k8s.io", ["mutatingwebhookconfigurations"], { resourceNames: ["shop"] }),
        may(["get"], "admissionregistration.k8s.io", ["validatingwebhookconfigurations"]),
      ),
      "an account that pods share may look, and a role of the namespace's own called edit": given(
        but(narrowBinding, { "roleRef.name": "view", subjects: [{ kind: "ServiceAccount", name: "default" }] }),
        but(narrowBinding, {
          roleRef: { kind: "Role", name: "edit" },
          subjects: [{ kind: "ServiceAccount", name: "default" }],
        }),
      ),
      "an account of its own may edit, and a group of that name": given(
        but(narrowBinding, {
          "roleRef.name": "edit",
          subjects: [
            { kind: "ServiceAccount", name: "default-deployer" },
            { kind: "Group", name: "default" },
          ],
        }),
      ),
      "every service account may look, in one namespace": given(
        but(narrowBinding, { "roleRef.name": "view", subjects: [{ kind: "Group", name: "system:serviceaccounts" }] }),
      ),
    },
    bad: {
      "every verb": given(but(role, { rules: [{ verbs: ["*"] }] })),
      "cluster-admin": given(but(roleBinding, { "roleRef.name": "cluster-admin" })),
      "the account of each pod that names none may edit": given(
        but(narrowBinding, { "roleRef.name": "edit", subjects: [{ kind: "ServiceAccount", name: "default" }] }),
      ),
      "the accounts of a namespace administer it": given(
        but(narrowBinding, {
          "roleRef.name": "admin",
          subjects: [
            { kind: "ServiceAccount", name: "deployer" },
            { kind: "Group", name: "system:serviceaccounts:shop" },
          ],
        }),
      ),
      "cluster-admin in one namespace": given(but(narrowBinding, { "roleRef.name": "cluster-admin" })),
      "every verb beside a named one, in the second rule": given(
        but(role, { rules: [{ verbs: ["get"] }, { verbs: ["get", "*"] }] }),
      ),
      "every verb by name": given(
        may(["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"], "*", ["*"]),
      ),
      "every resource of the core": given(inOne(may(["patch"], "", ["*"]))),
      "every resource of RBAC": given(may(["create"], rbac, ["*"])),
      escalate: given(may(["escalate"], rbac, ["clusterroles"], { resourceNames: ["shop-viewer"] })),
      "escalate beside a right of its own": given(may(["get", "escalate", "list"], rbac, ["clusterroles"])),
      "escalate and bind, and nothing else": given(may(["bind", "escalate"], rbac, ["clusterroles"])),
      bind: given(inOne(may(["bind"], rbac, ["roles"]))),
      "bind for the administrator": given(may(["bind"], rbac, ["clusterroles"], { resourceNames: ["cluster-admin"] })),
      impersonate: given(may(["impersonate"], "", ["users", "groups"])),
      "impersonate for the masters": given(may(["impersonate"], "", ["groups"], { resourceNames: ["system:masters"] })),
      "commands through the nodes": given(may(["get"], "", ["nodes/proxy"])),
      "commands through every subresource": given(may(["create"], "*", ["*/proxy"])),
      "Secrets everywhere": given(may(["list"], "", ["secrets"])),
      "Secrets beside other resources": given(may(["list"], "", ["pods", "secrets", "services"])),
      "everything to read beside a named resource": given(may(["get"], "", ["pods", "*"])),
      "everything of certificates": given(may(["update"], "certificates.k8s.io", ["*"])),
      "everything to read, Secrets among it": given(may(["get"], "*", ["*"])),
      "tokens of everybody": given(may(["create"], "", ["serviceaccounts/token"])),
      "certificates for anybody": given(
        may(["update"], "certificates.k8s.io", ["certificatesigningrequests/approval"]),
      ),
      "a controller of another name": under({ controllers: ["external-secrets"] }, secretReader),
      "a controller with every resource": under({ controllers: ["viewer"] }, may(["update"], "*", ["*"])),
      "every role by an empty selector": given(
        but(role, { aggregationRule: { clusterRoleSelectors: [{}] } }),
        but(role, { aggregationRule: { clusterRoleSelectors: [{ matchLabels: {} }] } }),
      ),
      "nobody signed in": given(bound("system:anonymous"), bound("system:unauthenticated")),
      "everybody who signed in": given(bound("system:authenticated")),
      "every service account": given(bound("system:serviceaccounts")),
      "the masters": given(
        but(narrowBinding, {
          subjects: [
            { kind: "User", name: "a" },
            { kind: "Group", name: "system:masters" },
          ],
        }),
      ),
      "an administrator of every namespace": given(
        but(roleBinding, { "roleRef.name": "admin" }),
        but(roleBinding, { "roleRef.name": "edit" }),
      ),
      "commands in every pod": given(may(["create"], "", ["pods/exec", "pods/log"])),
      "commands over a socket, and a terminal": given(
        may(["get"], "", ["pods/exec"]),
        may(["create"], "", ["pods/attach"]),
      ),
      "a container in every pod": given(may(["patch"], "", ["pods/ephemeralcontainers", "pods"])),
      "webhooks of everybody": given(
        may(["create", "patch"], "admissionregistration.k8s.io", ["mutatingwebhookconfigurations"]),
        may(["update"], "admissionregistration.k8s.io", ["validatingwebhookconfigurations"]),
      ),
      "every service account may write, in one namespace": given(
        but(narrowBinding, { "roleRef.name": "edit", subjects: [{ kind: "Group", name: "system:serviceaccounts" }] }),
      ),
    },
  },
];
