/** Where two rows differ: inputs, edges and options, each at its path. */
import { CLOSED_SECRET, type Difference, type DifferenceKind, type NotCompared } from "./difference";
import { MUST_DIFFER, type MustDiffer } from "./rules";
import { EDGES, type Row } from "./rows";
import { isClosed, type Items, type Members, type Node, openedText, SECRET_WORD } from "./tree";

/** Two rows that stand for one another. */
export type Pair = readonly [Row, Row];

/** Words in a path that say what sort of value stands there; the first that fits. */
const KINDS: readonly (readonly [DifferenceKind, RegExp])[] = [
  ["digest", /(?:digest|sha256)/i],
  ["version", /(?:^|\.)(?:\w*[vV]ersion|amiType|imageId|tag|targetRevision|revision)$/],
  [
    "capacity",
    /(?:^|\.)(?:scalingConfig\.\w+|instanceTypes?|minReplicas|maxReplicas|replicas|replicaCount|autoscaleM\w+|desired\w*|minSize|maxSize|cpu|memory|volumeSize|storage)$/,
  ],
];

function kindOf(path: string, values: readonly unknown[]): DifferenceKind {
  const plain = path.replaceAll(/\[\d+\]/g, "");
  if (values.some((value) => typeof value === "string" && /@sha256:[0-9a-f]{64}/.test(value))) return "digest";
  return KINDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? "input";
}

/** The differences of one pair of rows. */
class RowComparison {
  readonly differences: Difference[] = [];
  readonly notCompared: NotCompared[] = [];

  constructor(private readonly rows: Pair) {}

  private get about(): Pick<Difference, "type" | "name"> {
    const [{ type, name }] = this.rows;
    return { type, name };
  }

  private add(path: string, first: Node | undefined, second: Node | undefined, kind?: DifferenceKind): void {
    const isSecret = first?.is === "secret" || second?.is === "secret";
    const values = isSecret ? ([undefined, undefined] as const) : ([first?.raw, second?.raw] as const);
    const reason =
      first === undefined ? "only the second has it" : second === undefined ? "only the first has it" : undefined;
    this.differences.push({
      kind: kind ?? (isSecret ? "secret" : kindOf(path, values)),
      ...this.about,
      path,
      values,
      ...(reason === undefined ? {} : { reason }),
    });
  }

  /** Compares two values; undefined where one has none. */
  nodes(path: string, first: Node | undefined, second: Node | undefined, kind?: DifferenceKind): void {
    if (first?.is === "secret" || second?.is === "secret") return this.secrets(path, first, second);
    if (first === undefined || second === undefined) return this.add(path, first, second, kind);
    if (first.is === "map" && second.is === "map") return this.maps(path, first, second, kind);
    if (first.is === "list" && second.is === "list") return this.lists(path, first, second, kind);
    if (first.text !== second.text) this.add(path, first, second, kind);
  }

  private secrets(path: string, first: Node | undefined, second: Node | undefined): void {
    if (first?.is !== "secret" || second?.is !== "secret") return this.add(path, first, second);
    if (isClosed(first) || isClosed(second)) {
      this.notCompared.push({ ...this.about, path, why: CLOSED_SECRET });
      return;
    }
    const inner = new RowComparison(this.rows);
    inner.nodes(path, first.value, second.value);
    if (inner.differences.length > 0) this.add(path, first, second);
    this.notCompared.push(...inner.notCompared);
  }

  private maps(path: string, first: Members, second: Members, kind?: DifferenceKind): void {
    for (const key of new Set([...first.members.keys(), ...second.members.keys()])) {
      const name = /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
      this.nodes(name, first.members.get(key), second.members.get(key), kind);
    }
  }

  private lists(path: string, first: Items, second: Items, kind?: DifferenceKind): void {
    // Edges are no list: one more of them must not shift the others.
    const pairs =
      first.ordered && kind !== "edge" ? inOrder(first.items, second.items) : bySame(first.items, second.items);
    for (const [one, other, index] of pairs) this.nodes(`${path}[${index}]`, one, other, kind);
  }

