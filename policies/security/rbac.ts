/** Rule rbac-no-admin: no subject gets all permissions, by a wildcard, by a list or by privilege escalation. */
import type { Field } from "../kit/reading/field";
import { type Finding, nameOr, violation } from "../kit/finding/finding";
import { mayMean } from "../kit/aws/iam";
import { objectName } from "../kit/kubernetes/kubernetes";
import { example, fix, remove, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart, guarded, resourceRule } from "../kit/rule/rule";
import { texts } from "../kit/rule/settings";
import { types } from "../kit/reading/types";
import { escalations, narrowed, reaches, read, write } from "./escalations";

/** Built-in ClusterRoles with access to every Secret, in any kind of binding. */
const administrators = ["cluster-admin"];
/** Objects with all permissions: `resourceNames` with one of them limits nothing. */
const everything = [...administrators, "system:masters"];
const everywhere = [...administrators, "admin", "edit"];

/** Built-in groups and users that include unnamed people. Source: Kubernetes, RBAC good practices, and CIS EKS 4.1. */
const strangers = ["system:anonymous", "system:unauthenticated"];
const crowds = ["system:authenticated", "system:serviceaccounts"];
/** Built-in roles for every user: API versions, discovery and the user's own identity. */
const publicRoles = [
  "system:public-info-viewer",
  "system:discovery",
  "system:basic-user",
  "system:service-account-issuer-discovery",
];

/** No subject gets all permissions. */
export const rbacNoAdmin = resourceRule({
  id: "rbac-no-admin",
  group: "security",
  level: "mandatory",
  forbids:
    "A binding to cluster-admin or for everybody, the right to edit for an account that pods share, a role with every verb or for every resource, and rights that lead to all others.",
  prevents: "One stolen service-account token owns the cluster.",
  source:
    "CIS EKS benchmark 4.1.1, 4.1.2, 4.1.3 and 4.1.5; https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
  settings: {
    controllers: texts(
      [],
      "Names of ClusterRoles of controllers whose purpose needs such rights, as external-secrets needs every Secret; * stands for any characters. They may not have every verb or every resource.",
      "any",
    ),
  },
  resourceTypes: [types.clusterRole, types.clusterRoleBinding, types.kubernetesRole, types.roleBinding],
  limits:
    "A ClusterRole counts as bound in every namespace. Whoever may create pods may read the Secrets of their namespace; that is left to the namespace's borders.",
  examples: { bad: 'rules: [{ apiGroups: [""], resources: [pods], verbs: ["*"] }]', good: "verbs: [get, list, watch]" },
  *check(resource, { controllers }) {
    if (resource.is(types.clusterRoleBinding, types.roleBinding)) {
      yield* checkBinding(resource);
      return;
    }
    const trusted = controllers.some((name) => mayMean(name, objectName(resource)));
    yield* checkAggregation(resource);
    yield* eachPart(resource, resource.at("rules").list(), (rule) => checkRule(resource, rule, trusted));
  },
});

function* checkBinding(binding: Resource): Iterable<Finding> {
  const isWide = binding.is(types.clusterRoleBinding);
  const name = binding.at("roleRef", "name");
  yield* guarded(binding, function* () {
    const stated = name.textOrEmpty();
    const isNamespaced = binding.at("roleRef", "kind").text() === "Role";
    if (isNamespaced || !(isWide ? everywhere : administrators).includes(stated)) return;
    yield violation(binding, {
      at: name.path,
      got: stated === "cluster-admin" ? stated : `${stated} in every namespace`,
      expected: "a role with what is needed",
      fix: fix`${example(set(name, "view"), "a role of your own")}; the roleRef of an existing binding cannot change: give it another name`,
    });
  });
  yield* eachPart(binding, binding.at("subjects").list(), function* (subject) {
    const field = subject.at("name");
    const who = field.textOrEmpty();
    const role = name.textOrEmpty();
    const shared = isWide || !editing(binding) ? undefined : sharedBy(subject.at("kind").textOrEmpty(), who);
    if (shared !== undefined) {
      yield violation(binding, {
        at: field.path,
        got: shared,
        expected: "the account of the pods that need it",
        fix: fix`${remove(subject)}, and bind an account of its own, which those pods name`,
      });
      return;
    }
    if (!(isUnnamed(who, isWide) || isCrowdOf(who, role)) || publicRoles.includes(role)) return;
    yield violation(binding, {
      at: field.path,
      got: who,
      expected: "named users, groups or service accounts",
      fix: fix`${remove(subject)}, and ${
        who === "system:masters"
          ? "bind a role to a group of your own: nothing that is written here takes rights from system:masters"
          : "name who needs the role"
      }`,
    });
  });
}

