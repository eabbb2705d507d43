/** --target: what it must name, and what it must not leave without what it needs. */
import type { Deployment } from "./deployment";
import { prerequisitesOf, type ResourceState } from "../state/resource-state";

/** Fails the run for every target that neither the program nor the state knows; a pattern may match nothing. */
export function refuseUnknownTargets(deployment: Deployment): void {
  for (const target of deployment.options.targets ?? []) {
    if (target.includes("*") || deployment.goals.has(target) || deployment.snapshot.get(target) !== undefined) continue;
    deployment.fail(`Target '${target}' could not be found in the stack. Did you forget to escape $ in your shell?`);
  }
}

/** Fails the run for every live resource outside the targets that needs one of those to be deleted, however indirectly. */
export function refuseOrphans(deployment: Deployment, condemned: readonly ResourceState[]): void {
  const going = new Set(condemned.map((row) => row.urn));
  for (const row of deployment.snapshot.live()) {
    if (deployment.isTargeted(row.urn) || !prerequisitesOf(row).some((urn) => going.has(urn))) continue;
    going.add(row.urn);
    deployment.stepFailed = true;
    deployment.fail(
      `Resource '${row.urn}' will be destroyed but was not specified in --target list.\n` +
        "Either include resource in --target list or pass --target-dependents to proceed.",
      row.urn,
    );
  }
}
