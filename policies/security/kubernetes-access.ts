/** Rule project-scoped: what an application's project may deploy, and who may change that. */
import { application, applications, layers } from "../kit/argo";
import { argoConfig } from "../kit/argo-config";
import type { Field } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import { globMatches, isWild } from "../kit/glob";
import { objectName } from "../kit/kubernetes";
import { either, example, fix, named, remove, set } from "../kit/remedy";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { valuesOf } from "../kit/set-parameters";
import { types } from "../kit/types";

/** A project owns what it names. */
export const projectScoped = resourceRule({
  id: "project-scoped",
  group: "security",
  level: "mandatory",
  forbids:
    "An application in the default project or in one that a template chooses, a project for every source, destination or cluster-wide kind, and a role that may do everything.",
  prevents: "Whoever may merge into one repository owns the cluster.",
  source: "Argo CD, projects; Argo CD, RBAC; AppProject, IsSourcePermitted and isDestinationMatched",
  settings: {},
  kinds: [...applications, types.appProject, types.configMap],
  examples: {
    bad: "spec: { project: default }",
    good: "spec: { project: shop }   # sourceRepos: [one], destinations: [{ namespace: shop, … }]",
  },
  check(resource) {
    if (resource.is(types.appProject)) return judgeProject(resource);
    return resource.is(types.configMap) ? judgeSettings(resource) : judgeApplication(resource);
  },
});

function* judgeApplication(resource: Resource): Iterable<Finding> {
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
        wanted: "a named project",
        fix: set(field, own),
      });
    } else if (values.some((value) => ["default", ""].includes(value.text.trim()))) {
      yield violation(resource, {
        at: field.path,
        got: "the default project",
        wanted: "the application's own",
        fix: example(set(field, own), "the project that it belongs to"),
      });
    }
  }
}

/**
 * Whether the project is chosen by what chooses the namespace, behind a beginning that `default` has not: whoever chooses
 * one chooses the other, and a project that does not exist is refused.
 */
function isNamespacesOwn(project: string, namespace: string | undefined): boolean {
  const [, beginning = "", parameter] = /^([a-z0-9.-]+)(\{\{[^{}]+\}\})$/.exec(project) ?? [];
  return !"default".startsWith(beginning) && namespace?.trim() === parameter;
}

/** What stands for a name that only its owner knows: the project's own name, and the cluster in which Argo CD runs. */
function exampleOf(project: Resource, key: (typeof destinationKeys)[number][0]): string {
  if (key === "namespace") return named(objectName(project));
  return key === "server" ? "https://kubernetes.default.svc" : "in-cluster";
}

/** A role that may sync the applications of its project. */
function ofItsOwn(project: string, role: string): string {
  return `p, proj:${project}:${role}, applications, sync, ${project}/*, allow`;
}

/** How a destination names where it lies: a cluster goes by its address or by its name. */
const destinationKeys = [
  ["namespace", "namespace"],
  ["server", "cluster"],
  ["name", "cluster"],
] as const;

function* judgeProject(project: Resource): Iterable<Finding> {
  const spec = project.at("spec");
  const sources = spec.at("sourceRepos");
  if (sources.texts().some(isOpenSource)) {
    yield violation(project, {
      at: sources.path,
      got: "every repository",
      wanted: "named repositories",
      fix: example(set(sources, ["https://github.com/acme/shop.git"]), "the repositories of its own"),
    });
  }
  yield* eachPart(project, spec.at("destinations").list(), function* (destination) {
    for (const [key, word] of destinationKeys) {
      const field = destination.at(key);
      if (!isOpen(field.textOrEmpty())) continue;
      yield violation(project, {
        at: field.path,
        got: `every ${word}`,
        wanted: `a named ${word}`,
        fix: example(set(field, exampleOf(project, key)), `the ${word} of its own`),
      });
    }
  });
  yield* eachPart(project, spec.at("sourceNamespaces").list(), function* (field) {
    if (!isWild(field.textOrEmpty())) return;
    yield violation(project, {
      at: field.path,
      got: "applications from every namespace",
      wanted: "named namespaces",
      fix: example(set(field, named(objectName(project))), "the namespaces of its own applications"),
    });
  });
  yield* judgeKinds(project, spec);
  yield* eachPart(project, spec.at("roles").list(), (role) => judgeRole(project, role));
}

