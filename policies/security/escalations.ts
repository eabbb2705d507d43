/** RBAC permissions that allow privilege escalation, and the change that removes them from a rule. */
import type { Field } from "../kit/reading/field";
import { either, example, type Remedy, remove, set, together } from "../kit/finding/remedy";

/** A permission that allows privilege escalation. Source: Kubernetes, RBAC good practices. */
export interface Escalation {
  readonly verbs: readonly string[];
  /** API group and resource; absent for verbs that escalate on any resource. */
  readonly on?: readonly [group: string, resource: string];
  /** Whether `resourceNames` limits it. */
  readonly limitedByName: boolean;
  /** Whether a Role, which is namespaced, may have it. */
  readonly namespaced: boolean;
  readonly got: string;
  readonly expected: string;
  /** A replacement with fewer permissions. */
  readonly instead?: string;
  /** End of the fix's sentence, after the change. */
  readonly rest?: string;
}

/** Verbs that read. */
export const read = ["get", "list", "watch"];
/** Verbs that change something. */
export const write = ["create", "update", "patch", "delete", "deletecollection"];

/** All escalating permissions. */
export const escalations: readonly Escalation[] = [
  {
    verbs: ["escalate"],
    limitedByName: false,
    namespaced: false,
    got: "escalate, which gives itself every right",
    expected: "no escalate",
    rest: "; a role may then contain what its author has",
  },
  {
    verbs: ["bind"],
    limitedByName: true,
    namespaced: false,
    got: "bind for every role",
    expected: "named roles",
  },
  {
    verbs: ["impersonate"],
    limitedByName: true,
    namespaced: false,
    got: "impersonate for everybody",
    expected: "named users, groups or service accounts",
  },
  {
    verbs: read,
    on: ["", "secrets"],
    limitedByName: true,
    namespaced: true,
    got: "every Secret of the cluster",
    expected: "Secrets of one namespace, or named ones",
  },
  {
    verbs: [...read, "create"],
    on: ["", "nodes/proxy"],
    limitedByName: true,
    namespaced: false,
    got: "nodes/proxy, which runs commands in every pod",
    expected: "nodes/metrics, nodes/stats or nodes/log",
    instead: "nodes/metrics",
  },
  {
    verbs: ["create"],
    on: ["", "serviceaccounts/token"],
    limitedByName: true,
    namespaced: true,
    got: "tokens of every service account",
    expected: "named service accounts",
  },
  ...["pods/exec", "pods/attach"].map((name): Escalation => ({
    verbs: ["get", "create"],
    on: ["", name],
    limitedByName: true,
    namespaced: true,
    got: `${name}, which runs commands in every pod with that pod's rights`,
    expected: "pods of one namespace",
    rest: ", or write a Role in the namespace",
  })),
  {
    verbs: ["update", "patch"],
    on: ["", "pods/ephemeralcontainers"],
    limitedByName: true,
    namespaced: true,
    got: "pods/ephemeralcontainers, which puts a container into every pod",
    expected: "pods of one namespace",
    rest: ", or write a Role in the namespace",
  },
  ...["mutatingwebhookconfigurations", "validatingwebhookconfigurations"].map((name): Escalation => ({
    verbs: ["create", "update", "patch"],
    on: ["admissionregistration.k8s.io", name],
    limitedByName: true,
    namespaced: false,
    got: `${name}, which read and change every request to the API`,
    expected: "named configurations",
    rest: ", or name the configurations in resourceNames",
  })),
  {
    verbs: ["update", "patch"],
    on: ["certificates.k8s.io", "certificatesigningrequests/approval"],
    limitedByName: false,
    namespaced: true,
    got: "approval of certificates for anybody",
    expected: "no approval",
    rest: "; EKS signs the certificates of its nodes",
  },
];

/** Whether `apiGroups` and `resources` of a rule include the permission's resource. */
export function reaches(
  { on }: Escalation,
  coversGroup: (group: string) => boolean,
  resources: readonly string[],
): boolean {
  if (on === undefined) return true;
  const [group, name] = on;
  return coversGroup(group) && formsOf(name).some((form) => resources.includes(form));
}

// `*` is every resource and subresource; `*/token` is the subresource of each.
function formsOf(name: string): readonly string[] {
  return [name, "*", name.replace(/[^/]+/, "*")];
}

/** Permissions that depend on the verb alone. */
const byVerb = escalations.flatMap(({ verbs, on }) => (on === undefined ? verbs : []));

/** The rule without the permission, or limited by `resourceNames` where that is enough. */
export function narrowed(rule: Field, right: Escalation): Remedy {
  const narrower = without(rule, right);
  const byName = example(set(rule.at("resourceNames"), ["shop"]), "the names that are meant");
  return right.limitedByName ? either(narrower, byName) : narrower;
}

/** Removes the whole rule if it would become empty: the API rejects an empty rule. */
function without(rule: Field, right: Escalation): Remedy {
  const resources = rule.at("resources");
  if (right.on === undefined) {
    const verbs = rule.at("verbs").list();
    if (verbs.every((verb) => byVerb.includes(verb.textOrEmpty()))) return remove(rule);
    return together(verbs.filter((verb) => right.verbs.includes(verb.textOrEmpty())).map((verb) => remove(verb)));
  }
  const stated = resources.list();
  if (stated.some((one) => one.text() === "*")) return set(resources, ["configmaps"]);
  const forms = formsOf(right.on[1]);
  const meant = stated.filter((one) => forms.includes(one.textOrEmpty()));
  const { instead } = right;
  if (instead !== undefined) return together(meant.map((one) => set(one, instead)));
  return meant.length === stated.length ? remove(rule) : together(meant.map((one) => remove(one)));
}
