/** Reads every managed resource as it is in the cloud and compares it with the state. */
import { messageOf } from "../core/errors";
import { lastKnown, sameState, type ResourceState } from "../state/resource-state";
import { NO_DIFF, type DiffKind, type DiffResult } from "../property/diff";
import { isProviderType, identityOf } from "../property/urn";
import { equal, keepSecrets, plainMap } from "../property/values";
import type { Deployment } from "./deployment";

/**
 * Refreshes the snapshot.
 * @returns how many resources drifted or were deleted.
 */
export async function refresh(deployment: Deployment): Promise<number> {
  const resources = deployment.snapshot.live();
  const drifted = await Promise.all(resources.map((resource) => refreshReported(deployment, resource)));
  for (const resource of deployment.snapshot.live()) dropReferences(deployment, resource);
  return drifted.filter(Boolean).length;
}

async function refreshReported(deployment: Deployment, resource: ResourceState): Promise<boolean> {
  if (!deployment.isTargeted(resource.urn)) return false;
  try {
    return await refreshOne(deployment, resource);
  } catch (error) {
    deployment.fail(messageOf(error), resource.urn);
    return false;
  }
}

/** Components and providers get a step too, without a provider call: as in the real engine. */
async function refreshOne(deployment: Deployment, resource: ResourceState): Promise<boolean> {
  if (
    !resource.custom ||
    isProviderType(resource.type) ||
    resource.external === true ||
    resource.pendingReplacement === true
  ) {
    return reported(deployment, resource, resource, NO_DIFF);
  }
  const provider = deployment.providerOf(resource);
  const identity = identityOf(resource.urn);
  const known = lastKnown(resource);
  const found = await provider.read(identity, known.id, known);
  if (found === undefined) {
    deployment.snapshot.apply({ kind: "drop", urn: resource.urn, id: resource.id, pendingDelete: false });
    return reported(deployment, resource, undefined, NO_DIFF);
  }
  // The diff is taken from what is to what was; inverted, it is the change by hand.
  const now = { id: known.id, inputs: plainMap(found.inputs), outputs: plainMap(found.outputs) };
  const back = await provider.diff(identity, now, known.inputs);
  const inputs = keepSecrets(found.inputs, resource.inputs ?? {});
  const outputs = keepSecrets(found.outputs, resource.outputs ?? {});
  if (equal(outputs, resource.outputs ?? {}) && equal(inputs, resource.inputs ?? {}))
    return reported(deployment, resource, resource, NO_DIFF);
  const state = { ...resource, inputs, outputs, modified: new Date().toISOString(), initErrors: undefined };
  deployment.snapshot.apply({ kind: "found", resource: state });
  return reported(deployment, resource, state, inverted(back));
}

/** Removes references to deleted resources; the real engine also drops the empty lists on this occasion. */
function dropReferences({ snapshot }: Deployment, resource: ResourceState): void {
  const exists = (urn: string): boolean => snapshot.get(urn) !== undefined;
  const lists = Object.entries(resource.propertyDependencies ?? {}).map(
    ([property, urns]) => [property, urns.filter(exists)] as const,
  );
  const propertyDependencies = Object.fromEntries(lists.filter(([, urns]) => urns.length > 0));
  const updated = { ...resource, dependencies: resource.dependencies?.filter(exists), propertyDependencies };
  if (!sameState(updated, resource)) snapshot.apply({ kind: "found", resource: updated });
}

/** A refresh on its own reports what it found; before a plan, the plan reports it. */
function reported(
  deployment: Deployment,
  old: ResourceState,
  now: ResourceState | undefined,
  diff: DiffResult,
): boolean {
  const found = now === undefined ? "delete" : now === old ? "same" : "update";
  if (found !== "same")
    deployment.record.drifted({
      urn: old.urn,
      type: old.type,
      was: old.inputs ?? {},
      ...(now && { is: now.inputs ?? {} }),
    });
  const isRefreshOfAll = deployment.options.operation === "refresh";
  const facts = isRefreshOfAll ? ({ new: now, diff, found } as const) : { new: old };
  deployment.record.note({ op: "refresh", urn: old.urn, old, ...facts });
  return found !== "same";
}

function inverted(diff: DiffResult): DiffResult {
  const turn = (kind: DiffKind): DiffKind =>
    kind.startsWith("add") ? "delete" : kind.startsWith("delete") ? "add" : "update";
  const detailed = Object.fromEntries(Object.entries(diff.detailed).map(([path, kind]) => [path, turn(kind)]));
  return { ...diff, detailed, replaces: [] };
}
