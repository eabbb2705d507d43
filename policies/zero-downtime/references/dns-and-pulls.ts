/** Whether pods find Services by name, and which credentials they pull images with. */
import { type Finding, violation } from "../../kit/finding/finding";
import { danglingReference } from "../../kit/kubernetes/dangling-references";
import { addOnNamespaces, isAddOn, namespaceOf } from "../../kit/kubernetes/kubernetes";
import { type Pods, podSetting, podsOf } from "../../kit/kubernetes/pods";
import { fix, remove } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { inventoryOf } from "../../kit/kubernetes/inventory";
import { types } from "../../kit/reading/types";

/** Pods that resolve names as their node does find no Service; what only calls the outside may want that. */
export function* checkResolution(owner: Resource): Iterable<Finding> {
  if (isAddOn(owner, addOnNamespaces)) return;
  for (const pods of podsOf(owner)) {
    const policy = podSetting(pods, "dnsPolicy");
    if (policy.text() !== "Default" || podSetting(pods, "hostNetwork").flag() === true) continue;
    yield violation(owner, {
      at: policy.path,
      got: "Default, which uses the node's name servers: no Service has a name there",
      expected: "ClusterFirst",
      fix: fix`${remove(policy)}, which means ClusterFirst`,
      advisory: true,
    });
  }
}

/** Names of Secrets with which images are pulled; the kubelet goes on without one that is missing, and the pull may fail. */
export function* checkPulls(stack: Stack, owner: Resource): Iterable<Finding> {
  const lists = owner.is(types.serviceAccount)
    ? [owner.at("imagePullSecrets")]
    : podsOf(owner).map((pods: Pods) => podSetting(pods, "imagePullSecrets"));
  const [namespace, inventory] = [namespaceOf(owner), inventoryOf(stack)];
  if (!inventory.isCompleteForSecrets(namespace)) return;
  for (const field of lists.flatMap((list) => list.list()).map((one) => one.at("name")))
    yield* danglingReference(inventory, owner, {
      type: types.opaqueSecret,
      namespace,
      name: field.textOrEmpty(),
      field,
      advisory: true,
    });
}