  /** Values that both have and must not share. @param rules those for this resource. */
  mustDiffer(path: string, first: Node | undefined, second: Node | undefined, rules: readonly MustDiffer[]): void {
    if (first?.is === "map" && second?.is === "map") {
      for (const [key, node] of first.members)
        this.mustDiffer(path === "" ? key : `${path}.${key}`, node, second.members.get(key), rules);
    } else if (first?.is === "list" && second?.is === "list")
      first.items.forEach((item, index) => this.mustDiffer(`${path}[${index}]`, item, second.items[index], rules));
    else if (first !== undefined && first.raw === second?.raw) {
      const plain = path.replaceAll(/\[\d+\]/g, "[]");
      const rule = rules.find((row) => row.path.test(plain));
      if (rule === undefined) return;
      const values = [first.raw, second?.raw] as const;
      this.differences.push({
        kind: "must differ",
        ...this.about,
        path: `inputs.${path}`,
        values,
        reason: rule.reason,
      });
    }
  }
}

type Paired = readonly [Node | undefined, Node | undefined, index: number];

function inOrder(first: readonly Node[], second: readonly Node[]): readonly Paired[] {
  const length = Math.max(first.length, second.length);
  return Array.from({ length }, (_, index) => [first[index], second[index], index]);
}

/** Whether texts of the two being equal says nothing yet: a secret's text is one for all. */
const holdsSecret = ({ text }: Node): boolean => text.includes(SECRET_WORD);

/** What the items of both lists share is equal; the rest is paired in its order. The index is the first list's, where it has one. */
function bySame(first: readonly Node[], second: readonly Node[]): readonly Paired[] {
  const counts = new Map<string | undefined, number>();
  const keysOf = (items: readonly Node[]) => items.map((item) => (holdsSecret(item) ? openedText(item) : item.text));
  const [left, right] = [keysOf(first), keysOf(second)];
  // What is closed has no equal: it is paired with what is left.
  for (const key of right) if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  const gone: (readonly [Node, number])[] = [];
  first.forEach((item, index) => {
    const count = counts.get(left[index]) ?? 0;
    if (count > 0) counts.set(left[index], count - 1);
    else gone.push([item, index]);
  });
  const come = second.flatMap((item, index): (readonly [Node, number])[] => {
    if (right[index] === undefined) return [[item, index]];
    const count = counts.get(right[index]) ?? 0;
    if (count === 0) return [];
    counts.set(right[index], count - 1);
    return [[item, index]];
  });
  const length = Math.max(gone.length, come.length);
  return Array.from({ length }, (_, at) => [gone[at]?.[0], come[at]?.[0], gone[at]?.[1] ?? come[at]?.[1] ?? at]);
}

/** Compares inputs, edges and options of two rows. */
export function compareRows(rows: Pair): Pick<RowComparison, "differences" | "notCompared"> {
  const [first, second] = rows;
  const found = new RowComparison(rows);
  if (first.key !== second.key)
    found.differences.push({
      kind: "place",
      type: first.type,
      name: first.name,
      path: "parents",
      values: [first.key, second.key],
    });
  if (first.inputs.text !== second.inputs.text || holdsSecret(first.inputs))
    found.nodes("inputs", first.inputs, second.inputs);
  const rules = MUST_DIFFER.filter(
    ({ type, name }) => type.test(first.type) && (name === undefined || name.test(first.name)),
  );
  if (rules.length > 0) found.mustDiffer("", first.inputs, second.inputs, rules);
  for (const name of new Set([...first.options.keys(), ...second.options.keys()])) {
    const [one, other] = [first.options.get(name), second.options.get(name)];
    const isSecret = [one, other].some((node) => node !== undefined && holdsSecret(node));
    if (isSecret || one?.text !== other?.text)
      found.nodes(`options.${name}`, one, other, EDGES.has(name) ? "edge" : "option");
  }
  return found;
}
