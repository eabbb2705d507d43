/** Cases of references-resolve: applications and the project that they name. */
import { application, applicationSet, but, deployment, namespace } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, previewed, type Spec, UNKNOWN } from "../../../support/spec";

type Changes = Readonly<Record<string, unknown>>;
const here = "https://kubernetes.default.svc";
const shop = but(application, { "spec.destination": { server: here, namespace: "shop" } });
const app = (changes: Changes = {}): Given => but(shop, changes);
const project = (changes: Changes = {}): Given =>
  but(
    object("argoproj.io/v1alpha1:AppProject", "shop", {
      metadata: { name: "shop", namespace: "argocd" },
      spec: {
        sourceRepos: ["https://github.com/acme/manifests.git"],
        destinations: [{ server: here, namespace: "shop" }],
      },
    }),
    changes,
  );
const sources = (...entries: readonly string[]): Given => project({ "spec.sourceRepos": entries });
const destinations = (...entries: readonly object[]): Given => project({ "spec.destinations": entries });
const from = (address: string): Given => app({ "spec.source.repoURL": address });
const to = (destination: object): Given => app({ "spec.destination": destination });
const called = (name: string, one: Given): Given => ({ ...but(one, { "metadata.name": name }), name });
const making = (...options: readonly string[]): Given => app({ "spec.syncPolicy.syncOptions": options });
const kinds = (lists: Changes): Given =>
  project(Object.fromEntries(Object.entries(lists).map(([key, value]) => [`spec.${key}`, value])));
const apps = { group: "apps", kind: "Deployment" };
const service = { group: "", kind: "Service" };
const set = (changes: Changes = {}): Given =>
  but(applicationSet, {
    "spec.template.spec.project": "shop",
    "spec.template.spec.destination": { server: here, namespace: "{{.path.basename}}" },
    ...changes,
  });

