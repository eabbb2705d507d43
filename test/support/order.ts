/** What a declared graph says about order: which resource has to exist before which. */
import { splitReference } from "../../sandbox/property/urn";
import type { Graph, GraphResource } from "./graph";

/** What the engine waits for before a resource is made, and deletes only after it: its dependencies and its provider. */
function needsOf({ dependencies, provider }: GraphResource): readonly string[] {
  return provider === undefined ? dependencies : [...dependencies, splitReference(provider).urn];
}

/** Logical names of everything that must exist before `name`, directly or through others, parents left out. */
export function createdBefore(graph: Graph, name: string): ReadonlySet<string> {
  return reachedFrom(graph, graph.byName(name), ({ dependencies }) => dependencies);
}

/** The same with everything that the provider of any of them needs: what the engine really orders. */
export function orderedBefore(graph: Graph, resource: GraphResource): ReadonlySet<string> {
  return reachedFrom(graph, resource, needsOf);
}

function reachedFrom(
  graph: Graph,
  from: GraphResource,
  needs: (resource: GraphResource) => readonly string[],
): ReadonlySet<string> {
  const byUrn = new Map(graph.resources.map((resource) => [resource.urn as string, resource]));
  const found = new Set<string>();
  const waiting = [...needs(from)];
  for (let urn = waiting.pop(); urn !== undefined; urn = waiting.pop()) {
    const resource = byUrn.get(urn);
    if (resource === undefined || found.has(resource.name)) continue;
    found.add(resource.name);
    waiting.push(...needs(resource));
  }
  return found;
}
