/** Objects that pods and autoscalers name: accounts, configuration, Secrets, claims, and who is scaled. */
import { type Field, valueOr } from "../../kit/reading/field";
import type { Finding } from "../../kit/finding/finding";
import { type Identity, namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { danglingReference, type Reference } from "../../kit/kubernetes/dangling-references";
import { namedBy } from "../../kit/kubernetes/pod-references";
import { podsOf } from "../../kit/kubernetes/pods";
import { declareObject, type Remedy, remove } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { type Inventory, inventoryOf } from "../../kit/kubernetes/inventory";
import { manifestKind, type ResourceType, types } from "../../kit/reading/types";
import { replicated, workloadsNamed } from "../../kit/kubernetes/workloads";
import { serviceFor } from "../../kit/kubernetes/workload-fixes";
import { servicesOf } from "../../kit/network/serving";

/** ConfigMaps that the cluster and the mesh write into every namespace. */
const everywhere = ["kube-root-ca.crt", "openshift-service-ca.crt", "istio-ca-root-cert", "istio-ca-crl"];

/** What the object's pods name. */
export function* checkPods(stack: Stack, owner: Resource): Iterable<Finding> {
  const inventory = inventoryOf(stack);
  const namespace = namespaceOf(owner);
  const all = podsOf(owner).flatMap(namedBy);
  const seen = new Set<string>();
  for (const named of all) {
    const name = named.field.textOrEmpty();
    const key = `${named.type} ${name}`;
    if (named.optional || seen.has(key) || everywhere.includes(name) || isOwnClaim(owner, named.type)) continue;
    seen.add(key);
    yield* checkName(inventory, owner, { ...named, namespace, name });
  }
  if (!owner.is(types.statefulSet)) return;
  const field = owner.at("spec", "serviceName");
  // Without its Service the pods run, but have no names of their own.
  const name = field.textOrEmpty();
  const missing = serviceFor(owner, name, { clusterIP: "None" });
  // Another Service of a like name has other pods.
  const among = servicesOf(stack, owner).flatMap((service) => valueOr(() => [objectName(service)], []));
  yield* danglingReference(inventory, owner, {
    type: types.service,
    namespace,
    name,
    field,
    missing,
    among,
    advisory: true,
  });
}

/** A claim of a StatefulSet's own templates is made with each pod. */
function isOwnClaim(owner: Resource, type: ResourceType): boolean {
  return type === types.persistentVolumeClaim && owner.is(types.statefulSet) && claimTemplates(owner).length > 0;
}

function claimTemplates(set: Resource): readonly Field[] {
  return set.at("spec", "volumeClaimTemplates").list();
}

function checkName(inventory: Inventory, owner: Resource, reference: Reference): Iterable<Finding> {
  const { type, namespace } = reference;
  if (type !== types.opaqueSecret) {
    const missing = type === types.serviceAccount ? accountFor(reference) : undefined;
    return danglingReference(inventory, owner, { ...reference, missing, advisory: !inventory.hasAny(type, namespace) });
  }
  // Secrets are rarely in Git, and programs make some when they start.
  return inventory.isCompleteForSecrets(namespace)
    ? danglingReference(inventory, owner, { ...reference, advisory: true })
    : [];
}

/** An account needs nothing but its name. */
function accountFor({ name, namespace }: Reference): Remedy {
  return declareObject("v1", "ServiceAccount", { metadata: { name, namespace } });
}

/** A number of pods that stands beside an autoscaler resets it with each apply. */
function unscaled(stack: Stack, identity: Identity): readonly Remedy[] {
  const [workload] = workloadsNamed(stack, identity);
  const field = workload?.at("spec", "replicas");
  return workload === undefined || field?.isSet() !== true ? [] : [remove(field, workload)];
}

/** Types that can be scaled, by the kind that a target names. */
const scaled: ReadonlyMap<string, ResourceType> = new Map(replicated.map((type) => [manifestKind(type), type]));

/** The target of an autoscaler exists; without a kind KEDA's is a Deployment. */
export function* checkTarget(stack: Stack, autoscaler: Resource): Iterable<Finding> {
  const key = autoscaler.is(types.verticalPodAutoscaler) ? "targetRef" : "scaleTargetRef";
  const target = autoscaler.at("spec", key);
  const kind = target.at("kind").text() ?? (autoscaler.is(types.scaledObject) ? "Deployment" : "");
  const type = scaled.get(kind);
  const [namespace, field] = [namespaceOf(autoscaler), target.at("name")];
  const inventory = inventoryOf(stack);
  if (type === undefined || !inventory.isComplete(namespace)) return;
  // Some workload is in sight: the one that is named would stand beside it.
  const counts = !autoscaler.is(types.verticalPodAutoscaler);
  const consequences = (name: string): readonly Remedy[] => (counts ? unscaled(stack, { kind, namespace, name }) : []);
  yield* danglingReference(inventory, autoscaler, {
    type,
    namespace,
    name: field.textOrEmpty(),
    field,
    beside: true,
    consequences,
  });
}