/** Cases of applications and projects. */
export const projectCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "an application of its project": given(app(), project()),
    "an application whose project is not in sight, or there twice": given(
      called("one", app({ "spec.project": "web", "spec.source.repoURL": "https://example.com/a" })),
      called("two", from("https://example.com/a")),
      project(),
      { ...project({ "metadata.namespace": "argocd-prod" }), name: "second" },
    ),
    "a repository by other spellings": given(
      sources("ssh://git@github.com/Acme/Shop", "registry.example.com/charts"),
      called("one", from("git@github.com:acme/shop.git")),
      called("two", from(" Registry.example.com/charts")),
    ),
    "every repository": given(sources("*"), app()),
    "a source without a repository": given(
      app({ "spec.source": undefined, "spec.sources": [{ ref: "values" }] }),
      project(),
    ),
    "repositories by patterns": given(
      sources("https://github.com/acme/*", "https://example.com/**"),
      called("one", from("https://github.com/acme/shop")),
      called("two", from("https://example.com/a/b/shop.git")),
    ),
    "a repository that a denial does not name": given(sources("!https://github.com/acme/other"), app()),
    "every repository but one": given(sources("*", "!https://github.com/acme/other"), app()),
    "all of several sources": given(
      sources("https://github.com/acme/*"),
      app({
        "spec.source": undefined,
        "spec.sources": [{ repoURL: "https://github.com/acme/a" }, { repoURL: "https://github.com/acme/b" }],
      }),
    ),
    "the own cluster by its name, by its address and by both": given(
      destinations({ name: "in-cluster", namespace: "shop" }, { server: here, namespace: "web" }),
      called("one", app()),
      called("two", to({ name: "in-cluster", namespace: "web" })),
      called("three", to({ server: `${here}/`, namespace: "shop" })),
    ),
    "a cluster whose other name stands nowhere": given(
      destinations({ name: "prod-*", namespace: "shop" }, { server: "https://10.0.0.1", namespace: "web" }),
      called("one", to({ server: "https://10.0.0.7", namespace: "shop" })),
      called("two", to({ name: "prod", namespace: "web" })),
    ),
    "namespaces by a pattern, but one": given(
      destinations({ server: "*", namespace: "shop*" }, { server: "*", namespace: "!shop-secret" }),
      called("one", app()),
      called("two", to({ name: "in-cluster", namespace: "shop-live" })),
    ),
    "no cluster, and one that is named twice": given(
      destinations({ server: "https://10.0.0.1", namespace: "shop" }),
      called("one", to({ namespace: "shop" })),
      called("two", to({ name: "in-cluster", server: here, namespace: "shop" })),
    ),
    "another namespace than the project's, which names it": given(
      called("one", app({ "metadata.namespace": "team-shop" })),
      called("two", app({ "metadata.namespace": "web" })),
      project({ "spec.sourceNamespaces": ["team-*", "/^we.$/"] }),
    ),
    "an application whose namespace stands nowhere": given(app({ "metadata.namespace": undefined }), project()),
    "a project whose namespace stands nowhere": given(
      app({ "metadata.namespace": "team-shop" }),
      project({ "metadata.namespace": undefined }),
    ),
    "a namespace to be made that the project takes": given(
      making("CreateNamespace=true"),
      kinds({ clusterResourceWhitelist: [{ group: "", kind: "Name*", name: "shop" }] }),
    ),
    "a namespace to be made that is declared": given(namespace, making("CreateNamespace=true"), project()),
    "no namespace to be made": given(making("CreateNamespace=false", "ServerSideApply=true"), project()),
    "kinds that the project takes": given(
      deployment,
      app(),
      kinds({ namespaceResourceWhitelist: [service, { group: "*", kind: "Deploy*" }] }),
    ),
    "kinds that the project does not deny": given(
      deployment,
      app(),
      kinds({ namespaceResourceBlacklist: [{ group: "", kind: "Deployment" }, service] }),
    ),
    "workloads of another namespace, and of several applications": given(
      deployment,
      called("one", to({ server: here, namespace: "web" })),
      but(destinations({ server: here, namespace: "*" }), { "spec.namespaceResourceWhitelist": [service] }),
      called("two", kinds({ namespaceResourceWhitelist: [service] })),
      called("three", app({ "spec.project": "two" })),
      called("four", app({ "spec.project": "two" })),
    ),
    "a set whose template chooses repository and namespace": given(
      set({ "spec.template.spec.source.repoURL": "https://github.com/{{.organization}}/shop" }),
      project(),
    ),
    "a set whose generator states more": given(
      set({
        "spec.generators": [
          { list: { elements: [], template: { spec: { source: { repoURL: "https://a.example" } } } } },
        ],
        "spec.template.spec.source.repoURL": "https://b.example",
      }),
      project(),
    ),
    "projects that Argo CD widens": given(
      from("https://example.com/a"),
      project(),
      object("core/v1:ConfigMap", "argocd-cm", {
        metadata: { name: "argocd-cm", namespace: "argocd" },
        data: { globalProjects: "- projectName: all" },
      }),
    ),
    "a project that a preview hides, of no application": previewed(sources(UNKNOWN as string)),
  },
  bad: {
    "another repository": given(from("https://github.com/acme/other.git"), project()),
    "a repository below a pattern that ends at a slash": given(
      from("https://github.com/acme/shop"),
      sources("https://github.com/*", "https://github.com/acme/sho"),
    ),
    "a repository that is denied": given(app(), sources("*", "!https://github.com/acme/MANIFESTS")),
    "a repository of which every other is taken": given(app(), sources("!https://github.com/acme/manifests.git")),
    "one of several sources": given(
      sources("https://github.com/acme/a"),
      app({
        "spec.source": undefined,
        "spec.sources": [{ repoURL: "https://github.com/acme/a" }, { repoURL: "https://github.com/acme/b" }],
      }),
    ),
    "no repository at all": given(app(), project({ "spec.sourceRepos": undefined })),
    "a repository of a set": given(
      set({ "spec.template.spec.source.repoURL": "https://github.com/acme/other" }),
      project(),
    ),
    "another namespace": given(to({ server: here, namespace: "web" }), project()),
    "no namespace": given(to({ server: here }), project()),
    "another cluster": given(to({ server: "https://10.0.0.7", namespace: "shop" }), project()),
    "another cluster by its name": given(
      to({ name: "staging", namespace: "shop" }),
      destinations({ name: "prod", namespace: "shop" }),
    ),
    "a namespace that is denied": given(
      app(),
      destinations({ server: here, namespace: "*" }, { server: here, namespace: "!shop" }),
    ),
    "an application elsewhere than its project": given(
      app({ "metadata.namespace": "team-shop" }),
      project({ "spec.sourceNamespaces": ["team", "web-*", "/team-shop", "team-shop/", "a/team-shop/"] }),
    ),
    "a namespace to be made that the project does not take": given(
      making("ServerSideApply=true", "CreateNamespace=true"),
      kinds({ clusterResourceWhitelist: [{ group: "rbac.authorization.k8s.io", kind: "*" }] }),
    ),
    "a namespace whose labels the sync writes, and that the project does not take": given(
      app({
        "spec.syncPolicy.syncOptions": ["CreateNamespace=true"],
        "spec.syncPolicy.managedNamespaceMetadata": { labels: { team: "shop" } },
      }),
      project(),
    ),
    "a namespace to be made that the project denies": given(
      making("CreateNamespace=true,PruneLast=true"),
      kinds({
        clusterResourceWhitelist: [{ group: "*", kind: "*" }],
        clusterResourceBlacklist: [{ group: "", kind: "Namespace" }],
      }),
    ),
    "a kind that the project does not take": given(
      deployment,
      { ...but(deployment, { "metadata.name": "second" }), name: "second" },
      app(),
      kinds({ namespaceResourceWhitelist: [service] }),
    ),
    "a kind of the core that the project does not take": given(
      { ...but(deployment, { "spec.selector": { app: "shop" } }), type: "kubernetes:core/v1:ReplicationController" },
      app(),
      kinds({ namespaceResourceWhitelist: [service] }),
    ),
    "a kind that the project denies": given(
      deployment,
      app(),
      kinds({ namespaceResourceBlacklist: [service, apps, { group: "apps", kind: "*" }] }),
    ),
    "a kind that the project denies, and does not take": given(
      but(deployment, {}),
      app(),
      kinds({ namespaceResourceWhitelist: [], namespaceResourceBlacklist: [apps] }),
    ),
    "a project that a preview hides": previewed(app(), sources(UNKNOWN as string)),
    "a hidden namespace of a destination": previewed(app(), destinations({ server: here, namespace: UNKNOWN })),
    "a hidden address of a destination": previewed(app(), destinations({ server: UNKNOWN, namespace: "shop" })),
    "a hidden name of a destination": previewed(app(), destinations({ name: UNKNOWN, namespace: "shop" })),
    "a hidden kind that a project denies": previewed(
      app(),
      kinds({ clusterResourceBlacklist: [{ group: "apps", kind: UNKNOWN }] }),
    ),
    "a hidden group that a project takes": previewed(
      app(),
      kinds({ namespaceResourceWhitelist: [{ group: UNKNOWN, kind: "Deployment" }] }),
    ),
    "hidden namespaces of applications": previewed(app(), project({ "spec.sourceNamespaces": [UNKNOWN] })),
    "another repository, beside settings that a preview hides": previewed(
      from("https://github.com/acme/other"),
      project(),
      object("core/v1:ConfigMap", "argocd-cm", {
        metadata: { name: "argocd-cm", namespace: "argocd" },
        data: { globalProjects: UNKNOWN },
      }),
    ),
  },
};
