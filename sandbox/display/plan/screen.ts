/** The whole screen of a plan: outcome, drift, tree, what is unchanged. */
import { counted } from "@fridayproof/components/core";
import type { RunResult } from "../../events/events";
import type { Colors } from "../text/terminal";
import { driftLines, undone } from "./drift";
import { wrap } from "./layout";
import { isChange, planModel, type PlanModel } from "./model";
import { treeLines } from "./tree";
import { valuesOf, type ValuesOf } from "./values";
import { planFormat } from "./format";

/** What a plan's screen is made for. */
export interface PlanScreenOptions {
  readonly stack: string;
  readonly columns: number;
  readonly colors: Colors;
  /** Every resource and every value, as with `--full`. */
  readonly full?: boolean;
  /** The same with the values of what is new, and where each resource is declared. */
  readonly diff?: boolean;
  /** Words instead of signs and columns. */
  readonly plain?: boolean;
  /** What stands before the counts, such as `REFUSED by 1 rule`. */
  readonly outcome?: string;
}

/** Lines of a plan without `--full`: with findings and costs they make a screen of 40. */
const BUDGET = 30;

/** The lines of a plan, secrets hidden in all of them. */
export function planScreen(result: RunResult, options: PlanScreenOptions): string[] {
  const { stack, columns, colors, diff = false, full = diff, plain = false } = options;
  const model = planModel(result);
  const format = planFormat(result, full);
  const values = valuesOf(format, diff);
  const tree = treeLines(model, {
    columns,
    colors,
    valuesOf: values,
    full,
    plain,
    declarations: diff,
    undoes: undone(result, format),
    budget: BUDGET,
  });
  const blocks = [
    // Painted afterwards: a colour has no width.
    wrap(headline(model, values, options), 2, columns).map((line, index) =>
      index === 0 ? line.replace(stack, colors.bold(stack)) : line,
    ),
    driftLines(result, { ...options, format }),
    tree,
    unchangedLines(model, full, columns),
  ].filter((lines) => lines.length > 0);
  return blocks
    .flatMap((lines, index) => (index === 0 || isTail(index, blocks) ? lines : ["", ...lines]))
    .map(format.mask);
}

/** What is unchanged stands directly below the tree. */
const isTail = (index: number, blocks: readonly (readonly string[])[]): boolean =>
  index === blocks.length - 1 && /^\d+ components? unchanged/.test(blocks[index]?.[0] ?? "");

function headline(model: PlanModel, values: ValuesOf, { stack, outcome }: PlanScreenOptions): string {
  const hasChanges = model.components.length + model.drifts.length > 0;
  // A plan that failed before it found a change has not found that there are none.
  const counts = outcome !== undefined && !hasChanges ? [] : [countTexts(model, values).join(", ")];
  return `${stack} on the sandbox: ${[...(outcome === undefined ? [] : [outcome]), ...counts].join(". ")}`;
}

function countTexts(model: PlanModel, valuesOf: ValuesOf): string[] {
  const { counts, drifts, components } = model;
  const updates = components.flatMap(({ changes }) => changes).filter(({ op }) => op === "update");
  const isAtMost = updates.some((change) => {
    const values = valuesOf(change);
    return (
      values.length > 0 && values.every(({ now, depth }) => depth === 0 && now?.startsWith("known after") === true)
    );
  });
  const part = (count: number, text: string): string[] => (count === 0 ? [] : [`${count} ${text}`]);
  const changed = [
    ...part(drifts.length, "changed by others"),
    ...part(counts.replace, "to replace"),
    ...part(counts.delete, "to delete"),
    ...part(counts.update, "to update").map((text) => (isAtMost ? `at most ${text}` : text)),
    ...part(counts.create, "to create"),
  ];
  const protection = components
    .flatMap(({ changes }) => changes)
    .filter((change) => change.op === "same" && isChange(change));
  const all = [...changed, ...part(protection.length, "with another protection")];
  return [...(all.length === 0 ? ["no changes"] : all), ...part(counts.same - protection.length, "unchanged")];
}

function unchangedLines({ unchanged, components }: PlanModel, full: boolean, columns: number): string[] {
  const count = unchanged.length;
  if (count === 0 || components.length === 0) return [];
  const text = `${counted(count, "component")} unchanged`;
  return full ? wrap(`${text}: ${unchanged.join(", ")}`, 2, columns) : [`${text} (--full lists them)`];
}
