/** Lists and numbers that only grow, or that lose entries. */
import { isAbsent, isUnknown, listOf, numberOf, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { setChange } from "../core/lists";

/** A list of security groups, or of anything else that adds up: an addition is SAFE. */
function onlyAdds(context: Context): Outcome {
  const { path, resource } = context;
  const stood = context.before ?? valueAt(resource.before, path?.segments ?? []);
  const change = setChange({ before: stood, after: context.after });
  if (change === undefined) return unknown(`${context.row.when} (the new list is known only after the run)`);
  // Without a stated group it has the VPC's default one, which an explicit list replaces.
  if (stood === undefined || stood === null)
    return unknown(`${context.row.when} (the plan does not state the old ones)`);
  return change.lost === 0
    ? safe("the list only grows: clients that were allowed still are")
    : unknown(context.row.when);
}

/** A larger value is SAFE, a smaller one has the effect of the row. */
function onlyLess({ before, after, row }: Context): Outcome {
  if (isUnknown(after)) return unknown(row.when);
  // One that is no longer stated falls back to a default, which the plan does not show.
  return (isAbsent(after) && numberOf(before) !== undefined) || Number(after) < Number(before)
    ? degrades(row.when)
    : safe("it only grows");
}

/** Fewer is slower, none is an outage. */
function fewer({ before, after, row }: Context): Outcome {
  const [old, next] = [numberOf(before), numberOf(after)];
  if (next === undefined) return unknown(`${row.when} (the new number is known only after the run)`);
  if (next === 0 && old !== 0) return downtime(`none is left: ${row.when}`);
  return old !== undefined && next >= old ? safe("more of them, or as many") : degrades(row.when);
}

type Loss = (reason: string) => Outcome;

function lossIs(loss: Loss): (context: Context) => Outcome {
  return (context) => {
    const change = setChange(context);
    if (change === undefined) return unknown(`${context.row.when} (the new list is known only after the run)`);
    return change.lost === 0 ? safe("the list only grows: no entry is lost") : loss(context.row.when);
  };
}

const entriesLost = lossIs(downtime);

/** A list that means AWS's defaults while it is empty: the first entry replaces those. */
function defaultsLost(context: Context): Outcome {
  return listOf(context.before).length === 0
    ? unknown(`until now AWS's own list applied: ${context.row.when}`)
    : entriesLost(context);
}

/** Conditions about lists. */
export const lists: Conditions = {
  onlyAdds,
  onlyLess,
  fewer,
  entriesLost,
  partsLost: lossIs(degrades),
  defaultsLost,
};
