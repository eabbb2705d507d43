/** Rules about who may do what in the cluster, and who may talk to whom. */
import { legible } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import { namespaceOf, objectName, platformNamespaces } from "../kit/kubernetes";
import { podsOf } from "../kit/pods";
import type { Resource, Stack } from "../kit/resource";
import { eachPart, eachResource, resourceRule, stackRule, unreadable } from "../kit/rule";
import { choice, texts } from "../kit/settings";
import { types } from "../kit/types";

const roleBinding = "kubernetes:rbac.authorization.k8s.io:RoleBinding";

const role = "kubernetes:rbac.authorization.k8s.io:Role";

/** Nobody gets everything. */
export const rbacNoAdmin = resourceRule({
  id: "rbac-no-admin",
  group: "security",
  level: "mandatory",
  forbids: "A binding to cluster-admin, or a role with every verb.",
  prevents: "One stolen service-account token owns the cluster.",
  source: "CIS EKS benchmark 4.1.1 and 4.1.3",
  settings: {},
  kinds: [types.clusterRole, types.clusterRoleBinding, role, roleBinding],
  examples: { bad: 'rules: [{ apiGroups: [""], resources: [pods], verbs: ["*"] }]', good: "verbs: [get, list, watch]" },
  *check(resource) {
    if (resource.is(types.clusterRoleBinding, roleBinding)) {
      const name = resource.at("roleRef", "name");
      if (name.text() !== "cluster-admin") return;
      yield violation(resource, {
        at: name.path,
        got: "cluster-admin",
        wanted: "a role with what is needed",
        fix: "write a role and bind that",
      });
      return;
    }
    yield* eachPart(resource, resource.at("rules").list(), function* (rule) {
      const verbs = rule.at("verbs");
      if (!verbs.texts().includes("*")) return;
      yield violation(resource, { at: verbs.path, got: "every verb", wanted: "named verbs", fix: "list the verbs" });
    });
  },
});

/** Applications talk only to whom they must. */
export const defaultDeny = stackRule({
  id: "default-deny",
  group: "security",
  level: "mandatory",
  forbids: "An application's namespace without a policy that denies by default.",
  prevents: "Whoever takes over one pod reaches every other.",
  source: "EKS best practices, Network security, create a default deny policy",
  settings: {
    platformNamespaces: texts(platformNamespaces, "Namespaces of add-ons, which no application shares.", "any"),
    egress: choice(true, "Whether what leaves must be denied by default as well.", "any"),
  },
  examples: {
    bad: "a Namespace and workloads, and no NetworkPolicy",
    good: "kind: NetworkPolicy\nspec: { podSelector: {}, policyTypes: [Ingress, Egress] }",
  },
  *check(stack, values) {
    const directions = values.egress ? ["Ingress", "Egress"] : ["Ingress"];
    yield* unreadable(stack.of(types.networkPolicy), (policy) =>
      directions.map((direction) => denies(policy, direction)),
    );
    const seen = new Set<string>();
    const owners = stack.resources.filter((resource) => legible(() => podsOf(resource).length > 0, false));
    yield* eachResource([...stack.of(types.namespace), ...owners], (resource) => {
      // An object without a namespace goes where its delivery says, which nobody can see here.
      if (!resource.is(types.namespace) && !resource.at("metadata", "namespace").isSet()) return [];
      const namespace = resource.is(types.namespace) ? objectName(resource) : namespaceOf(resource);
      if (values.platformNamespaces.includes(namespace) || seen.has(namespace)) return [];
      seen.add(namespace);
      return judgeNamespace(stack, resource, namespace, directions);
    });
  },
});

function* judgeNamespace(
  stack: Stack,
  owner: Resource,
  namespace: string,
  directions: readonly string[],
): Iterable<Finding> {
  const closed = (policy: Resource, direction: string): boolean =>
    legible(() => namespaceOf(policy) === namespace && denies(policy, direction), false);
  const open = directions.filter(
    (direction) => !stack.of(types.networkPolicy).some((policy) => closed(policy, direction)),
  );
  if (open.length === 0) return;
  yield violation(owner, {
    got: `a namespace that denies no ${open.join(" and no ")} by default`,
    wanted: `a policy for all pods that denies ${directions.join(" and ")}`,
    fix: `add a NetworkPolicy with podSelector: {} and policyTypes: [${directions.join(", ")}] and no rule`,
  });
}

/** Whether the policy closes the direction for every pod of its namespace. */
function denies(policy: Resource, direction: string): boolean {
  const spec = policy.at("spec");
  const selector = spec.at("podSelector");
  const picks = [...selector.at("matchLabels").members(), ...selector.at("matchExpressions").list()];
  if (!selector.isSet() || picks.length > 0) return false;
  const given = spec.at("policyTypes").texts();
  // Unset policyTypes mean Ingress, and Egress only where egress rules stand, which then open it.
  const closed = given.length > 0 ? given : ["Ingress"];
  return closed.includes(direction) && spec.at(direction.toLowerCase()).list().length === 0;
}

/** A project owns what it names. */
export const projectScoped = resourceRule({
  id: "project-scoped",
  group: "security",
  level: "mandatory",
  forbids: "An application in the default project, or a project for every source or destination.",
  prevents: "Whoever may merge into one repository owns the cluster.",
  source: "Argo CD, projects",
  settings: {},
  kinds: [types.application, types.applicationSet, types.appProject],
  examples: {
    bad: "spec: { project: default }",
    good: "spec: { project: shop }   # sourceRepos: [one], destinations: [{ namespace: shop, … }]",
  },
  *check(resource) {
    if (resource.is(types.appProject)) {
      yield* judgeProject(resource);
      return;
    }
    const spec = resource.is(types.applicationSet) ? resource.at("spec", "template", "spec") : resource.at("spec");
    const field = spec.at("project");
    if (!["default", "", undefined].includes(field.text()?.trim())) return;
    yield violation(resource, {
      at: field.path,
      got: "the default project",
      wanted: "the application's own",
      fix: "set spec.project",
    });
  },
});

/** How a destination names where it lies: a cluster goes by its address or by its name. */
const destinationKeys = [
  ["namespace", "namespace"],
  ["server", "cluster"],
  ["name", "cluster"],
] as const;

function* judgeProject(project: Resource): Iterable<Finding> {
  const sources = project.at("spec", "sourceRepos");
  if (sources.texts().some(isWild)) {
    yield violation(project, {
      at: sources.path,
      got: "every repository",
      wanted: "named repositories",
      fix: "list the repositories",
    });
  }
  yield* eachPart(project, project.at("spec", "destinations").list(), function* (destination) {
    for (const [key, word] of destinationKeys) {
      const field = destination.at(key);
      if (!isWild(field.text() ?? "")) continue;
      yield violation(project, {
        at: field.path,
        got: `every ${word}`,
        wanted: `a named ${word}`,
        fix: `name the ${word}`,
      });
    }
  });
}

function isWild(text: string): boolean {
  return /^\*+$/.test(text.trim());
}
