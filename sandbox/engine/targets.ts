/** --target and --replace: what they must name, and what they must not leave without what it needs. */
import type { Deployment } from "./deployment";
import { prerequisitesOf, type ResourceState } from "../state/resource-state";
import { isShortName, matchesTarget, targetHint } from "../property/urn";

/**
 * Fails the run for every target that matches nothing of program and state. The real engine lets a pattern match
 * nothing: then a typo is "no changes".
 */
export function rejectUnknownTargets(deployment: Deployment): void {
  const known = [...deployment.goals.keys(), ...deployment.snapshot.list().map(({ urn }) => urn)];
  for (const target of deployment.options.targets ?? []) rejectUnmatched(deployment, target, known);
}

/** Fails the run, before anything is done, for every --replace that matches nothing of the state: only that is replaced. */
export function rejectUnknownReplacements(deployment: Deployment): void {
  const known = deployment.snapshot.live().map(({ urn }) => urn);
  for (const pattern of deployment.options.replaces ?? []) rejectUnmatched(deployment, pattern, known);
}

/** The real engine's words (deployment_executor.go, checkTargets): it calls both a target. */
function rejectUnmatched(deployment: Deployment, pattern: string, known: readonly string[]): void {
  const matches = [...new Set(known.filter((urn) => matchesTarget(pattern, urn)))];
  if (matches.length === 0)
    deployment.misuse(`Target '${pattern}' could not be found in the stack.${targetHint(pattern, known)}`);
  // A pattern may mean many; a name that two resources share was meant for one of them.
  else if (matches.length > 1 && isShortName(pattern) && !pattern.includes("*"))
    deployment.misuse(
      `${pattern} is the name of ${matches.length} resources; give the URN of one:\n${matches.sort().join("\n")}`,
    );
}

/** Fails the run for every live resource outside the targets that needs one of those to be deleted, however indirectly. */
export function rejectOrphans(deployment: Deployment, toDelete: readonly ResourceState[]): void {
  const deleting = new Set(toDelete.map((resource) => resource.urn));
  for (const resource of deployment.snapshot.live()) {
    if (deployment.isTargeted(resource.urn) || !prerequisitesOf(resource).some((urn) => deleting.has(urn))) continue;
    deleting.add(resource.urn);
    deployment.stepFailed = true;
    deployment.fail(
      `Resource '${resource.urn}' will be destroyed but was not specified in --target list.\n` +
        "Either include resource in --target list or pass --target-dependents to proceed.",
      resource.urn,
    );
  }
}
