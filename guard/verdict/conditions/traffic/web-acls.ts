/** Rules of AWS WAF's web ACLs. */
import { isMap, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { blocksAt, itemChange } from "../core/lists";

/** Whether a block has a part by that name: Pulumi writes an object, Terraform a list of one, and an empty list where there is none. */
const has = (values: Values | undefined, path: string, part: string): boolean =>
  [valueAt(values, path)].flat().some((block) => isMap(block) && [block[part] ?? []].flat().length > 0);

const counts = (rule: Values): boolean => has(rule, "action", "count") || has(rule, "overrideAction", "count");

const lets = (rule: Values): boolean => has(rule, "action", "allow");

/** Rules of a web ACL: counting has no effect on requests; with the default action Block the rules that allow are needed. */
function webRules({ resource, row }: Context): Outcome {
  const [before, after] = [blocksAt(resource.before, "rules"), blocksAt(resource.after, "rules")];
  if (before === undefined || after === undefined) return unknown(row.when);
  const { lost, won } = itemChange(before, after);
  const refuses = has(resource.after, "defaultAction", "block");
  if (refuses && lost.some(lets))
    return downtime("the default action is Block, and a rule that allowed requests is removed or changed");
  if (lost.some(lets))
    return unknown(`a rule that allowed requests before the others is removed or changed: ${row.when}`);
  if (won.every(counts))
    return safe(
      won.length === 0 ? "rules that blocked are removed: nothing more is blocked" : "the added rules only count",
    );
  return degrades(row.when);
}

/** Conditions about web ACLs. */
export const webAcls: Conditions = {
  webRules,
};
