/** Applies the rows of the table to one change. */
import type { ChangedPath, Resource } from "../plans/change";
import { conditions, predicates } from "../conditions";
import { type Context, type Outcome, unknown } from "../conditions/core/condition";
import type { EffectRow } from "../effects/row";
import type { PathRow } from "../effects/table";
import { transitionRule } from "../effects/transitions";
import { type Finding, findingOf } from "./finding";
import type { PlanIndex } from "../plans/plan-index";
import { valueAt } from "../plans/values";

/** A change, with the plan that it is in. */
export interface PlannedChange {
  readonly index: PlanIndex;
  readonly resource: Resource;
  readonly servingPath: boolean;
}

/** A path in display form. */
export function pathText({ segments }: ChangedPath): string {
  return segments.join(".");
}

/** A row of unverified evidence is SAFE only off the serving path, else UNKNOWN. */
function limited(row: EffectRow, outcome: Outcome, servingPath: boolean): Outcome {
  if (outcome.verdict !== "SAFE" || row.evidence !== "knowledge" || !servingPath) return outcome;
  return unknown(`probably no effect, but not verified: ${outcome.reason}`);
}

function decided(row: EffectRow, context: Context): Outcome | undefined {
  if (row.effect !== "DEPENDS") return { verdict: row.effect, reason: row.when };
  const condition = row.condition === undefined ? undefined : conditions[row.condition];
  return condition === undefined ? unknown(`it depends: ${row.when}`) : condition(context);
}

/** The outcome of one row; undefined where it is not about this change. */
function outcomeOf(row: EffectRow, context: Context): Outcome | undefined {
  const applies = row.applies === undefined ? undefined : predicates[row.applies];
  if (applies !== undefined) return applies(context) ? decided(row, context) : undefined;
  const rule = transitionRule(row.change);
  const fits =
    rule === undefined || context.path === undefined ? true : rule({ before: context.before, after: context.after });
  if (fits === undefined)
    return unknown(`the plan does not show whether it is this change (${row.change}): ${row.when}`);
  return fits ? decided(row, context) : undefined;
}

function ownValues(
  { segments, isWithin }: PathRow,
  path: ChangedPath,
  resource: Resource,
): Pick<Context, "before" | "after"> {
  if (!isWithin && segments.length === path.segments.length) return { before: path.before, after: path.after };
  if (isWithin && path.kind !== "update") {
    const rest = segments.slice(path.segments.length);
    const inner = (value: unknown): unknown =>
      rest.reduce((outer: unknown, name) => valueAt({ part: outer }, ["part", name]), value);
    return { before: inner(path.before), after: inner(path.after) };
  }
  const own = isWithin ? segments : path.segments.slice(0, segments.length);
  return { before: valueAt(resource.before, own), after: valueAt(resource.after, own) };
}

/** The outcome of the rows for a changed path; undefined where none is about it. */
export function pathFindings(
  rows: readonly (readonly PathRow[])[],
  path: ChangedPath,
  planned: PlannedChange,
): readonly Finding[] | undefined {
  const { index, resource, servingPath } = planned;
  for (const group of rows) {
    const found = group.flatMap((pathRow) => {
      const context = { index, resource, row: pathRow.row, path, ...ownValues(pathRow, path, resource) };
      const outcome = outcomeOf(pathRow.row, context);
      if (outcome === undefined) return [];
      const { verdict, reason } = limited(pathRow.row, outcome, servingPath);
      return [findingOf(pathRow.row, verdict, reason, pathText(path))];
    });
    if (found.length > 0) return found;
  }
  return undefined;
}

/** The outcome of the rows for the resource as a whole; undefined where none is about it. */
export function operationFindings(rows: readonly EffectRow[], planned: PlannedChange): readonly Finding[] | undefined {
  const { index, resource, servingPath } = planned;
  const found = rows.flatMap((row) => {
    const outcome = outcomeOf(row, { index, resource, row, before: resource.before, after: resource.after });
    if (outcome === undefined) return [];
    const { verdict, reason } = limited(row, outcome, servingPath);
    return [findingOf(row, verdict, reason)];
  });
  return found.length === 0 ? undefined : found;
}