function isOpen(pattern: string): boolean {
  return isWild(pattern.replace(/^[a-z+]+:\/\//, ""));
}

/** Hosts on which anybody may have a repository. */
const publicHost =
  /(^|\.)(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|dev\.azure\.com|docker\.io|ghcr\.io|quay\.io)$/i;

/** Whether the pattern leaves the host open, or the owner on a host of everybody. */
function isOpenSource(pattern: string): boolean {
  const text = pattern.trim();
  const [, host = "", owner = ""] = /^(?:[a-z+]+:\/\/)?(?:[^/@]*@)?([^/:]*)[/:]?(?:\d+\/)?([^/]*)/i.exec(text) ?? [];
  if (isWild(host) || (/[*?]/.test(host) && !/[A-Za-z0-9-]+\.[A-Za-z]{2,}$/.test(host))) return true;
  if (/[*?]/.test(host)) return publicHost.test(host);
  return publicHost.test(host) && isWild(owner);
}

/** A right over what gives rights: whoever deploys it is administrator. */
const keysOfTheCluster = ["rbac.authorization.k8s.io", "ClusterRoleBinding"] as const;

function* judgeKinds(project: Resource, spec: Field): Iterable<Finding> {
  const [group, kind] = keysOfTheCluster;
  const covers = (entry: Field): boolean =>
    globMatches(entry.at("group").textOrEmpty(), group) && globMatches(entry.at("kind").textOrEmpty(), kind);
  if (spec.at("clusterResourceBlacklist").list().some(covers)) return;
  yield* eachPart(project, spec.at("clusterResourceWhitelist").list(), function* (entry) {
    const name = entry.at("name").text() ?? "*";
    if (!covers(entry) || !isWild(name)) return;
    const whole = isWild(entry.at("kind").textOrEmpty()) && isWild(entry.at("group").textOrEmpty());
    yield violation(project, {
      at: entry.path,
      got: whole ? "every cluster-wide kind" : "bindings of cluster roles",
      wanted: "the cluster-wide kinds that the applications bring",
      fix: either(
        remove(entry),
        example(set(entry, { group: "", kind: "Namespace" }), "the group and kind that the applications bring"),
      ),
    });
  });
}

/** Fields of a policy: p, subject, resource, action, object, effect. Source: argo-cd, assets/model.conf. */
interface Policy {
  readonly resource: string;
  readonly action: string;
  readonly object: string;
}

function policyOf(line: string): Policy | undefined {
  const [sign, , resource = "", action = "", object = "", effect = "allow"] = line
    .split(",")
    .map((part) => part.trim());
  return sign === "p" && effect !== "deny" ? { resource, action, object } : undefined;
}

function* judgeRole(project: Resource, role: Field): Iterable<Finding> {
  const own = objectName(project);
  for (const field of role.at("policies").list()) {
    const policy = policyOf(field.textOrEmpty());
    if (policy === undefined) continue;
    const [scope = ""] = policy.object.split("/");
    if (!isWild(policy.resource) && !/[*?]/.test(scope)) continue;
    yield violation(project, {
      at: field.path,
      got: isWild(policy.resource) ? "a role that may do everything" : "a role for other projects",
      wanted: "named resources and actions of this project",
      fix: set(field, ofItsOwn(named(own), named(role.at("name").textOrEmpty()))),
    });
  }
}

/** Settings of Argo CD that give everybody what projects and roles keep apart. */
function* judgeSettings(map: Resource): Iterable<Finding> {
  const rbac = argoConfig(map, "argocd-rbac-cm");
  const fallback = rbac?.at("policy.default");
  if (fallback?.text()?.trim() === "role:admin")
    yield violation(map, {
      at: fallback.path,
      got: "role:admin for everybody",
      wanted: "role:readonly or nothing",
      fix: fix`${remove(fallback)}, and name who is an administrator with g, <group>, role:admin`,
    });
  yield* eachPart(map, rbac?.members() ?? [], function* ([key, field]) {
    if (!/^policy\.(.*\.)?csv$/.test(key)) return;
    const lines = field
      .textOrEmpty()
      .split("\n")
      .flatMap((line) => policyOf(line.replace(/#.*/, "")) ?? []);
    if (!lines.some(({ resource, action, object }) => isWild(resource) && isWild(action) && isWild(object))) return;
    yield violation(map, {
      at: field.path,
      got: "a role that may do everything",
      wanted: "named resources and actions",
      fix: "give role:admin to the people who need it",
    });
  });
  const settings: readonly (readonly [Field | undefined, (text: string) => boolean, string, string])[] = [
    [
      argoConfig(map, "argocd-cm")?.at("users.anonymous.enabled"),
      (text) => text === "true",
      "anonymous users",
      "people who log in",
    ],
    [
      argoConfig(map, "argocd-cmd-params-cm")?.at("server.disable.auth"),
      (text) => text === "true",
      "a server without login",
      "people who log in",
    ],
    [
      argoConfig(map, "argocd-cmd-params-cm")?.at("application.namespaces"),
      (text) => text.split(",").some(isWild),
      "applications from every namespace",
      "named namespaces",
    ],
  ];
  for (const [field, opens, got, wanted] of settings) {
    if (field === undefined || !opens(field.textOrEmpty().trim())) continue;
    yield violation(map, { at: field.path, got, wanted, fix: remove(field) });
  }
}
