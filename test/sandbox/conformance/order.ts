/** What every run keeps to, whatever happens side by side: who must wait for whom. */
import type { Json } from "./recording";

type Row = Readonly<Record<string, Json>>;

const DELETES = new Set(["delete", "delete-replaced", "discard"]);
const MAKES = new Set(["same", "create", "update", "create-replacement", "read"]);

interface Begun {
  readonly op: string;
  readonly urn: string;
}

function parse(line: string): Begun {
  const space = line.indexOf(" ");
  return { op: line.slice(0, space), urn: line.slice(space + 1) };
}

/** URNs that a row needs: parent, dependencies, provider, and what it is deleted with. */
function needsOf(row: Row): string[] {
  const provider = typeof row.provider === "string" ? [row.provider.slice(0, row.provider.lastIndexOf("::"))] : [];
  const properties = Object.values((row.propertyDependencies ?? {}) as Record<string, string[]>).flat();
  const texts = [row.parent, row.deletedWith].filter((urn): urn is string => typeof urn === "string");
  return [...new Set([...((row.dependencies ?? []) as string[]), ...properties, ...provider, ...texts])];
}

/**
 * Orders that a run broke.
 * @param ops `op urn`, as the steps began.
 * @param before rows that existed: they say in which order things are deleted.
 * @param after rows that exist now: they say in which order things were made.
 */
export function brokenOrders(ops: readonly string[], before: readonly Row[], after: readonly Row[]): string[] {
  const begun = ops.map(parse);
  const made = new Map<string, number>();
  const deleted = new Map<string, number>();
  begun.forEach(({ op, urn }, index) => {
    if (MAKES.has(op)) made.set(urn, index);
    if (DELETES.has(op)) deleted.set(urn, index);
  });
  const broken: string[] = [];
  for (const row of after) {
    for (const needed of needsOf(row)) {
      const [own, other] = [made.get(String(row.urn)), made.get(needed)];
      if (own !== undefined && other !== undefined && own < other)
        broken.push(`${String(row.urn)} was made before ${needed}`);
    }
  }
  for (const row of before) {
    for (const needed of needsOf(row)) {
      const [own, other] = [deleted.get(String(row.urn)), deleted.get(needed)];
      if (own !== undefined && other !== undefined && own > other)
        broken.push(`${String(row.urn)} was deleted after ${needed}`);
    }
  }
  return broken;
}

/** The operations of each resource, in order. */
export function perResource(ops: readonly string[]): Record<string, string> {
  const lists: Record<string, string> = {};
  for (const { op, urn } of ops.map(parse)) lists[urn] = lists[urn] === undefined ? op : `${lists[urn]} ${op}`;
  return lists;
}

/** Whether deletions of replaced resources end the run, or stand before a creation. */
export function lastCreation(ops: readonly string[]): { readonly deletesAfter: readonly string[] } {
  const last = ops.findLastIndex((line) => MAKES.has(parse(line).op));
  return {
    deletesAfter: ops
      .slice(last + 1)
      .filter((line) => DELETES.has(parse(line).op))
      .sort(),
  };
}
