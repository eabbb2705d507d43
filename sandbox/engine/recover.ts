/** After a crash: asks the cloud what became of each operation that had begun, adopts what exists, drops the rest. */
import type { Deployment } from "./deployment";
import type { PendingOperation } from "../state/snapshot";
import type { ResourceState } from "../state/resource-state";
import { nameOf } from "../values/urn";
import { keepSecrets, plainMap } from "../values/values";

/**
 * Settles every pending operation. The real engine only warns and leaves this to `pulumi refresh`; the sandbox's
 * account records who made what, so nothing is lost and nothing is made twice.
 */
export async function recover(deployment: Deployment): Promise<void> {
  for (const operation of deployment.snapshot.pending()) {
    const row = operation.resource;
    const outcome = row.provider === undefined ? "nothing to ask" : await settle(deployment, operation);
    deployment.report(
      "warning",
      `an earlier run was interrupted while ${operation.type} ${nameOf(row.urn)}: ${outcome}`,
      row.urn,
    );
    deployment.settle(row.urn);
  }
}

async function settle(deployment: Deployment, { type, resource }: PendingOperation): Promise<string> {
  if (type === "creating") return adopt(deployment, resource);
  const provider = deployment.providerOf(resource);
  const known = { inputs: plainMap(resource.inputs ?? {}), outputs: plainMap(resource.outputs ?? {}) };
  const subject = { urn: resource.urn, type: resource.type, name: nameOf(resource.urn) };
  const found = await provider.read(subject, resource.id ?? "", known);
  if (type !== "deleting") return "it is compared again";
  if (found !== undefined) return "it still exists, and is deleted again where it must go";
  const replaced = resource.delete === true;
  deployment.snapshot.apply({ kind: "drop", urn: resource.urn, id: resource.id, doomed: replaced });
  return "it is gone";
}

async function adopt(deployment: Deployment, planned: ResourceState): Promise<string> {
  const { snapshot } = deployment;
  const provider = deployment.providerOf(planned);
  const subject = { urn: planned.urn, type: planned.type, name: nameOf(planned.urn) };
  const known = new Set(
    [...snapshot.live(), ...snapshot.toDelete()].filter((row) => row.urn === planned.urn).map((row) => row.id),
  );
  const made = ((await provider.adopt?.(subject)) ?? []).find((candidate) => !known.has(candidate.id));
  if (made === undefined) return "it was not made";
  const now = deployment.now();
  const inputs = planned.inputs ?? {};
  if (snapshot.get(planned.urn)?.pendingReplacement !== true) snapshot.apply({ kind: "doom", urn: planned.urn });
  const outputs = keepSecrets(made.outputs, inputs);
  snapshot.apply({
    kind: "found",
    resource: { ...planned, id: made.id, inputs, outputs, created: now, modified: now },
  });
  return `it exists as ${made.id} and is kept`;
}
