/** Rules of AWS WAF's web ACLs. */
import { isMap, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { blocksAt, itemChange } from "../core/lists";

/** Whether a block has a part by that name: Pulumi writes an object, Terraform a list of one, and an empty list where there is none. */
const has = (values: Values | undefined, path: string, part: string): boolean =>
  [valueAt(values, path)].flat().some((block) => isMap(block) && [block[part] ?? []].flat().length > 0);

const counts = (rule: Values): boolean => has(rule, "action", "count") || has(rule, "overrideAction", "count");

const lets = (rule: Values): boolean => has(rule, "action", "allow");

/** Rules that look at requests: counting hurts nobody, and a list that refuses by itself needs those that let in. */
function webRules({ resource, row }: Context): Outcome {
  const [before, after] = [blocksAt(resource.before, "rules"), blocksAt(resource.after, "rules")];
  if (before === undefined || after === undefined) return unknown(row.when);
  const { lost, won } = itemChange(before, after);
  const refuses = has(resource.after, "defaultAction", "block");
  if (refuses && lost.some(lets)) return downtime("the list refuses by itself, and a rule that let in goes or changes");
  if (lost.some(lets)) return unknown(`a rule that let requests past the others goes or changes: ${row.when}`);
  if (won.every(counts))
    return safe(won.length === 0 ? "rules that refused go: nothing more is refused" : "what comes only counts");
  return degrades(row.when);
}

/** Conditions about web ACLs. */
export const webAcls: Conditions = {
  webRules,
};
