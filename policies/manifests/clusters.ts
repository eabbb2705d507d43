/** Sorts objects by cluster: those that can exist in one cluster together, because no two of them are the same. */
import { identityOf } from "../kit/kubernetes/kubernetes";
import { valueOr } from "../kit/reading/field";
import type { Resource } from "../kit/reading/resource";

/** The objects of one source. */
export interface Batch {
  readonly resources: readonly Resource[];
  readonly problems: readonly string[];
}

/**
 * The plain files belong to every cluster, a rendered folder to the first one in which none of its objects exists
 * already: the overlays of three environments are three clusters, three charts of one application are one.
 */
export function clustersOf([plain, ...rendered]: readonly Batch[]): readonly (readonly Resource[])[] {
  const base = plain?.resources ?? [];
  const clusters: { readonly names: Set<string>; readonly resources: Resource[] }[] = [];
  for (const { resources } of rendered) {
    const names = resources.map(nameOf);
    const free = clusters.find((cluster) => !names.some((name) => cluster.names.has(name)));
    const cluster = free ?? { names: new Set(base.map(nameOf)), resources: [...base] };
    if (free === undefined) clusters.push(cluster);
    names.forEach((name) => cluster.names.add(name));
    cluster.resources.push(...resources);
  }
  return clusters.length === 0 ? [base] : clusters.map(({ resources }) => resources);
}

/** Identity of the object; one that cannot be read equals no other. */
function nameOf(resource: Resource): string {
  return valueOr(
    () => JSON.stringify({ ...identityOf(resource), type: resource.type }),
    resource.urn + resource.props.path,
  );
}
