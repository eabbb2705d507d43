/** Rules about pods and namespaces: a container that is taken over stays a container. */
import type { Field } from "../kit/field";
import { nameOr, type Finding, violation } from "../kit/finding";
import { namespaceOf, objectName, systemNamespaces } from "../kit/kubernetes";
import { anyPods, type Pods, podSetting, podsOf } from "../kit/pods";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { texts } from "../kit/settings";
import { types } from "../kit/types";

/** Pods run without privileges: the restricted Pod Security Standard. */
export const podRestricted = resourceRule({
  id: "pod-restricted",
  group: "security",
  level: "mandatory",
  forbids: "A pod that could act as root, gain privileges, or reach into its node.",
  prevents: "One bug in an application becomes control of the node and of every pod on it.",
  source: "EKS best practices, Pod security; Kubernetes, Pod Security Standards, restricted",
  settings: {
    systemNamespaces: texts(systemNamespaces, "Namespaces that EKS runs; the CNI needs the host's network.", "any"),
  },
  kinds: [anyPods],
  examples: {
    bad: "containers: [{ name: web, securityContext: { privileged: true } }]",
    good: "securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }, containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } } }]",
  },
  *check(owner, values) {
    if (values.systemNamespaces.includes(namespaceOf(owner))) return;
    yield* eachPart(owner, podsOf(owner), function* (pods) {
      yield* judgeHost(owner, pods);
      yield* eachPart(owner, pods.containers, ({ field }) => judgeContainer(owner, pods, field));
    });
  },
});

function* judgeHost(owner: Resource, pods: Pods): Iterable<Finding> {
  for (const key of ["hostNetwork", "hostPID", "hostIPC"]) {
    const field = podSetting(pods, key);
    if (field.flag() === true)
      yield violation(owner, { at: field.path, got: "true", wanted: "false", fix: `remove ${key}` });
  }
  for (const volume of pods.levels.flatMap((level) => level.at("volumes").list())) {
    const field = volume.at("hostPath");
    if (field.isSet())
      yield violation(owner, {
        at: field.path,
        got: "a folder of the node",
        wanted: "no hostPath",
        fix: "use a volume claim or emptyDir",
      });
  }
}

function* judgeContainer(owner: Resource, pods: Pods, container: Field): Iterable<Finding> {
  const [context, pod] = [container.at("securityContext"), podSetting(pods, "securityContext")];
  const name = nameOr(container.at("name").text(), "(unnamed)");
  const bad = (field: Field, got: string, wanted: string): Finding =>
    violation(owner, { at: field.path, got, wanted, fix: `set it on container ${name} or on the pod` });
  const of = (key: string): Field => (context.at(key).isSet() ? context.at(key) : pod.at(key));
  if (context.at("privileged").flag() === true) yield bad(context.at("privileged"), "true", "false");
  const escalation = context.at("allowPrivilegeEscalation");
  if (escalation.flag() !== false)
    yield bad(escalation, escalation.isSet() ? "true" : "nothing, which means true", "false");
  const nonRoot = of("runAsNonRoot");
  if (nonRoot.flag() !== true)
    yield bad(context.at("runAsNonRoot"), nonRoot.isSet() ? "false" : "nothing, which means root may", "true");
  if (of("runAsUser").number() === 0) yield bad(of("runAsUser"), "0, which is root", "another user");
  yield* judgeCapabilities(context.at("capabilities"), bad);
  const profile = of("seccompProfile").at("type");
  if (!["RuntimeDefault", "Localhost"].some((filter) => filter === profile.text())) {
    yield bad(context.at("seccompProfile", "type"), profile.isSet() ? "no filter" : "nothing", "RuntimeDefault");
  }
  for (const port of container.at("ports").list()) {
    const host = port.at("hostPort");
    if ((host.number() ?? 0) !== 0) yield bad(host, "a port of the node", "none");
  }
}

function* judgeCapabilities(
  capabilities: Field,
  bad: (field: Field, got: string, wanted: string) => Finding,
): Iterable<Finding> {
  const drop = capabilities.at("drop");
  if (!drop.texts().includes("ALL")) yield bad(drop, drop.isSet() ? "some" : "nothing", "ALL");
  const added = capabilities.at("add");
  const extra = added.texts().filter((capability) => capability !== "NET_BIND_SERVICE");
  if (extra.length > 0) yield bad(added, `${extra.length} capability(ies)`, "at most NET_BIND_SERVICE");
}

const enforceLabel = "pod-security.kubernetes.io/enforce";

/** Every namespace checks the pods that enter it. */
export const psaEnforced = resourceRule({
  id: "psa-enforced",
  group: "security",
  level: "mandatory",
  forbids: "A namespace that lets every pod in.",
  prevents: "A privileged pod, made by whoever may make pods.",
  source: "EKS best practices, Pod security, Pod Security Standards and admission",
  settings: { systemNamespaces: texts(systemNamespaces, "Namespaces that EKS runs.", "any") },
  kinds: [types.namespace],
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
          : "a word that Kubernetes does not know";
    yield violation(namespace, {
      at: field.path,
      got,
      wanted: "restricted, or baseline",
      fix: `set the label ${enforceLabel}: restricted`,
    });
  },
});
