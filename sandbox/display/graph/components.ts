/** The picture of a stack's components as data: a box each, and which needs which. */
import { groupBy } from "@fridayproof/components/core";
import { nameOf } from "../../property/urn";
import { type Edge, type Needs, needsIndirectly, reduce, STACK_TYPE } from "./model";
import { familyOf } from "./palette";
import type { GraphResource } from "./source";

/** One component, or a resource that stands outside of all. */
export interface ComponentBox {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** How many resources it consists of. */
  readonly resources: number;
  /** A type of the family that most of them are of: it decides the colour. */
  readonly mostly: string;
}

/** Everything that is drawn. */
export interface ComponentGraph {
  readonly boxes: readonly ComponentBox[];
  readonly edges: readonly Edge[];
}

const isProvider = ({ type }: GraphResource): boolean => type.startsWith("pulumi:providers:");

/** The outermost component that a resource is a part of, or itself. */
function outermost(resource: GraphResource, byUrn: ReadonlyMap<string, GraphResource>): GraphResource {
  const above = byUrn.get(resource.parent ?? "");
  return above === undefined ? resource : outermost(above, byUrn);
}

/** The type whose family has the most resources; of equals the first in the order of the alphabet. */
function mostCommon(types: readonly string[]): string | undefined {
  const counted = new Map<string, { readonly type: string; count: number }>();
  for (const type of [...types].sort()) {
    const { label } = familyOf(type);
    const row = counted.get(label) ?? { type, count: 0 };
    row.count += 1;
    counted.set(label, row);
  }
  return [...counted.values()].sort((one, other) => other.count - one.count)[0]?.type;
}

/** Needs without providers: who uses one needs what it waits for, such as its cluster. */
function throughProviders(needs: Needs, providers: ReadonlySet<string>): Needs {
  const reached = (urn: string, seen: ReadonlySet<string>): readonly string[] => {
    if (!providers.has(urn)) return [urn];
    if (seen.has(urn)) return [];
    return [...(needs.get(urn) ?? [])].flatMap((next) => reached(next, new Set([...seen, urn])));
  };
  const kept = [...needs].filter(([urn]) => !providers.has(urn));
  return new Map(
    kept.map(([urn, direct]) => [
      urn,
      new Set([...direct].flatMap((need) => reached(need, new Set())).filter((need) => need !== urn)),
    ]),
  );
}

/** Drops what follows from the rest; two components of which each needs the other keep their arrows. */
function withoutDetours(needs: Needs): Needs {
  const reduced = reduce(needs);
  return new Map(
    [...needs].map(([urn, direct]) => [
      urn,
      needsIndirectly(needs, urn).has(urn) ? direct : (reduced.get(urn) ?? direct),
    ]),
  );
}

/** Builds the picture of the outermost components. */
export function componentGraph(all: readonly GraphResource[]): ComponentGraph {
  const resources = all
    .filter(({ type }) => type !== STACK_TYPE)
    .sort((left, right) => (left.urn < right.urn ? -1 : 1));
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const homes = new Map(resources.map((resource) => [resource.urn, outermost(resource, byUrn)]));
  const parts = groupBy(resources, ({ urn }) => homes.get(urn)?.urn ?? urn);
  const needs = new Map<string, Set<string>>();
  for (const resource of resources) {
    const home = homes.get(resource.urn) ?? resource;
    const prerequisites = [...resource.dependencies, ...(resource.provider === undefined ? [] : [resource.provider])];
    const others = prerequisites.flatMap((urn) => homes.get(urn)?.urn ?? []).filter((urn) => urn !== home.urn);
    needs.set(home.urn, new Set([...(needs.get(home.urn) ?? []), ...others]));
  }
  const tops = [...parts.keys()].flatMap((urn) => byUrn.get(urn) ?? []);
  const providers = new Set(tops.filter(isProvider).map(({ urn }) => urn));
  const boxes = tops
    .filter(({ urn }) => !providers.has(urn))
    .map(({ urn, type }): ComponentBox => {
      const resources = (parts.get(urn) ?? []).filter((part) => part.custom && !isProvider(part));
      const mostly = mostCommon(resources.map((part) => part.type)) ?? type;
      return { urn, type, name: nameOf(urn), resources: resources.length, mostly };
    });
  const edges = [...withoutDetours(throughProviders(needs, providers))].flatMap(([to, from]) =>
    [...from].sort().map((urn): Edge => ({ from: urn, to })),
  );
  return { boxes, edges };
}
