/** What Services and budgets select, the ports that Services lead to, and what workloads select of their own. */
import { groupPairs } from "@fridayproof/components/core";
import { Field, valueOr } from "../../kit/reading/field";
import { type Finding, portText, violation } from "../../kit/finding/finding";
import { type Labels, labelsOf, namespaceOf, objectName, selects } from "../../kit/kubernetes/kubernetes";
import { hasWorkloadRef, type Container } from "../../kit/kubernetes/pods";
import { copy, drop, either, fix, named, type Remedy, remove, set, together } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { type DeclaredPods, inventoryOf } from "../../kit/kubernetes/inventory";
import { SelectorIndex } from "../../kit/kubernetes/selector-index";
import { types } from "../../kit/reading/types";
import { podTemplate, readSelector, running } from "../../kit/kubernetes/workloads";
import { checkEnding, checkExternal } from "./service-targets";

/** Labels that controllers give to running pods: no template carries them. */
const setLater =
  /^(pod-template-hash|controller-revision-hash|rollouts-pod-template-hash|(batch\.kubernetes\.io\/)?job-name|(batch\.kubernetes\.io\/)?controller-uid|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|(.*[-/.])?(role|leader|primary|master))$/;

/** The labels that a Service's selector requires of templates, as a label selector. */
function selectorOf(service: Resource): Field {
  const stated = service.at("spec", "selector");
  const kept = stated.members().filter(([key]) => !setLater.test(key));
  return new Field({ matchLabels: Object.fromEntries(kept.map(([key, value]) => [key, value.text()])) }, stated.path);
}

/** Who picks pods of its namespace. */
const pickers = [types.service, types.podDisruptionBudget] as const;

/** The pods that each Service and budget picks, found in one pass over the pods. */
const picked = perStack((stack) => {
  const all = stack.of(...pickers).flatMap((resource) =>
    valueOr(() => {
      const selector = resource.is(types.service) ? selectorOf(resource) : resource.at("spec", "selector");
      readSelector(selector);
      return [{ resource, namespace: namespaceOf(resource), selector }];
    }, []),
  );
  const index = new SelectorIndex(all);
  const picked: (readonly [Resource, DeclaredPods])[] = [];
  const inventory = inventoryOf(stack);
  for (const namespace of new Set(all.map((picker) => picker.namespace)))
    for (const pods of inventory.podsIn(namespace))
      for (const resource of index.picking(namespace, labelsMeant(pods))) picked.push([resource, pods]);
  return groupPairs(picked);
});

/**
 * The labels of the pods, and those that their workload selects: where the two differ the workload is at fault, which is
 * reported there, and not once more for each object that selects the same.
 */
function labelsMeant({ owner, labels }: DeclaredPods): Labels {
  const selected = owner.is(...running) ? valueOr(() => owner.at("spec", "selector", "matchLabels").members(), []) : [];
  const own = selected.flatMap(([key, value]) => {
    const text = valueOr(() => value.text(), undefined);
    return text === undefined ? [] : [[key, text] as const];
  });
  return new Map([...labels, ...own]);
}

/** A Service leads to pods, at ports that they have. */
export function* checkService(stack: Stack, service: Resource): Iterable<Finding> {
  const selector = service.at("spec", "selector");
  const namespace = namespaceOf(service);
  const external = service.at("spec", "type").text() === "ExternalName";
  if (external) yield* checkExternal(service);
  if (external || selector.members().length === 0 || !inventoryOf(stack).isComplete(namespace)) return;
  readSelector(selectorOf(service));
  const pods = picked(stack).get(service) ?? [];
  if (pods.length === 0) {
    yield violation(service, {
      at: selector.path,
      got: "labels that no pod of the namespace carries",
      expected: "the labels of a pod template",
      fix: found(stack, service, selector, "matchLabels"),
    });
    return;
  }
  for (const port of service.at("spec", "ports").list()) yield* checkPort(service, port, pods);
  yield* checkNodes(service, pods);
  yield* checkEnding(service, selector, pods);
}

/** A caller on a node without a pod of the Service gets no response; a DaemonSet has one on each. */
function* checkNodes(service: Resource, pods: readonly DeclaredPods[]): Iterable<Finding> {
  const field = service.at("spec", "internalTrafficPolicy");
  if (field.text() !== "Local" || service.at("spec", "clusterIP").text() === "None") return;
  if (pods.some(({ owner }) => owner.is(types.daemonSet))) return;
  yield violation(service, {
    at: field.path,
    got: "Local, before pods that are not on every node: callers elsewhere reach no pod",
    expected: "Cluster, or the pods of a DaemonSet",
    fix: fix`${remove(field)}, which means Cluster`,
  });
}

