/** Rules about pods and namespaces: a compromised container gets no privileges on its node. */
import { groupPairs } from "@fridayproof/components/core";
import { identityLimits } from "../limits/identity";
import type { Field } from "../kit/reading/field";
import { nameOr, type Finding, violation } from "../kit/finding/finding";
import { objectName, outside, systemNamespaces } from "../kit/kubernetes/kubernetes";
import { anyPods, type Container, type Pods, podSetting, podsOf } from "../kit/kubernetes/pods";
import { either, example, remove, set, together } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart, guarded, resourceRule } from "../kit/rule/rule";
import { texts } from "../kit/rule/settings";
import { types } from "../kit/reading/types";
import { type Breach, containerBreaches, type Demand, demands, isWindows, podBreaches } from "./pod-standard";

/** Pods run without privileges: the restricted Pod Security Standard. */
export const podRestricted = resourceRule({
  id: "pod-restricted",
  group: "security",
  level: "mandatory",
  forbids: "A pod that could act as root, gain privileges, or reach into its node.",
  prevents: "One bug in an application becomes control of the node and of every pod on it.",
  source:
    "EKS best practices, Pod security; https://kubernetes.io/docs/concepts/security/pod-security-standards/, restricted",
  settings: {
    systemNamespaces: texts(systemNamespaces, "Namespaces that EKS runs; the CNI needs the host's network.", "any"),
  },
  resourceTypes: [anyPods],
  examples: {
    bad: "containers: [{ name: web, securityContext: { privileged: true } }]",
    good: "securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }, containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } } }]",
  },
  *check(owner, values) {
    yield* outside(values.systemNamespaces, owner, () =>
      eachPart(owner, podsOf(owner), function* (pods) {
        // A pod-level field applies to every container and is reported once.
        yield* guarded(owner, () => breaches(owner, podBreaches(pods)));
        yield* eachPart(owner, pods.containers, ({ field }) => breaches(owner, containerBreaches(field)));
        yield* checkRoot(owner, pods);
        yield* checkDemands(owner, pods);
      }),
    );
  },
});

function* breaches(owner: Resource, found: Iterable<Breach>): Iterable<Finding> {
  for (const { field, ...problem } of found) yield violation(owner, { at: field.path, ...problem });
}

/**
 * With user namespaces (hostUsers: false) root in the pod is an unprivileged user on the node. The standard allows
 * it since Kubernetes 1.35.
 */
function maySeemRoot(pods: Pods): boolean {
  return podSetting(pods, "hostUsers").flag() === false;
}

function* checkRoot(owner: Resource, pods: Pods): Iterable<Finding> {
  if (maySeemRoot(pods)) return;
  const contexts = [podSetting(pods, "securityContext"), ...pods.containers.map(contextOf)];
  yield* eachPart(owner, contexts, function* (context) {
    const user = context.at("runAsUser");
    if (user.number() !== 0) return;
    yield violation(owner, {
      at: user.path,
      got: "0, which is root",
      expected: "another user",
      fix: either(example(set(user, identityLimits.anyUser.value), "the user of the image"), remove(user)),
    });
  });
}

function contextOf({ field }: Container): Field {
  return field.at("securityContext");
}

/** A missing setting is one violation of the pod. A wrong value is a violation at its own path. */
function* checkDemands(owner: Resource, pods: Pods): Iterable<Finding> {
  const pod = podSetting(pods, "securityContext");
  const missing: (readonly [Demand, Container])[] = [];
  for (const demand of demands.filter((one) => isDemanded(one, pods))) {
    const wrong = new Map<string, Field>();
    yield* eachPart(owner, pods.containers, function* (container) {
      const own = demand.field(contextOf(container));
      const field = own.isSet() || demand.podKey === undefined ? own : demand.field(pod);
      if (demand.holds(field)) return;
      if (field.isSet()) wrong.set(field.path, field);
      else missing.push([demand, container]);
    });
    for (const field of wrong.values())
      yield violation(owner, {
        at: field.path,
        got: demand.got(field),
        expected: demand.words,
        fix: set(field, demand.value),
      });
  }
  if (missing.length > 0) yield* nothingStated(owner, pod, groupPairs(missing));
}

function isDemanded(demand: Demand, pods: Pods): boolean {
  return !(demand.linuxOnly && isWindows(pods)) && !(demand.podKey === "runAsNonRoot" && maySeemRoot(pods));
}

function* nothingStated(
  owner: Resource,
  pod: Field,
  missing: ReadonlyMap<Demand, readonly Container[]>,
): Iterable<Finding> {
  const keys = [...missing.keys()];
  const [ofPod, ofEach] = [true, false].map((shared) => keys.filter(({ podKey }) => (podKey !== undefined) === shared));
  const names = [...new Set([...missing.values()].flat().map(({ field }) => field))].map((field) =>
    nameOr(field.at("name").text(), "(unnamed)"),
  );
  const [first] = [...missing.values()].flat();
  const context = ofEach?.length === 0 || first === undefined ? pod : contextOf(first);
  const ofWholePod = (ofPod ?? []).map((demand) => set(demand.field(pod), demand.value));
  const each = [...missing].flatMap(([demand, containers]) =>
    demand.podKey === undefined ? containers.map((one) => set(demand.field(contextOf(one)), demand.value)) : [],
  );
  yield violation(owner, {
    at: context.path,
    got: `nothing for ${keys.map(({ words }) => words.replace(/:.*/, "")).join(", ")} in container ${[...new Set(names)].join(", ")}`,
    expected: keys.map(({ words }) => words).join(", "),
    fix: together([...ofWholePod, ...each]),
  });
}

const enforceLabel = "pod-security.kubernetes.io/enforce";

/** Every namespace enforces a Pod Security Standard at admission. */
export const psaEnforced = resourceRule({
  id: "psa-enforced",
  group: "security",
  level: "mandatory",
  forbids: "A namespace that lets every pod in.",
  prevents: "A privileged pod, made by whoever may make pods.",
  source: "EKS best practices, Pod security, Pod Security Standards and admission",
  settings: { systemNamespaces: texts(systemNamespaces, "Namespaces that EKS runs.", "any") },
  resourceTypes: [types.namespace],
  examples: {
    bad: "metadata: { name: shop }",
    good: `metadata: { name: shop, labels: { ${enforceLabel}: restricted } }`,
  },
  *check(namespace, values) {
    if (values.systemNamespaces.includes(objectName(namespace))) return;
    const field = namespace.at("metadata", "labels", enforceLabel);
    const level = field.text();
    if (level === "restricted" || level === "baseline") return;
    const got =
      level === undefined
        ? "nothing, which means privileged"
        : level === "privileged"
          ? "privileged"
          : "an unknown level";
    yield violation(namespace, {
      at: field.path,
      got,
      expected: "restricted, or baseline",
      fix: set(field, "restricted"),
    });
  },
});
