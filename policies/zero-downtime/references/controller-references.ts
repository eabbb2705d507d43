/** Names that controllers follow: the role of a binding, the store of a secret, the issuer of a certificate, the class of a node pool. */
import type { Field } from "../../kit/reading/field";
import type { Finding } from "../../kit/finding/finding";
import { danglingReference } from "../../kit/kubernetes/dangling-references";
import { namespaceOf } from "../../kit/kubernetes/kubernetes";
import type { Resource, Stack } from "../../kit/reading/resource";
import { inventoryOf } from "../../kit/kubernetes/inventory";
import { manifestKind, type ResourceType, types } from "../../kit/reading/types";

/** Who names an object of its own namespace, where, and of which kind it is where nothing is said. */
interface Naming {
  readonly reference: (resource: Resource) => Field;
  readonly type: ResourceType;
  readonly usual: string;
  /** Whether the object is often made elsewhere: it is missed only where another one of the kind stands here. */
  readonly beside: boolean;
}

const namings: ReadonlyMap<ResourceType, Naming> = new Map<ResourceType, Naming>([
  [types.roleBinding, { reference: (one) => one.at("roleRef"), type: types.kubernetesRole, usual: "", beside: false }],
  [
    types.externalSecret,
    {
      reference: (one) => one.at("spec", "secretStoreRef"),
      type: types.secretStore,
      usual: "SecretStore",
      beside: true,
    },
  ],
  [
    types.certificate,
    { reference: (one) => one.at("spec", "issuerRef"), type: types.issuer, usual: "Issuer", beside: true },
  ],
]);

/** The group of an Issuer where nothing is said. */
const own = "cert-manager.io";

/** Kinds that name such an object. */
export const controlled: readonly ResourceType[] = [...namings.keys()];

/** A binding without its role gives nothing, a secret without its store and a certificate without its issuer never come. */
export function* checkControlled(stack: Stack, resource: Resource): Iterable<Finding> {
  const naming = namings.get(resource.type);
  if (naming === undefined) return;
  const { type, usual, beside } = naming;
  const reference = naming.reference(resource);
  const [namespace, field] = [namespaceOf(resource), reference.at("name")];
  if ((reference.at("kind").text() ?? usual) !== manifestKind(type) || isForeign(reference)) return;
  const inventory = inventoryOf(stack);
  const advisory = !inventory.hasAny(type, namespace);
  if (beside && advisory) return;
  yield* danglingReference(inventory, resource, { type, namespace, name: field.textOrEmpty(), field, advisory });
}

/** Whether the reference says that the kind is another operator's, such as a private authority's Issuer. */
export function isForeign(reference: Field): boolean {
  const group = reference.at("group").text() ?? own;
  return group !== own && group !== "";
}

/** A pool whose class is missing makes no node. */
export function* checkNodeClass(stack: Stack, pool: Resource): Iterable<Finding> {
  const reference = pool.at("spec", "template", "spec", "nodeClassRef");
  if (reference.at("kind").text() !== manifestKind(types.ec2NodeClass)) return;
  const field = reference.at("name");
  const name = field.textOrEmpty();
  // Neither has a namespace, so that both read as in the same one.
  const namespace = namespaceOf(pool);
  yield* danglingReference(inventoryOf(stack), pool, {
    type: types.ec2NodeClass,
    namespace,
    name,
    field,
    clusterWide: true,
  });
}
