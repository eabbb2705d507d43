/** The picture as data: which boxes and frames there are, and which arrows are left once the obvious ones are gone. */
import { groupBy, groupPairs } from "@fridayproof/components/core";
import { nameOf } from "../../property/urn";
import type { GraphResource } from "./source";

/** One box. */
export interface Node {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

/** A component: a frame around boxes and further frames. */
export interface Frame {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly frames: readonly Frame[];
}

/** `from` must exist before `to`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** The arrow leaves this whole component, of which `from` is a part. */
  readonly frame?: string;
}

/** Everything that is drawn. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly frames: readonly Frame[];
  readonly edges: readonly Edge[];
}

/** The root of every resource. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** Which nodes each node needs, directly. */
export type Needs = ReadonlyMap<string, ReadonlySet<string>>;

/** Everything that `start` needs through at least one other node. */
export function needsIndirectly(needs: Needs, start: string): Set<string> {
  const seen = new Set<string>();
  const queue = [...(needs.get(start) ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const further of needs.get(next) ?? []) {
      if (!seen.has(further)) queue.push(further);
      seen.add(further);
    }
  }
  return seen;
}

/** Drops every need that follows from the others: the transitive reduction of an acyclic graph. */
export function reduce(needs: Needs): Map<string, Set<string>> {
  const reduced = new Map<string, Set<string>>();
  for (const [node, direct] of needs) {
    const indirect = needsIndirectly(needs, node);
    reduced.set(node, new Set([...direct].filter((need) => !indirect.has(need))));
  }
  return reduced;
}

/** The parents of a resource, the nearest first. */
function ancestors(urn: string, byUrn: ReadonlyMap<string, GraphResource>): string[] {
  const parent = byUrn.get(urn)?.parent;
  return parent === undefined ? [] : [parent, ...ancestors(parent, byUrn)];
}

/** What lies under each resource, itself not included. */
function descendants(
  resources: readonly GraphResource[],
  byUrn: ReadonlyMap<string, GraphResource>,
): ReadonlyMap<string, readonly GraphResource[]> {
  return groupPairs(
    resources.flatMap((resource) => ancestors(resource.urn, byUrn).map((above) => [above, resource] as const)),
  );
}

/** What every box needs: a need for a component is a need for all it consists of. */
function collectNeeds(
  resources: readonly GraphResource[],
  below: ReadonlyMap<string, readonly GraphResource[]>,
): Needs {
  const boxes = new Map(resources.filter(({ custom }) => custom).map((resource) => [resource.urn, resource]));
  const expand = (urn: string): string[] =>
    boxes.has(urn) ? [urn] : (below.get(urn) ?? []).filter(({ custom }) => custom).map((child) => child.urn);
  const needs = new Map<string, Set<string>>();
  for (const { urn, dependencies, provider, parent } of boxes.values()) {
    const all = [...dependencies, ...(provider === undefined ? [] : [provider])].flatMap(expand);
    const customParent = parent !== undefined && boxes.has(parent) ? [parent] : [];
    needs.set(urn, new Set([...all, ...customParent].filter((need) => need !== urn)));
  }
  return needs;
}

/** Most arrows from the parts of one component to one box; more would be an unreadable bundle. */
const MOST_ARROWS = 3;

/** The whole picture's rows by URN, and what each box needs. */
interface GraphIndex {
  readonly byUrn: ReadonlyMap<string, GraphResource>;
  readonly below: ReadonlyMap<string, readonly GraphResource[]>;
  readonly needs: Needs;
}

/**
 * Arrows to one box: several that leave parts of a component which it needs as a whole, or of which it needs many, become
 * one from its frame.
 */
function edgesTo({ urn: to, dependencies }: GraphResource, needs: ReadonlySet<string>, graph: GraphIndex): Edge[] {
  const left = new Set(needs);
  const framed: Edge[] = [];
  const takeFrom = (frame: string, parts: readonly string[]): void => {
    const from = lastOf(parts, graph);
    if (from === undefined || graph.below.get(frame)?.some(({ urn }) => urn === to)) return;
    parts.forEach((part) => left.delete(part));
    framed.push({ from, to, frame });
  };
  for (const frame of dependencies) {
    const parts = (graph.below.get(frame) ?? []).map(({ urn }) => urn).filter((urn) => left.has(urn));
    if (parts.length > 1) takeFrom(frame, parts);
  }
  const byFrame = groupBy(left, (from) => frameBetween(from, to, graph));
  for (const [frame, parts] of byFrame) if (frame !== undefined && parts.length > MOST_ARROWS) takeFrom(frame, parts);
  return [...framed, ...[...left].map((from) => ({ from, to }))];
}

/** The part that is made last, which decides where the box can stand. */
function lastOf(parts: readonly string[], { needs }: GraphIndex): string | undefined {
  const rows = parts.map((urn) => {
    const before = new Set([...(needs.get(urn) ?? []), ...needsIndirectly(needs, urn)]);
    return { urn, count: before.size };
  });
  return rows.sort((left, right) => right.count - left.count || (left.urn < right.urn ? -1 : 1))[0]?.urn;
}

/** The outermost component around `from` that `to` is no part of. */
function frameBetween(from: string, to: string, { byUrn }: GraphIndex): string | undefined {
  const aroundTo = new Set(ancestors(to, byUrn));
  return ancestors(from, byUrn).findLast((urn) => !aroundTo.has(urn) && byUrn.get(urn)?.custom === false);
}

/** Providers that wait for nothing stand before everything and say nothing: they are not drawn. */
function withoutIdleProviders(resources: readonly GraphResource[]): GraphResource[] {
  return resources.filter(({ type, dependencies }) => !type.startsWith("pulumi:providers:") || dependencies.length > 0);
}

function toNode({ urn, type }: GraphResource): Node {
  return { urn, type, name: nameOf(urn) };
}

function frameOf(component: GraphResource, childrenOf: ReadonlyMap<string, readonly GraphResource[]>): Frame {
  const children = childrenOf.get(component.urn) ?? [];
  return {
    ...toNode(component),
    nodes: children.filter(({ custom }) => custom).map(toNode),
    frames: children.filter(({ custom }) => !custom).map((child) => frameOf(child, childrenOf)),
  };
}

const byOrigin = (left: Edge, right: Edge): number => (left.from < right.from ? -1 : 1);

/** Builds the picture: frames for components, boxes for the rest, arrows from what must exist first. */
export function buildGraph(all: readonly GraphResource[]): Graph {
  // A state lists resources as they were finished, which differs from run to run; the picture must not.
  const sorted = [...all].sort((left, right) => (left.urn < right.urn ? -1 : 1));
  const resources = withoutIdleProviders(sorted.filter(({ type }) => type !== STACK_TYPE));
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const home = ({ urn }: GraphResource): string =>
    ancestors(urn, byUrn).find((above) => byUrn.get(above)?.custom === false) ?? "";
  const childrenOf = groupBy(resources, home);
  const top = childrenOf.get("") ?? [];
  const below = descendants(resources, byUrn);
  const needs = collectNeeds(resources, below);
  const graph = { byUrn, below, needs };
  const edges = [...reduce(needs)].flatMap(([urn, direct]) => {
    const resource = byUrn.get(urn);
    return resource === undefined ? [] : edgesTo(resource, direct, graph).sort(byOrigin);
  });
  return {
    nodes: top.filter(({ custom }) => custom).map(toNode),
    frames: top.filter(({ custom }) => !custom).map((component) => frameOf(component, childrenOf)),
    edges,
  };
}
