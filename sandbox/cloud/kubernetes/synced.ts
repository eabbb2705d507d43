/** Objects that Argo CD made: whose they are, and what goes with the ApplicationSet that they came from. */
import { makeUrn, parseUrn } from "@fridayproof/components/core";
import { isObject } from "../../property/values";
import type { CloudObject } from "../account/account";
import type { Cluster } from "./cluster";

/** Project of the URNs of what Argo CD makes: no program has them. */
const OWNER = "argo-cd";

/** Whose an object is that Argo CD makes. */
export const syncedUrn = (stack: string, application: string, type: string): string =>
  makeUrn(stack, OWNER, undefined, type, application);

/** Objects that Argo CD made for a stack, or for one application of it. */
export function syncedObjects(cluster: Cluster, stack: string, application?: string): readonly CloudObject[] {
  return cluster.objects().filter(({ urn }) => {
    const owner = parseUrn(urn);
    if (owner?.project !== OWNER || owner.stack !== stack) return false;
    return application === undefined || owner.name === application;
  });
}

/** What an ApplicationSet that is deleted takes along, unless it preserves what its applications made. */
export function removeSynced(set: CloudObject, cluster: Cluster): void {
  const policy = isObject(set.inputs.spec) ? set.inputs.spec.syncPolicy : undefined;
  if (isObject(policy) && policy.preserveResourcesOnDeletion === true) return;
  for (const { type, id } of syncedObjects(cluster, parseUrn(set.urn)?.stack ?? "")) cluster.remove(type, id);
}
