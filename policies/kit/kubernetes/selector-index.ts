/** Index of label selectors: finds the objects that select given labels without a test of every selector on every pod. */
import type { Field } from "../reading/field";
import { type Labels, selects } from "./kubernetes";
import type { Resource } from "../reading/resource";

/** An object that picks pods of its namespace. */
export interface Picker {
  readonly resource: Resource;
  readonly namespace: string;
  /** A label selector. */
  readonly selector: Field;
}

/** A picker with its rank, so that results keep the order of the stack. */
interface Ranked extends Picker {
  readonly rank: number;
}

/** Pickers by one label that each requires, the rarest of its own; those that require none are tested on every pod. */
export class SelectorIndex {
  private readonly byLabel = new Map<string, Ranked[]>();
  private readonly byNamespace = new Map<string, Ranked[]>();

  constructor(pickers: readonly Picker[]) {
    const ranked = pickers.map((picker, rank) => ({ ...picker, rank, demands: demandedBy(picker) }));
    const counts = new Map<string, number>();
    const count = (demand: string): number => counts.get(demand) ?? 0;
    for (const demand of ranked.flatMap(({ demands }) => demands)) counts.set(demand, count(demand) + 1);
    for (const { demands, ...picker } of ranked) {
      const [rarest] = demands.toSorted((left, right) => count(left) - count(right));
      const [map, key] = rarest === undefined ? [this.byNamespace, picker.namespace] : [this.byLabel, rarest];
      const same = map.get(key);
      if (same === undefined) map.set(key, [picker]);
      else same.push(picker);
    }
  }

  /** The objects of the namespace whose selector picks the labels, in their own order. */
  picking(namespace: string, labels: Labels): readonly Resource[] {
    const candidates = [...labels].flatMap(([key, value]) => this.byLabel.get(keyOf(namespace, key, value)) ?? []);
    return [...candidates, ...(this.byNamespace.get(namespace) ?? [])]
      .filter(({ selector }) => selects(selector, labels))
      .sort((left, right) => left.rank - right.rank)
      .map(({ resource }) => resource);
  }
}

function keyOf(namespace: string, key: string, value: string): string {
  return JSON.stringify([namespace, key, value]);
}

/** Labels that the selector requires with one value. */
function demandedBy({ namespace, selector }: Picker): readonly string[] {
  return selector
    .at("matchLabels")
    .members()
    .map(([key, value]) => keyOf(namespace, key, value.textOrEmpty()));
}
