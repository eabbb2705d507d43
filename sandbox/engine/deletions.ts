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
  for (const row of toDelete) byUrn.set(row.urn, [...(byUrn.get(row.urn) ?? []), row]);
  const depths = new Map<ResourceState, number>();
  const depthOf = (row: ResourceState): number => {
    const known = depths.get(row);
    if (known !== undefined) return known;
    depths.set(row, 0);
    const needed = prerequisitesOf(row).flatMap((urn) => (urn === row.urn ? [] : (byUrn.get(urn) ?? [])));
    const depth = needed.reduce((deepest, other) => Math.max(deepest, depthOf(other) + 1), 0);
    depths.set(row, depth);
    return depth;
  };
  const batches: ResourceState[][] = [];
  for (const row of toDelete) (batches[depthOf(row)] ??= []).push(row);
  return batches.filter((batch) => batch !== undefined).reverse();
}

/**
 * The resources that must be deleted before `root` can be: those whose own diff asks for a replacement once the
 * properties that come from a deleted one are unknown, and all that is deleted with one or served by one.
 * Users by dependsOn alone stay. Order: users before what they use.
 * @param wantsReplacement asks the provider, with the doubtful properties unknown.
 */
export async function deleteFirstCascade(
  root: ResourceState,
  live: readonly ResourceState[],
  wantsReplacement: (row: ResourceState, inputs: PropertyMap) => Promise<boolean>,
): Promise<ResourceState[]> {
  const going = new Set([root.urn]);
  const cascade: ResourceState[] = [];
  for (const row of live) {
    if (going.has(row.urn) || row.pendingReplacement === true) continue;
    const served = row.provider !== undefined && going.has(splitReference(row.provider).urn);
    const bound = row.deletedWith !== undefined && going.has(row.deletedWith);
    const doubtful = doubtfulProperties(row, going);
    const replaced =
      served || bound || (doubtful.length > 0 && (await wantsReplacement(row, withUnknown(row, doubtful))));
    if (!replaced) continue;
    going.add(row.urn);
    cascade.unshift(row);
  }
  return cascade;
}

function doubtfulProperties(row: ResourceState, going: ReadonlySet<string>): string[] {
  const entries = Object.entries(row.propertyDependencies ?? {});
  return entries.filter(([, urns]) => urns.some((urn) => going.has(urn))).map(([property]) => property);
}

function withUnknown({ inputs = {} }: ResourceState, properties: readonly string[]): PropertyMap {
  const changed = properties.filter((property) => property in inputs).map((property) => [property, UNKNOWN] as const);
  return { ...inputs, ...Object.fromEntries(changed) };
}
