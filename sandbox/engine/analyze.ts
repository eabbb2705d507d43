/** Validates a declared resource: the provider's Check, then the policies' Analyze. */
import { createHash } from "node:crypto";
import type { CheckFailure, Provider } from "../protocol/provider";
import type { Goal } from "../state/goal";
import { lastKnown, type ResourceState } from "../state/resource-state";
import { nameOf, splitReference, identityOf, typeOf } from "../property/urn";
import { keepSecrets, plainMap, type PropertyMap } from "../property/values";
import type { Deployment } from "./deployment";
import { applyIgnoreChanges } from "./planner";

/** A resource that was rejected; its reasons are in the diagnostics already. */
export class RejectedError extends Error {}

/** Check with the old inputs (none for a new object), then the policies: remediated inputs are not checked again. */
export async function checkAndAnalyze(
  deployment: Deployment,
  goal: Goal,
  urn: string,
  provider: Provider,
  old: ResourceState | undefined,
): Promise<PropertyMap> {
  const news = applyIgnoreChanges(goal, old);
  const olds = old === undefined ? {} : lastKnown(old).inputs;
  const seed = seedOf(urn, deployment.snapshot.nextGeneration(urn));
  const checked = await provider.check(identityOf(urn), olds, plainMap(news), seed);
  for (const warning of checked.warnings ?? []) deployment.record.warn(warning, urn);
  rejectFailures(deployment, urn, checked.inputs, checked.failures);
  return analyze(deployment, goal, urn, keepSecrets(checked.inputs, news));
}

/** Seed of generated names: the same for a preview and the update after it, another for each object of a URN. */
function seedOf(urn: string, generation: number): Uint8Array {
  return createHash("sha256")
    .update(generation === 0 ? urn : `${urn}#${generation}`)
    .digest();
}

/** Analyzes the inputs with the policies. @throws RejectedError when a mandatory one is violated in an update. */
export async function analyze(
  deployment: Deployment,
  goal: Goal,
  urn: string,
  inputs: PropertyMap,
): Promise<PropertyMap> {
  const { policies } = deployment.options;
  if (policies === undefined) return inputs;
  const provider = goal.provider === undefined ? undefined : deployment.snapshot.get(splitReference(goal.provider).urn);
  const verdict = await policies.analyze({ goal, urn, inputs, provider });
  for (const finding of verdict.findings) deployment.record.find(finding);
  if (verdict.blocked && !deployment.preview) {
    deployment.halted = true;
    throw new RejectedError(urn);
  }
  return verdict.inputs;
}

/** Reports the failures of Check, each in the real engine's words. @throws RejectedError when there is any. */
export function rejectFailures(
  deployment: Deployment,
  urn: string,
  inputs: PropertyMap,
  failures: readonly CheckFailure[],
): void {
  for (const { property, reason } of failures) {
    const value = inputs[property];
    const shown = typeof value === "object" ? JSON.stringify(value) : String(value);
    const where = property === "" ? "" : `: property ${property} value {${shown}}`;
    deployment.fail(`${typeOf(urn)} resource '${nameOf(urn)}'${where} has a problem: ${reason}`, urn);
  }
  if (failures.length > 0) throw new RejectedError(urn);
}