/** The selector of the workload that is meant: the one of that name, or the only one of the namespace. */
function found(stack: Stack, picker: Resource, selector: Field, ...part: readonly string[]): Finding["fix"] {
  const all = inventoryOf(stack)
    .podsIn(namespaceOf(picker))
    .map(({ owner }) => owner)
    .filter((owner) => owner.is(...running) && owner.at("spec", "selector", "matchLabels").isSet());
  const meant =
    all.find((owner) => objectName(owner) === objectName(picker)) ?? (all.length === 1 ? all[0] : undefined);
  if (meant === undefined)
    return picker.is(types.podDisruptionBudget) ? drop(picker) : "copy the labels of the workload's template";
  const copied = copy(meant.at("spec", "selector", ...part), selector, meant);
  return picker.is(types.podDisruptionBudget) ? either(copied, drop(picker)) : copied;
}

/** Ports of proxies that the mesh injects. */
const injected = /envoy|istio|linkerd|proxy/;
const injectedPorts = { from: 15_000, to: 15_099 } as const;

function* checkPort(service: Resource, port: Field, pods: readonly DeclaredPods[]): Iterable<Finding> {
  const field = port.at("targetPort").isSet() ? port.at("targetPort") : port.at("port");
  const target = field.textOrEmpty();
  const containers = pods.map((one) => one.pods.containers.filter(staysUp));
  if (target === "" || containers.some((all) => all.some((one) => isOpenAt(one, target)))) return;
  const problem = { at: field.path, fix: declared(port, containers.flat()) };
  if (!/^\d+$/.test(target)) {
    if (injected.test(target)) return;
    const got = `${portText(target)}, which none of its pods declares`;
    yield violation(service, { ...problem, got, expected: "the name of a port of the pods" });
    return;
  }
  const number = Number(target);
  const silent = containers.some((all) => all.some(({ field: one }) => one.at("ports").list().length === 0));
  if (silent || (number >= injectedPorts.from && number <= injectedPorts.to)) return;
  // A container may listen on a port that it does not declare, so that this is advisory.
  const got = `port ${number}, which none of its pods declares beside the ports that they do`;
  yield violation(service, { ...problem, got, expected: "a port that the pods listen on", advisory: true });
}

/** A port that the pods declare, by its name where it has one. */
function declared(port: Field, containers: readonly Container[]): string | Remedy {
  const [first] = containers.flatMap(({ field }) => field.at("ports").list());
  const value = first?.at("name").text() ?? first?.at("containerPort").number();
  if (value === undefined || named(String(value)) !== String(value))
    return "take the port from the container, or declare it there";
  return set(port.at("targetPort"), value);
}

const staysUp = ({ part }: Container): boolean => part === "main" || part === "sidecar";

/** Whether the container declares the port, or is filled in by the mesh's injector. */
function isOpenAt({ field }: Container, target: string): boolean {
  const ports = field.at("ports").list();
  const own = ports.some((port) => [port.at("name").text(), port.at("containerPort").text()].includes(target));
  return own || field.at("image").text() === "auto";
}

/** A budget selects some pods. */
export function* checkBudget(stack: Stack, budget: Resource): Iterable<Finding> {
  const selector = budget.at("spec", "selector");
  if (!selector.isSet() || !inventoryOf(stack).isComplete(namespaceOf(budget))) return;
  readSelector(selector);
  if ((picked(stack).get(budget) ?? []).length > 0) return;
  yield violation(budget, {
    at: selector.path,
    got: "labels that no pod of the namespace carries",
    expected: "the labels of one workload",
    fix: found(stack, budget, selector),
  });
}

/** A workload selects its own pods: the API refuses it otherwise. */
export function* checkOwnSelector(workload: Resource): Iterable<Finding> {
  if (workload.is(types.pod) || hasWorkloadRef(workload)) return;
  const field = workload.at("spec", "selector");
  const plain = workload.is(types.replicationController);
  if (plain && !field.isSet()) return;
  const selector = plain ? new Field({ matchLabels: field.value() }, field.path) : field;
  if (selector.isSet() && selects(selector, labelsOf(podTemplate(workload)))) return;
  yield violation(workload, {
    at: field.path,
    got: field.isSet() ? "labels that its own template does not carry" : "nothing",
    expected: "labels of its own pod template",
    fix: plain
      ? fix`${remove(field)}, which is taken from the template then`
      : carried(workload, field, field.at("matchLabels")),
  });
}

/** Others find the pods by what is selected, and the selector of an existing workload cannot change. */
function carried(workload: Resource, selector: Field, labels: Field): string | Remedy {
  if (!selector.isSet()) return copy(workload.at("spec", "template", "metadata", "labels"), labels);
  const stated = labels.members();
  const into = podTemplate(workload).at("metadata", "labels");
  if (stated.length === 0 || selector.at("matchExpressions").list().length > 0)
    return "give the template the labels that are selected: the selector of an existing workload cannot change";
  return fix`${together(stated.map(([key, label]) => copy(label, into.at(key))))}: the selector of an existing workload cannot change`;
}
