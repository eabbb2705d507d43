/** Reads every managed resource as it is in the cloud and compares it with the state. */
import { changedPaths, topLevel } from "./diff";
import type { Deployment } from "./deployment";
import { messageOf } from "./errors";
import type { ResourceState } from "./resource-state";
import { isProviderType, nameOf } from "./urn";
import { equal, keepSecrets, plainMap } from "./values";

/**
 * Refreshes the snapshot.
 * @returns how many resources drifted or are gone.
 */
export async function refresh(deployment: Deployment): Promise<number> {
  const rows = deployment.snapshot.live();
  const drifted = await Promise.all(rows.map((row) => refreshReported(deployment, row)));
  return drifted.filter(Boolean).length;
}

async function refreshReported(deployment: Deployment, row: ResourceState): Promise<boolean> {
  if (!deployment.isTargeted(row.urn)) return false;
  try {
    return await refreshOne(deployment, row);
  } catch (error) {
    deployment.fail(messageOf(error), row.urn);
    return false;
  }
}

/** Components and providers get a step too, without a question to anybody: as the real engine has it. */
async function refreshOne(deployment: Deployment, row: ResourceState): Promise<boolean> {
  if (!row.custom || isProviderType(row.type) || row.external === true || row.pendingReplacement === true) {
    deployment.note("refresh", { urn: row.urn, old: row, new: row });
    return false;
  }
  const provider = deployment.providerOf(row);
  const known = { inputs: plainMap(row.inputs ?? {}), outputs: plainMap(row.outputs ?? {}) };
  const subject = { urn: row.urn, type: row.type, name: nameOf(row.urn) };
  const found = await provider.read(subject, row.id ?? "", known);
  if (found === undefined) return gone(deployment, row);
  const inputs = keepSecrets(found.inputs, row.inputs ?? {});
  const outputs = keepSecrets(found.outputs, row.outputs ?? {});
  if (equal(outputs, row.outputs ?? {}) && equal(inputs, row.inputs ?? {})) {
    deployment.note("refresh", { urn: row.urn, old: row, new: row });
    deployment.plan.count("same");
    return false;
  }
  const detailed = changedPaths(row.outputs ?? {}, outputs);
  const diff = { changes: true, diffs: topLevel(Object.keys(detailed)), replaces: [], detailed, deleteBeforeReplace: false };
  const state = { ...row, inputs, outputs, modified: deployment.now(), initErrors: undefined };
  deployment.snapshot.apply({ kind: "put", resource: state });
  deployment.note("refresh", { urn: row.urn, old: row, new: state, diff });
  deployment.plan.count("update");
  return true;
}

function gone(deployment: Deployment, row: ResourceState): boolean {
  deployment.snapshot.apply({ kind: "drop", urn: row.urn, id: row.id, doomed: false });
  deployment.note("refresh", { urn: row.urn, old: row });
  deployment.plan.count("delete");
  return true;
}
