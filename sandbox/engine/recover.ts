/** After a crash: reads from the cloud what became of each operation that had begun, adopts what exists, drops the rest. */
import { lastKnown, type ResourceState } from "../state/resource-state";
import type { PendingOperation } from "../state/snapshot";
import { identityOf } from "../property/urn";
import { keepSecretsInOutputs } from "../property/values";
import type { Deployment } from "./deployment";
import type { Recovered } from "./recovered";

/**
 * Settles every pending operation. The real engine only warns and leaves this to `pulumi refresh`; the sandbox's
 * account records who made what, so nothing is lost and nothing is made twice.
 * @returns what became of each.
 */
export async function recover(deployment: Deployment): Promise<readonly Recovered[]> {
  const recovered: Recovered[] = [];
  for (const operation of deployment.snapshot.pending()) {
    recovered.push(await settle(deployment, operation));
    deployment.settle(operation.resource.urn);
  }
  return recovered;
}

async function settle(deployment: Deployment, { type, resource }: PendingOperation): Promise<Recovered> {
  const { urn, id, provider } = resource;
  if (type === "creating") return provider === undefined ? { urn, became: "absent" } : adopt(deployment, resource);
  if (type !== "deleting" || provider === undefined) return { urn, became: "compared" };
  const known = lastKnown(resource);
  const found = await deployment.providerOf(resource).read(identityOf(urn), known.id, known);
  if (found !== undefined) return { urn, became: "remains" };
  deployment.snapshot.apply({ kind: "drop", urn, id, pendingDelete: resource.delete === true });
  return { urn, became: "gone" };
}

async function adopt(deployment: Deployment, planned: ResourceState): Promise<Recovered> {
  const { snapshot } = deployment;
  const { urn, inputs = {} } = planned;
  const resources = [...snapshot.live(), ...snapshot.toDelete()];
  const known = new Set(resources.filter((resource) => resource.urn === urn).map(({ id }) => id));
  const candidates = (await deployment.providerOf(planned).adopt?.(identityOf(urn))) ?? [];
  const existing = candidates.find(({ id }) => !known.has(id));
  if (existing === undefined) return { urn, became: "absent" };
  if (snapshot.get(urn)?.pendingReplacement !== true) snapshot.apply({ kind: "pending-delete", urn });
  const now = new Date().toISOString();
  const outputs = keepSecretsInOutputs(existing.outputs, inputs);
  snapshot.apply({
    kind: "found",
    resource: { ...planned, id: existing.id, inputs, outputs, created: now, modified: now },
  });
  return { urn, became: "adopted", id: existing.id };
}
