/** What a declared graph says about order: which resource has to exist before which. */
import type { Graph } from "./graph";

/** Logical names of everything that must exist before `name`, directly or through others, parents left out. */
export function mustPrecede(graph: Graph, name: string): ReadonlySet<string> {
  const byUrn = new Map(graph.resources.map((resource) => [resource.urn as string, resource]));
  const found = new Set<string>();
  const waiting = [...graph.byName(name).dependencies];
  for (let urn = waiting.pop(); urn !== undefined; urn = waiting.pop()) {
    const resource = byUrn.get(urn);
    if (resource === undefined || found.has(resource.name)) continue;
    found.add(resource.name);
    waiting.push(...resource.dependencies);
  }
  return found;
}
