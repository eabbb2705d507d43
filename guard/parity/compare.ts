/** Where two graphs differ: rows that one lacks, and what differs in those that both have. */
import type { Difference, NotCompared } from "./difference";
import { sharedBlocks } from "./placeholders";
import { compareRows, type Pair } from "./row-comparison";
import type { Graph, Row } from "./rows";

/** All that a comparison found. */
export interface Comparison {
  readonly differences: readonly Difference[];
  readonly notCompared: readonly NotCompared[];
  /** Resources that both have. */
  readonly compared: number;
}

/** Rows that both have, by key; then those that are left by type and name, under other parents. */
function pairsOf(first: Graph, second: Graph): { pairs: Pair[]; left: Row[]; right: Row[] } {
  const pairs: Pair[] = [];
  const left: Row[] = [];
  for (const row of first.rows.values()) {
    const other = second.rows.get(row.key);
    if (other === undefined) left.push(row);
    else pairs.push([row, other]);
  }
  const right = [...second.rows.values()].filter(({ key }) => !first.rows.has(key));
  const moved = unique(right);
  const here = unique(left);
  const isMoved = (row: Row): boolean =>
    here.get(placeless(row)) !== undefined && moved.get(placeless(row)) !== undefined;
  for (const row of left.filter(isMoved)) {
    const other = moved.get(placeless(row));
    if (other !== undefined) pairs.push([row, other]);
  }
  return { pairs, left: left.filter((row) => !isMoved(row)), right: right.filter((row) => !isMoved(row)) };
}

const placeless = ({ type, name }: Row): string => `${type}::${name}`;

/** Rows whose type and name no other row of the list has. */
function unique(rows: readonly Row[]): ReadonlyMap<string, Row | undefined> {
  const found = new Map<string, Row | undefined>();
  for (const row of rows) found.set(placeless(row), found.has(placeless(row)) ? undefined : row);
  return found;
}

function missing({ type, name, urn }: Row, side: 0 | 1): Difference {
  const reason = side === 0 ? "only the first has it" : "only the second has it";
  return { kind: "missing", type, name, path: "", values: side === 0 ? [urn, undefined] : [undefined, urn], reason };
}

/** Compares two graphs; the order of what it finds is theirs by name, whatever the order of the states. */
export function compare(first: Graph, second: Graph): Comparison {
  const { pairs, left, right } = pairsOf(first, second);
  const rows = pairs.map(compareRows);
  const overlaps = sharedBlocks(first.own, second.own)
    .filter(([one, other]) => one !== other)
    .map(([one, other]): Difference => ({
      kind: "must differ",
      type: "aws:ec2/vpc:Vpc",
      name: "",
      path: "inputs.cidrBlock",
      values: [one, other],
      reason: "networks that share addresses can never be joined",
    }));
  const differences = [
    ...left.map((row) => missing(row, 0)),
    ...right.map((row) => missing(row, 1)),
    ...rows.flatMap((row) => row.differences),
    ...overlaps,
  ];
  const odd = [first, second].flatMap((graph) =>
    graph.odd.map(({ row: { type, name }, why }) => ({
      type,
      name,
      path: "",
      why: `${why} (${graph.own.environment})`,
    })),
  );
  const notCompared = [...rows.flatMap((row) => row.notCompared), ...odd];
  const order = (each: Pick<Difference, "type" | "name" | "path">): string =>
    `${each.type}\n${each.name}\n${each.path}`;
  const sorted = <T extends Pick<Difference, "type" | "name" | "path">>(all: readonly T[]): readonly T[] =>
    all.toSorted((one, other) => (order(one) < order(other) ? -1 : order(one) > order(other) ? 1 : 0));
  return { differences: sorted(differences), notCompared: sorted(notCompared), compared: pairs.length };
}
