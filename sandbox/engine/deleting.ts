/** Deletes what the program no longer declares, what was replaced, or on destroy everything. */
import type { Provider } from "../protocol/provider";
import { messageOf, StoppedError, UserError } from "../core/errors";
import { lastKnown, type ResourceState } from "../state/resource-state";
import type { DiffResult } from "../property/diff";
import { isProviderType, identityOf } from "../property/urn";
import { deletionBatches } from "./deletions";
import type { Deployment } from "./deployment";
import { protectedDeleteMessage } from "./planner";
import { rejectOrphans, rejectUnknownTargets } from "./targets";

/**
 * Deletes what this run did not reach (a destroy reaches nothing) and what it replaced: in batches, users before what
 * they use; the first failing batch is the last.
 */
export async function deleteUnwanted(deployment: Deployment): Promise<void> {
  const undeclared = deployment.snapshot.unreached().filter((resource) => deployment.isTargeted(resource.urn));
  const toDelete = [...undeclared, ...deployment.snapshot.toDelete()];
  rejectUnknownTargets(deployment);
  rejectOrphans(deployment, undeclared);
  if (deployment.halted) return;
  const deleting = new Set(toDelete.map((resource) => resource.urn));
  for (const batch of deletionBatches(toDelete)) {
    if (deployment.stopped) return;
    const deleted = await Promise.all(batch.map((resource) => deleteReported(deployment, resource, deleting)));
    if (deleted.includes(false)) return;
  }
}

async function deleteReported(
  deployment: Deployment,
  resource: ResourceState,
  deleting: ReadonlySet<string>,
): Promise<boolean> {
  try {
    const retained =
      resource.retainOnDelete === true || (resource.deletedWith !== undefined && deleting.has(resource.deletedWith));
    await deleteOne(deployment, resource, resource.delete === true ? "delete-replaced" : "delete", undefined, retained);
    return true;
  } catch (error) {
    if (!(error instanceof StoppedError)) deployment.fail(messageOf(error), resource.urn);
    return false;
  }
}

/**
 * Deletes one resource.
 * @param diff why, when a replacement does it.
 * @param retained the resource leaves the state, the cloud's object stays: retainOnDelete, or deleted with another.
 */
export async function deleteOne(
  deployment: Deployment,
  resource: ResourceState,
  op: "delete" | "delete-replaced",
  diff?: DiffResult,
  retained: boolean = resource.retainOnDelete === true,
): Promise<void> {
  if (resource.external === true || resource.pendingReplacement === true) {
    deployment.record.note({ op: "discard", urn: resource.urn, old: resource });
    return drop(deployment, resource);
  }
  await deployment.step({ op, urn: resource.urn, old: resource, diff }, async () => {
    const provider = resource.custom && !isProviderType(resource.type) ? deployment.providerOf(resource) : undefined;
    if (resource.protect === true && resource.delete !== true)
      throw new UserError(protectedDeleteMessage(resource.urn));
    if (!deployment.preview && !retained && provider !== undefined) await deleteInCloud(deployment, resource, provider);
    const isFirst = op === "delete-replaced" && resource.delete !== true;
    if (isFirst) deployment.snapshot.apply({ kind: "deleted-first", urn: resource.urn });
    else drop(deployment, resource);
  });
}

async function deleteInCloud(deployment: Deployment, resource: ResourceState, provider: Provider): Promise<void> {
  deployment.begin({ type: "deleting", resource });
  try {
    await provider.delete(identityOf(resource.urn), lastKnown(resource));
  } catch (error) {
    deployment.settle(resource.urn);
    throw error;
  }
}

function drop({ snapshot }: Deployment, { urn, id, delete: pendingDelete = false }: ResourceState): void {
  snapshot.apply({ kind: "drop", urn, id, pendingDelete });
}