function isUnnamed(who: string, isWide: boolean): boolean {
  return who === "system:masters" || strangers.includes(who) || (isWide && crowds.includes(who));
}

/** Whether the binding references a built-in ClusterRole that can change all objects of a namespace. */
function editing(binding: Resource): boolean {
  const reference = binding.at("roleRef");
  return reference.at("kind").text() !== "Role" && everywhere.includes(reference.at("name").textOrEmpty());
}

/** Describes a subject that includes pods without their own ServiceAccount: `default`, or all accounts of a namespace. */
function sharedBy(kind: string, who: string): string | undefined {
  if (kind === "ServiceAccount")
    return who === "default" ? "default, the account of each pod that names none" : undefined;
  return /^system:serviceaccounts:./.test(who) ? "the accounts of all pods of a namespace" : undefined;
}

/** Whether a role that can change objects is bound to every account of the cluster. */
function isCrowdOf(who: string, role: string): boolean {
  return crowds.includes(who) && everywhere.includes(role);
}

function* checkAggregation(resource: Resource): Iterable<Finding> {
  yield* eachPart(resource, resource.at("aggregationRule", "clusterRoleSelectors").list(), function* (selector) {
    const picks = [...selector.at("matchLabels").members(), ...selector.at("matchExpressions").list()];
    if (picks.length > 0) return;
    yield violation(resource, {
      at: selector.path,
      got: "the rights of every ClusterRole",
      expected: "a selector of one label",
      fix: fix`${set(selector.at("matchLabels"), { "example.com/aggregate": "true" })}, with a label of your own that the roles of this one carry`,
    });
  });
}

function* checkRule(resource: Resource, rule: Field, trusted: boolean): Iterable<Finding> {
  const verbs = rule.at("verbs");
  const stated = verbs.texts();
  if (stated.includes("*")) {
    yield violation(resource, {
      at: verbs.path,
      got: "every verb",
      expected: "named verbs",
      fix: example(set(verbs, read), "the verbs that are needed"),
    });
    return;
  }
  const [groups, resources] = [rule.at("apiGroups").texts(), rule.at("resources").texts()];
  const coversGroup = (group: string): boolean => groups.includes("*") || groups.includes(group);
  const written = stated.filter((verb) => write.includes(verb));
  if (resources.includes("*") && (coversGroup("") || coversGroup("rbac.authorization.k8s.io")) && written.length > 0) {
    yield violation(resource, {
      at: rule.at("resources").path,
      got: `every resource for ${written.join(", ")}`,
      expected: "named resources",
      fix: example(set(rule.at("resources"), ["configmaps"]), "the resources that are written to"),
    });
    return;
  }
  if (trusted) return;
  const names = rule.at("resourceNames").texts();
  for (const right of escalations) {
    if (right.namespaced && resource.is(types.kubernetesRole)) continue;
    const limited = right.limitedByName && names.length > 0 && !names.some((name) => everything.includes(name));
    if (limited) continue;
    const held = right.verbs.filter((verb) => stated.includes(verb));
    if (held.length === 0 || !reaches(right, coversGroup, resources)) continue;
    yield violation(resource, {
      at: right.on === undefined ? verbs.path : rule.at("resources").path,
      got: right.got,
      expected: right.expected,
      fix: fix`${narrowed(rule, right)}${right.rest ?? ""}${controllerHint(resource)}`,
    });
    // "*" includes every escalating permission and is one violation, not one for each.
    if (right.on !== undefined && resources.includes("*")) return;
  }
}

function controllerHint(resource: Resource): string {
  return `; where ${nameOr(objectName(resource), "it")} is a controller's role and needs this, name it in the setting \`controllers\``;
}
