/** Rule project-scoped: sources, destinations, kinds and roles of an AppProject. */
import { application, applications, layers } from "../kit/argo-cd/applications";
import type { Field } from "../kit/reading/field";
import { type Finding, violation } from "../kit/finding/finding";
import { globMatches, isWild } from "../kit/reading/glob";
import { objectName, systemNamespaces } from "../kit/kubernetes/kubernetes";
import { either, example, named, remove, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { valuesOf } from "../kit/argo-cd/set-parameters";
import { types } from "../kit/reading/types";
import { checkRole, checkSettings } from "./argo-roles";

/** An AppProject allows only named repositories, namespaces and kinds. */
export const projectScoped = resourceRule({
  id: "project-scoped",
  group: "security",
  level: "mandatory",
  forbids:
    "An application in the default project or in one that a template chooses, a project for every source, destination or cluster-wide kind or for the namespaces of Argo CD and AWS, and a role that may do everything or open a shell in every pod.",
  prevents: "Whoever may merge into one repository owns the cluster.",
  source:
    "Argo CD, projects; Argo CD, RBAC; AppProject, IsSourcePermitted and isDestinationMatched; declarative setup, app of apps; web-based terminal",
  settings: {},
  resourceTypes: [...applications, types.appProject, types.configMap],
  examples: {
    bad: "spec: { project: default }",
    good: "spec: { project: shop }   # sourceRepos: [one], destinations: [{ namespace: shop, … }]",
  },
  check(resource) {
    if (resource.is(types.appProject)) return checkProject(resource);
    return resource.is(types.configMap) ? checkSettings(resource) : checkApplication(resource);
  },
});

function* checkApplication(resource: Resource): Iterable<Finding> {
  // A patch cannot change the project (argo-cd, controllers/template/patch.go), a generator's template can.
  const fields = layers(resource).map((layer) => layer.at("spec", "project"));
  const namespace = application(resource).at("spec", "destination", "namespace").text();
  const own = named(objectName(resource));
  for (const [index, field] of fields.entries()) {
    if (index > 0 && (!field.isSet() || field.path.includes("templatePatch"))) continue;
    const text = field.textOrEmpty();
    const values = valuesOf(resource, text);
    if (values === undefined) {
      if (index === 0 && isNamespacesOwn(text.trim(), namespace)) continue;
      yield violation(resource, {
        at: field.path,
        got: "a project that a template chooses",
        expected: "a named project",
        fix: set(field, own),
      });
    } else if (values.some((value) => ["default", ""].includes(value.text.trim()))) {
      yield violation(resource, {
        at: field.path,
        got: "the default project",
        expected: "the application's own",
        fix: example(set(field, own), "the project that it belongs to"),
      });
    }
  }
}

/**
 * Whether the template parameter that sets the namespace also sets the project, after a prefix that `default` does not have.
 * The project then always belongs to the namespace. Argo CD rejects an Application whose project does not exist.
 */
function isNamespacesOwn(project: string, namespace: string | undefined): boolean {
  const [, beginning = "", parameter] = /^([a-z0-9.-]+)(\{\{[^{}]+\}\})$/.exec(project) ?? [];
  return !"default".startsWith(beginning) && namespace?.trim() === parameter;
}

/** Example of a destination: the project's name as namespace, and the cluster of Argo CD. */
function exampleOf(project: Resource, key: (typeof destinationKeys)[number][0]): string {
  if (key === "namespace") return named(objectName(project));
  return key === "server" ? "https://kubernetes.default.svc" : "in-cluster";
}

/** Fields of a destination. `server` (URL) and `name` both identify the cluster. */
const destinationKeys = [
  ["namespace", "namespace"],
  ["server", "cluster"],
  ["name", "cluster"],
] as const;

function* checkProject(project: Resource): Iterable<Finding> {
  const spec = project.at("spec");
  const sources = spec.at("sourceRepos");
  if (sources.texts().some(isOpenSource)) {
    yield violation(project, {
      at: sources.path,
      got: "every repository",
      expected: "named repositories",
      fix: example(set(sources, ["https://github.com/acme/shop.git"]), "the repositories of its own"),
    });
  }
  yield* eachPart(project, spec.at("destinations").list(), function* (destination) {
    for (const [key, word] of destinationKeys) {
      const field = destination.at(key);
      if (key === "namespace") yield* checkNamespace(project, field);
      if (!isOpen(field.textOrEmpty())) continue;
      yield violation(project, {
        at: field.path,
        got: `every ${word}`,
        expected: `a named ${word}`,
        fix: example(set(field, exampleOf(project, key)), `the ${word} of its own`),
      });
    }
  });
  yield* eachPart(project, spec.at("sourceNamespaces").list(), function* (field) {
    if (!isWild(field.textOrEmpty())) return;
    yield violation(project, {
      at: field.path,
      got: "applications from every namespace",
      expected: "named namespaces",
      fix: example(set(field, named(objectName(project))), "the namespaces of its own applications"),
    });
  });
  yield* checkKinds(project, spec);
  yield* eachPart(project, spec.at("roles").list(), (role) => checkRole(project, role));
}

/**
 * Deploying into Argo CD's namespace allows changes of its Applications and projects; into a system namespace, of
 * add-ons that every pod needs.
 */
function* checkNamespace(project: Resource, field: Field): Iterable<Finding> {
  const pattern = field.textOrEmpty();
  if (isOpen(pattern) || pattern.startsWith("!")) return;
  const own = project.at("metadata", "namespace").text() ?? "argocd";
  const match = [own, ...systemNamespaces].find((namespace) => globMatches(pattern, namespace));
  if (match === undefined) return;
  yield violation(project, {
    at: field.path,
    got: match === own ? "the namespace of Argo CD, whose objects open every project" : `${match}, which is AWS's`,
    expected: "a namespace of the application",
    fix: example(set(field, exampleOf(project, "namespace")), "the namespace of its own"),
  });
}

function isOpen(pattern: string): boolean {
  return isWild(pattern.replace(/^[a-z+]+:\/\//, ""));
}

/** Public hosts, on which any user can create a repository. */
const publicHost =
  /(^|\.)(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|dev\.azure\.com|docker\.io|ghcr\.io|quay\.io)$/i;

/** Whether the pattern matches any host, or any owner on a public host. */
function isOpenSource(pattern: string): boolean {
  const text = pattern.trim();
  const [, host = "", owner = ""] = /^(?:[a-z+]+:\/\/)?(?:[^/@]*@)?([^/:]*)[/:]?(?:\d+\/)?([^/]*)/i.exec(text) ?? [];
  if (isWild(host) || (/[*?]/.test(host) && !/[A-Za-z0-9-]+\.[A-Za-z]{2,}$/.test(host))) return true;
  if (/[*?]/.test(host)) return publicHost.test(host);
  return publicHost.test(host) && isWild(owner);
}

/** The kind that grants cluster-wide permissions: deploying it makes the deployer an administrator. */
const keysOfTheCluster = ["rbac.authorization.k8s.io", "ClusterRoleBinding"] as const;

function* checkKinds(project: Resource, spec: Field): Iterable<Finding> {
  const [group, kind] = keysOfTheCluster;
  const covers = (entry: Field): boolean =>
    globMatches(entry.at("group").textOrEmpty(), group) && globMatches(entry.at("kind").textOrEmpty(), kind);
  if (spec.at("clusterResourceBlacklist").list().some(covers)) return;
  yield* eachPart(project, spec.at("clusterResourceWhitelist").list(), function* (entry) {
    const name = entry.at("name").text() ?? "*";
    if (!covers(entry) || !isWild(name)) return;
    const everything = isWild(entry.at("kind").textOrEmpty()) && isWild(entry.at("group").textOrEmpty());
    yield violation(project, {
      at: entry.path,
      got: everything ? "every cluster-wide kind" : "bindings of cluster roles",
      expected: "the cluster-wide kinds that the applications bring",
      fix: either(
        remove(entry),
        example(set(entry, { group: "", kind: "Namespace" }), "the group and kind that the applications bring"),
      ),
    });
  });
}
