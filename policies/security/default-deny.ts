/** Rule default-deny. */
import { isUnreadable, valueOr, UnknownRead } from "../kit/reading/field";
import { type Finding, nameOr, violation } from "../kit/finding/finding";
import { namespaceOf, objectName, addOnNamespaces } from "../kit/kubernetes/kubernetes";
import {
  allPolicies,
  counts,
  coversNamespace,
  type Direction,
  isolates,
  openRule,
  policyKinds,
  readAnyPolicy,
  readNamespace,
} from "../kit/network/network-policies";
import { podsOf } from "../kit/kubernetes/pods";
import { add, declareObject, either, fix, type Remedy, remove, set, together } from "../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../kit/reading/resource";
import { certain, eachResource, stackRule, reportUnreadable } from "../kit/rule/rule";
import { callsApiServer } from "../kit/kubernetes/service-accounts";
import { choice, texts } from "../kit/rule/settings";
import { types } from "../kit/reading/types";
import {
  defaultDenyPolicy,
  ingressFromNamespace,
  requiredNamespaces,
  egressToApiServer,
  egressToDns,
} from "../kit/network/required-connections";
import { running } from "../kit/kubernetes/workloads";

/** Network policies allow only the required connections of an application. */
export const defaultDeny = stackRule({
  id: "default-deny",
  group: "security",
  level: "mandatory",
  forbids:
    "An application's namespace without a policy that denies by default, or with one that allows everything, and rules of a direction that policyTypes leaves out.",
  prevents: "Whoever takes over one pod reaches every other.",
  source:
    "EKS best practices, Network security, create a default deny policy; Kubernetes, policies add up, and NetworkPolicySpec, policyTypes; Cilium, policy enforcement modes (a direction with rules denies by default)",
  settings: {
    platformNamespaces: texts(addOnNamespaces, "Namespaces of add-ons, which no application shares.", "any"),
    egress: choice(true, "Whether what leaves must be denied by default as well.", "any"),
  },
  examples: {
    bad: "a Namespace and workloads, and no NetworkPolicy",
    good: "spec: { podSelector: {}, policyTypes: [Ingress, Egress], egress: [name resolution], ingress: [the gateway] }",
  },
  *check(stack, values) {
    const directions: readonly Direction[] = values.egress ? ["Ingress", "Egress"] : ["Ingress"];
    yield* reportUnreadable(stack.of(...policyKinds), (policy) =>
      policy.is(types.networkPolicy) ? [namespaceOf(policy), wholesale(policy)] : readAnyPolicy(stack, policy),
    );
    // A cluster-wide policy may select namespaces by their labels.
    const wide = stack.of(types.ciliumClusterPolicy).length > 0;
    if (wide) yield* reportUnreadable(stack.of(types.namespace), readNamespace);
    const seen = new Set<string>();
    const owners = stack.resources.filter((resource) => valueOr(() => podsOf(resource).length > 0, false));
    const veiled = stack.resources.filter(hidesPods);
    yield* eachResource([...stack.of(types.namespace), ...owners, ...veiled], (resource) => {
      // An object without a namespace gets that of its Application or Kustomization, which is not part of the manifest.
      if (!resource.is(types.namespace) && !resource.at("metadata", "namespace").isSet()) return [];
      const namespace = resource.is(types.namespace) ? objectName(resource) : namespaceOf(resource);
      if (values.platformNamespaces.includes(namespace) || seen.has(namespace)) return [];
      seen.add(namespace);
      // Whether the object creates pods is unknown in this preview.
      if (veiled.includes(resource) && directions.some((direction) => !isClosed(stack, namespace, direction)))
        podsOf(resource);
      if (wide && resource.is(types.namespace)) readNamespace(resource);
      return checkNamespace(stack, resource, namespace, directions);
    });
    yield* eachResource(allPolicies(stack), (policy) => {
      if (values.platformNamespaces.includes(valueOr(() => namespaceOf(policy), ""))) return [];
      return checkPolicy(stack, policy, directions);
    });
    const stated = eachResource(stack.of(types.networkPolicy), (policy) =>
      checkTypes(policy, directions, values.platformNamespaces),
    );
    yield* certain(stated);
  },
});

/** Whether the object's pods depend on values that are unknown in a preview. */
function hidesPods(resource: Resource): boolean {
  try {
    podsOf(resource);
    return false;
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return error instanceof UnknownRead;
  }
}

/** Directions that the policy denies for all pods of its namespace, each with the path of a rule that allows all traffic again. */
function wholesale(policy: Resource): ReadonlyMap<Direction, string | undefined> {
  if (!coversNamespace(policy)) return new Map();
  const all: readonly Direction[] = ["Ingress", "Egress"];
  return new Map(
    all
      .filter((direction) => counts(policy, direction))
      .map((direction) => [direction, openRule(policy, direction)?.path] as const),
  );
}

