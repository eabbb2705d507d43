/** Deletes what the program no longer declares, what was replaced, or on destroy everything. */
import type { Provider } from "../protocol/provider";
import { messageOf, StoppedError, UserError } from "../core/errors";
import { lastKnown, type ResourceState } from "../state/resource-state";
import type { DiffResult } from "../property/diff";
import { isProviderType, subjectOf } from "../property/urn";
import { deletionBatches } from "./deletions";
import type { Deployment } from "./deployment";
import { protectedDeleteMessage } from "./planner";
import { rejectOrphans, rejectUnknownTargets } from "./targets";

/**
 * Deletes what this run did not reach (a destroy reaches nothing) and what it replaced: in batches, users before what
 * they use; the first failing batch is the last.
 */
export async function deleteUnwanted(deployment: Deployment): Promise<void> {
  const undeclared = deployment.snapshot.unreached().filter((row) => deployment.isTargeted(row.urn));
  const toDelete = [...undeclared, ...deployment.snapshot.toDelete()];
  rejectUnknownTargets(deployment);
  rejectOrphans(deployment, undeclared);
  if (deployment.halted) return;
  const doomedWith = new Set(toDelete.map((row) => row.urn));
  for (const batch of deletionBatches(toDelete)) {
    if (deployment.stopped) return;
    const deleted = await Promise.all(batch.map((row) => deleteReported(deployment, row, doomedWith)));
    if (deleted.includes(false)) return;
  }
}

async function deleteReported(
  deployment: Deployment,
  row: ResourceState,
  going: ReadonlySet<string>,
): Promise<boolean> {
  try {
    const retained = row.retainOnDelete === true || (row.deletedWith !== undefined && going.has(row.deletedWith));
    await deleteOne(deployment, row, row.delete === true ? "delete-replaced" : "delete", undefined, retained);
    return true;
  } catch (error) {
    if (!(error instanceof StoppedError)) deployment.fail(messageOf(error), row.urn);
    return false;
  }
}

/**
 * Deletes one resource.
 * @param diff why, when a replacement does it.
 * @param retained the row goes, the cloud's object stays: retainOnDelete, or gone with another.
 */
export async function deleteOne(
  deployment: Deployment,
  row: ResourceState,
  op: "delete" | "delete-replaced",
  diff?: DiffResult,
  retained: boolean = row.retainOnDelete === true,
): Promise<void> {
  if (row.external === true || row.pendingReplacement === true) {
    deployment.record.note({ op: "discard", urn: row.urn, old: row });
    return drop(deployment, row);
  }
  await deployment.step({ op, urn: row.urn, old: row, diff }, async () => {
    const provider = row.custom && !isProviderType(row.type) ? deployment.providerOf(row) : undefined;
    if (row.protect === true && row.delete !== true) throw new UserError(protectedDeleteMessage(row.urn));
    if (!deployment.preview && !retained && provider !== undefined) await deleteInCloud(deployment, row, provider);
    const isFirst = op === "delete-replaced" && row.delete !== true;
    if (isFirst) deployment.snapshot.apply({ kind: "deleted-first", urn: row.urn });
    else drop(deployment, row);
  });
}

async function deleteInCloud(deployment: Deployment, row: ResourceState, provider: Provider): Promise<void> {
  deployment.begin({ type: "deleting", resource: row });
  try {
    await provider.delete(subjectOf(row.urn), lastKnown(row));
  } catch (error) {
    deployment.settle(row.urn);
    throw error;
  }
}

function drop({ snapshot }: Deployment, { urn, id, delete: doomed = false }: ResourceState): void {
  snapshot.apply({ kind: "drop", urn, id, doomed });
}
