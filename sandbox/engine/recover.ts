/** After a crash: asks the cloud what became of each operation that had begun, adopts what exists, drops the rest. */
import { lastKnown, type ResourceState } from "../state/resource-state";
import type { PendingOperation } from "../state/snapshot";
import { nameOf, identityOf } from "../property/urn";
import { keepSecretsInOutputs } from "../property/values";
import type { Deployment } from "./deployment";

/**
 * Settles every pending operation. The real engine only warns and leaves this to `pulumi refresh`; the sandbox's
 * account records who made what, so nothing is lost and nothing is made twice.
 */
export async function recover(deployment: Deployment): Promise<void> {
  for (const operation of deployment.snapshot.pending()) {
    const resource = operation.resource;
    const outcome = resource.provider === undefined ? "nothing to ask" : await settle(deployment, operation);
    const what = `an earlier run was interrupted while ${operation.type} ${nameOf(resource.urn)}`;
    deployment.record.report("warning", `${what}: ${outcome}`, resource.urn);
    deployment.settle(resource.urn);
  }
}

async function settle(deployment: Deployment, { type, resource }: PendingOperation): Promise<string> {
  if (type === "creating") return adopt(deployment, resource);
  const known = lastKnown(resource);
  const found = await deployment.providerOf(resource).read(identityOf(resource.urn), known.id, known);
  if (type !== "deleting") return "it is compared again";
  if (found !== undefined) return "it still exists, and is deleted again where it must go";
  const replaced = resource.delete === true;
  deployment.snapshot.apply({ kind: "drop", urn: resource.urn, id: resource.id, pendingDelete: replaced });
  return "it is gone";
}

async function adopt(deployment: Deployment, planned: ResourceState): Promise<string> {
  const { snapshot } = deployment;
  const { urn, inputs = {} } = planned;
  const resources = [...snapshot.live(), ...snapshot.toDelete()];
  const known = new Set(resources.filter((resource) => resource.urn === urn).map(({ id }) => id));
  const candidates = (await deployment.providerOf(planned).adopt?.(identityOf(urn))) ?? [];
  const existing = candidates.find(({ id }) => !known.has(id));
  if (existing === undefined) return "it was not made";
  if (snapshot.get(urn)?.pendingReplacement !== true) snapshot.apply({ kind: "pending-delete", urn });
  const now = new Date().toISOString();
  const outputs = keepSecretsInOutputs(existing.outputs, inputs);
  snapshot.apply({
    kind: "found",
    resource: { ...planned, id: existing.id, inputs, outputs, created: now, modified: now },
  });
  return `it exists as ${existing.id} and is kept`;
}
