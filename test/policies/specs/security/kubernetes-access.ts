/** Cases of the rule about an application's project. */
import { projectScoped } from "../../../../policies/security/kubernetes-access";
import { application, applicationSet, but } from "../../support/fixtures";
import type { Given } from "../../support/rule";
import { given, object, type Spec } from "../../support/spec";

const project = object("argoproj.io/v1alpha1:AppProject", "shop", {
  spec: {
    sourceRepos: ["https://github.com/acme/manifests.git"],
    destinations: [{ server: "https://kubernetes.default.svc", namespace: "shop" }],
  },
});

const settings = (name: string, data: object): Given => object("core/v1:ConfigMap", name, { data });
const role = (...policies: readonly string[]): Given => but(project, { "spec.roles": [{ name: "ci", policies }] });
const from = (...sourceRepos: readonly string[]): Given => but(project, { "spec.sourceRepos": sourceRepos });
const bringing = (...kinds: readonly object[]): Given => but(project, { "spec.clusterResourceWhitelist": kinds });
const templated = (generators: readonly object[]): Given =>
  but(applicationSet, { "spec.generators": generators, "spec.template.spec.project": "{{.project}}" });

/** Cases of the rule about an application's project. */
export const kubernetesAccessSpecs: readonly Spec[] = [
  {
    rule: projectScoped,
    good: {
      "its own project": given(application, applicationSet, project),
      "a project for each namespace, both named by the folder": given(
        but(applicationSet, {
          "spec.template.spec.project": "applications-{{.path.basename}}",
          "spec.template.spec.destination.namespace": "{{.path.basename}}",
        }),
      ),
      "a project by the folder, between blanks": given(
        but(applicationSet, {
          "spec.template.spec.project": " applications-{{.path.basename}} ",
          "spec.template.spec.destination.namespace": " {{.path.basename}} ",
        }),
      ),
      "repositories of hosts without a domain, or with a folder that anybody may have": given(
        from("https://localhost/acme/shop", "registry/shop", "https://github.com/acme/shop"),
      ),
      "namespaces of applications that begin alike": given(
        settings("argocd-cmd-params-cm", { "application.namespaces": "shop,pay-*" }),
      ),
      "projects of a list": given(templated([{ list: { elements: [{ project: "shop" }, { project: "tills" }] } }])),
      "a patch, which changes no project": given(
        but(applicationSet, { "spec.templatePatch": "spec:\n  project: default\n" }),
      ),
      "repositories of an owner, or of a host of one's own": given(
        from(
          "https://github.com/acme/*",
          "git@github.com:acme/*",
          "https://git.acme.internal/**",
          "oci://ghcr.io/acme/*",
        ),
        from("https://*.git.acme.com/shop"),
        from(),
      ),
      "its own cluster-wide kinds": given(
        bringing({ group: "", kind: "Namespace" }, { group: "*.example.com", kind: "*" }),
        bringing({ group: "*", kind: "*", name: "shop-reader" }),
        but(bringing({ group: "*", kind: "*" }), {
          "spec.clusterResourceBlacklist": [{ group: "rbac.*", kind: "ClusterRole{,Binding}" }],
        }),
      ),
      "a role of the project's": given(
        role(
          "p, proj:shop:ci, applications, *, shop/*, allow",
          "p, proj:shop:ci, *, *, */*, deny",
          "g, team, proj:shop:ci",
          "g, team, *, */*, */*",
        ),
      ),
      "named namespaces of applications": given(but(project, { "spec.sourceNamespaces": ["team-*"] })),
      "Argo CD's own roles": given(
        settings("argocd-rbac-cm", {
          "policy.default": "role:readonly",
          "policy.csv":
            "g, admins, role:admin # *\np, role:org-admin, applications, *, */*, allow\np, role:dev, applications, get, */*, allow\np, role:dev, applications, *, shop/*, allow\np, role:dev, exec, create, shop/*, allow\np, role:dev, exec, create, */*, deny\n",
          scopes: "[groups]",
        }),
        settings("argocd-cm", { "users.anonymous.enabled": "false", "exec.enabled": "TRUE" }),
        settings("argocd-cmd-params-cm", { "server.disable.auth": "no" }),
        settings("argocd-cmd-params-cm", { "application.namespaces": "team-a, team-b" }),
        settings("other", { "policy.default": "role:admin" }),
        settings("argocd-rbac-cm", {
          "old-policy.csv": "p, role:team, *, *, *, allow",
          "policy.csv.bak": "p, role:team, *, *, *, allow",
        }),
      ),
      "namespaces of a team": given(
        but(project, { "spec.destinations": [{ server: "https://kubernetes.default.svc", namespace: "shop-*" }] }),
        but(project, { "spec.destinations": [{ server: "https://kubernetes.default.svc", namespace: "*-shop" }] }),
      ),
    },
    bad: {
      "a shell in every pod": given(
        settings("argocd-rbac-cm", {
          "policy.csv": "p, role:dev, exec, create, */*, allow\ng, developers, role:dev\n",
        }),
      ),
      "everybody's applications": given(
        settings("argocd-rbac-cm", {
          "policy.csv":
            "p, role:dev, applications, *, */*, allow\np, role:ci, applications, delete, *, allow\np, role:platform-admin, exec, *, */*, allow\n",
        }),
      ),
      "shells through Argo CD": given(settings("argocd-cm", { "exec.enabled": "true" })),
      "no login, as Go reads it": given(settings("argocd-cmd-params-cm", { "server.disable.auth": "True" })),
      "a project for the namespaces of Argo CD and AWS": given(
        but(project, {
          "spec.destinations": [
            { namespace: "argocd", server: "https://kubernetes.default.svc" },
            { namespace: "kube-*", server: "https://kubernetes.default.svc" },
            { namespace: "!kube-system", server: "https://kubernetes.default.svc" },
          ],
        }),
      ),
      "a project for the namespace in which it stands": given(
        but(project, {
          "metadata.namespace": "gitops",
          "spec.destinations": [{ namespace: "gitops", server: "https://kubernetes.default.svc" }],
        }),
      ),
      ...Object.fromEntries(
        [
          ["a folder that may be called default", "{{.path.basename}}", "{{.path.basename}}"],
          ["a folder that may end the word default", "def{{.path.basename}}", "{{.path.basename}}"],
          ["a project by the folder, another's namespace", "applications-{{.path.basename}}", "shop"],
          ["a project by a file's content", "applications-{{.project}}", "{{.path.basename}}"],
          ["a project with more in front", "UPPER-{{.path.basename}}", "{{.path.basename}}"],
          ["a project with more behind", "applications-{{.path.basename}}-x", "{{.path.basename}}"],
          ["a project by the folder, and no namespace", "applications-{{.path.basename}}", undefined],
        ].map(([name = "", project, target]) => [
          name,
          given(
            but(applicationSet, {
              "spec.template.spec.project": project,
              "spec.template.spec.destination.namespace": target,
            }),
          ),
        ]),
      ),
      "the default project": given(but(application, { "spec.project": "default" })),
      "no project in a set": given(but(applicationSet, { "spec.template.spec.project": undefined })),
      "every source": given(but(project, { "spec.sourceRepos": ["*"] })),
      "every namespace and server": given(but(project, { "spec.destinations": [{ server: "*", namespace: "*" }] })),
      "a blank project": given(but(application, { "spec.project": " " })),
      "the default project between blanks": given(but(application, { "spec.project": " default " })),
      "every source beside a named one": given(
        but(project, { "spec.sourceRepos": ["https://github.com/a/b", " ** "] }),
      ),
      "a project that files choose": given(templated([{ git: { repoURL: "https://github.com/a/b", files: [] } }])),
      "the default project in a list": given(templated([{ list: { elements: [{ project: "default" }] } }])),
      "the default project beside another in a list": given(
        templated([{ list: { elements: [{ project: "shop" }, { project: " default " }] } }]),
      ),
      "a project by the folder in a generator's template": given(
        but(applicationSet, {
          "spec.template.spec.destination.namespace": "{{.path.basename}}",
          "spec.generators": [{ clusters: { template: { spec: { project: "applications-{{.path.basename}}" } } } }],
        }),
      ),
      "the default project in a generator's template": given(
        but(applicationSet, {
          "spec.generators": [{ clusters: { template: { spec: { project: "default" } } } }],
        }),
      ),
      "every host": given(from("https://*")),
      "every owner of a host of everybody": given(from("https://github.com/*")),
      "every part of a host of everybody": given(from("https://*.github.com/acme/x")),
      "every owner, with a user and a port, and without a scheme": given(
        from("ssh://git@github.com:22/*", "github.com/*", "git@github.com:*"),
      ),
      "any end of a host": given(from("https://git.acme.*/x")),
      "half a host": given(from("https://git*/acme/x")),
      "all but one source": given(from("!https://github.com/evil/*", "https://github.com/acme/x")),
      "all but one namespace": given(but(project, { "spec.destinations": [{ namespace: "!kube-system" }] })),
      "any namespace by classes": given(but(project, { "spec.destinations": [{ namespace: "[a-z]*" }] })),
      "any server by its scheme": given(but(project, { "spec.destinations": [{ server: "https://*" }] })),
      "every cluster-wide kind": given(bringing({ group: "*", kind: "*" })),
      "every kind of what gives rights": given(bringing({ group: "rbac.authorization.k8s.io", kind: "*" })),
      "bindings of cluster roles": given(bringing({ group: "rbac.authorization.k8s.io", kind: "ClusterRole*" })),
      "a role that may do everything": given(role("p, proj:shop:ci, *, *, shop/*, allow")),
      "a role for other projects": given(role("p, proj:shop:ci, applications, sync, */*, allow")),
      "a role for projects that begin alike": given(role("p, proj:shop:ci, applications, sync, sh*/x, allow")),
      "applications from anywhere": given(but(project, { "spec.sourceNamespaces": ["*"] })),
      "everybody is an administrator": given(settings("argocd-rbac-cm", { "policy.default": "role:admin" })),
      "a role of Argo CD's that may do everything": given(
        settings("argocd-rbac-cm", { "policy.team.csv": "# all\np, role:team, *, *, *, allow\n" }),
      ),
      "a role that may do everything beside another, between blanks and comments": given(
        settings("argocd-rbac-cm", {
          "policy.default": " role:admin ",
          "policy.csv": "p, role:a, applications, get, */*, allow\np, role:team, *, *, * # all\n",
        }),
      ),
      "nobody logs in, and one namespace of several is every one": given(
        settings("argocd-cm", { "users.anonymous.enabled": " true " }),
        settings("argocd-cmd-params-cm", { "application.namespaces": "team-a, *" }),
      ),
      "nobody logs in": given(
        settings("argocd-cm", { "users.anonymous.enabled": "true" }),
        settings("argocd-cmd-params-cm", { "server.disable.auth": "true", "application.namespaces": "*" }),
      ),
      "every cluster by name": given(but(project, { "spec.destinations": [{ name: "*", namespace: "shop" }] })),
    },
  },
];
