/** In which order resources are deleted, and what a delete-first replacement takes with it: pure. */
import { prerequisitesOf, type ResourceState } from "../state/resource-state";
import { splitReference } from "../property/urn";
import { UNKNOWN, type PropertyMap } from "../property/values";

/**
 * Batches to delete one after the other, each in parallel inside: whatever needs a resource goes before it.
 * Depth counts from the roots (Pulumi pkg/resource/deploy/step_generator.go, ScheduleDeletes): a resource without
 * dependents still waits for its own depth's turn.
 */
export function deletionBatches(toDelete: readonly ResourceState[]): ResourceState[][] {
  const byUrn = new Map<string, ResourceState[]>();
  for (const resource of toDelete) byUrn.set(resource.urn, [...(byUrn.get(resource.urn) ?? []), resource]);
  const depths = new Map<ResourceState, number>();
  const depthOf = (resource: ResourceState): number => {
    const known = depths.get(resource);
    if (known !== undefined) return known;
    depths.set(resource, 0);
    const needed = prerequisitesOf(resource).flatMap((urn) => (urn === resource.urn ? [] : (byUrn.get(urn) ?? [])));
    const depth = needed.reduce((deepest, other) => Math.max(deepest, depthOf(other) + 1), 0);
    depths.set(resource, depth);
    return depth;
  };
  const batches: ResourceState[][] = [];
  for (const resource of toDelete) (batches[depthOf(resource)] ??= []).push(resource);
  return batches.filter((batch) => batch !== undefined).reverse();
}

/**
 * The resources that must be deleted before `root` can be: those whose own diff requires a replacement once the
 * properties that come from a deleted one are unknown, and all that is deleted with one or served by one.
 * Users by dependsOn alone stay. Order: users before what they use.
 * @param needsReplacement calls the provider's Diff, with the doubtful properties unknown.
 */
export async function deleteFirstCascade(
  root: ResourceState,
  live: readonly ResourceState[],
  needsReplacement: (resource: ResourceState, inputs: PropertyMap) => Promise<boolean>,
): Promise<ResourceState[]> {
  const deleting = new Set([root.urn]);
  const cascade: ResourceState[] = [];
  for (const resource of live) {
    if (deleting.has(resource.urn) || resource.pendingReplacement === true) continue;
    const served = resource.provider !== undefined && deleting.has(splitReference(resource.provider).urn);
    const bound = resource.deletedWith !== undefined && deleting.has(resource.deletedWith);
    const doubtful = doubtfulProperties(resource, deleting);
    const replaced =
      served || bound || (doubtful.length > 0 && (await needsReplacement(resource, withUnknown(resource, doubtful))));
    if (!replaced) continue;
    deleting.add(resource.urn);
    cascade.unshift(resource);
  }
  return cascade;
}

function doubtfulProperties(resource: ResourceState, deleting: ReadonlySet<string>): string[] {
  const entries = Object.entries(resource.propertyDependencies ?? {});
  return entries.filter(([, urns]) => urns.some((urn) => deleting.has(urn))).map(([property]) => property);
}

function withUnknown({ inputs = {} }: ResourceState, properties: readonly string[]): PropertyMap {
  const changed = properties.filter((property) => property in inputs).map((property) => [property, UNKNOWN] as const);
  return { ...inputs, ...Object.fromEntries(changed) };
}