/** Directions that a policy denies by default for all pods of a namespace. */
const closed = perStack((stack) => {
  const found = new Map<string, Set<Direction>>();
  for (const policy of allPolicies(stack)) {
    const [namespace, effect] = valueOr(() => [namespaceOf(policy), wholesale(policy)] as const, [
      "",
      new Map<Direction, string | undefined>(),
    ] as const);
    const known = found.get(namespace) ?? new Set();
    for (const [direction, opening] of effect)
      if (opening === undefined && isolates(policy, direction)) known.add(direction);
    found.set(namespace, known);
  }
  return found;
});

function isClosed(stack: Stack, namespace: string, direction: Direction): boolean {
  return closed(stack).get(namespace)?.has(direction) === true;
}

function* checkNamespace(
  stack: Stack,
  owner: Resource,
  namespace: string,
  directions: readonly Direction[],
): Iterable<Finding> {
  const open = directions.filter((direction) => !isClosed(stack, namespace, direction));
  if (open.length === 0) return;
  yield violation(owner, {
    got: `the namespace ${nameOr(namespace, "of these pods")}, which denies no ${open.join(" and no ")} by default`,
    expected: `a policy for all pods that denies ${directions.join(" and ")}`,
    fix: remedyFor(stack, namespace, open),
  });
}

/** Narrows the policies that allow all traffic. For directions without any policy it adds a default-deny policy. */
function remedyFor(stack: Stack, namespace: string, open: readonly Direction[]): Remedy {
  const opening = stack
    .of(types.networkPolicy)
    .filter((policy) => valueOr(() => namespaceOf(policy) === namespace, false))
    .flatMap((policy) => {
      const effect = valueOr(() => wholesale(policy), new Map<Direction, string | undefined>());
      return open.flatMap((direction) => {
        const at = effect.get(direction);
        return at === undefined ? [] : [{ direction, change: narrow(at, direction, policy) }];
      });
    });
  const rest = open.filter((direction) => !opening.some((one) => one.direction === direction));
  const calling = [...stack.of(...running), ...stack.of(types.pod)].some((workload) =>
    valueOr(() => namespaceOf(workload) === namespace && callsApiServer(stack, workload), false),
  );
  const policy = defaultDenyPolicy(namespace, rest, [egressToDns, ...(calling ? [egressToApiServer] : [])]);
  const needs = "with what else the pods call and who else calls them; deny-leaves-a-way checks it";
  const all = [
    ...opening.map(({ change }) => change),
    ...(rest.length === 0 ? [] : [declareObject("networking.k8s.io/v1", "NetworkPolicy", policy)]),
  ];
  return fix`${together(all)}, ${needs}`;
}

/** Replaces a rule that allows all traffic with the connections that every application needs. */
function narrow(at: string, direction: Direction, policy?: Resource): Remedy {
  return set(at, direction === "Ingress" ? ingressFromNamespace(requiredNamespaces.gateway) : egressToDns, policy);
}

/** Network policies are additive: one that allows all traffic of all pods overrides every restriction. */
function* checkPolicy(stack: Stack, policy: Resource, directions: readonly Direction[]): Iterable<Finding> {
  const namespace = namespaceOf(policy);
  const effect = valueOr(() => wholesale(policy), new Map<Direction, string | undefined>());
  for (const direction of directions) {
    const at = effect.get(direction);
    if (at === undefined || !isClosed(stack, namespace, direction)) continue;
    yield violation(policy, {
      at,
      got: `a rule that allows all ${direction.toLowerCase()} of all pods`,
      expected: "rules for named peers and ports, because what policies allow adds up",
      fix: fix`${narrow(at, direction)}, with ${direction === "Ingress" ? "the other allowed sources" : "the other destinations that the pods call"}`,
    });
  }
}

/** Kubernetes ignores rules of a direction that policyTypes lacks. A rule that allows all traffic changes nothing there. */
function* checkTypes(
  policy: Resource,
  directions: readonly Direction[],
  platform: readonly string[],
): Iterable<Finding> {
  const stated = policy.at("spec", "policyTypes");
  for (const direction of directions) {
    const rules = policy.at("spec", direction.toLowerCase());
    if (isolates(policy, direction) || rules.list().length === 0 || openRule(policy, direction) !== undefined) continue;
    if (platform.includes(namespaceOf(policy))) continue;
    yield violation(policy, {
      at: rules.path,
      got: `rules for ${direction.toLowerCase()} beside policyTypes without ${direction}: they do nothing`,
      expected: `${direction} in policyTypes, which denies the rest, or no such rules`,
      fix: either(add(stated, direction), remove(rules)),
    });
  }
}
