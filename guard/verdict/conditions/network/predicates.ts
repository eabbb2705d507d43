/** Which changes rows about networks are about. */
import { isAbsent, valueAt } from "../../plans/values";
import type { Predicates } from "../core/condition";
import { setChange } from "../core/lists";
import { RULES } from "./security-groups";

/** Predicates about networks. */
export const networkPredicates: Predicates = {
  inlineBesideRules: ({ index, resource }) => {
    const rules = index
      .usersOf(resource.address)
      .filter(({ type, operation }) => RULES.test(type) && operation !== "delete");
    return (
      rules.length > 0 && isAbsent(valueAt(resource.before, "ingress")) && !isAbsent(valueAt(resource.after, "ingress"))
    );
  },
  subnetLost: (context) => (setChange(context)?.lost ?? 0) > 0,
  subnetOnlyWon: (context) => (setChange(context)?.lost ?? 0) === 0,
  roleTagLost: ({ path, before, after }) =>
    /^(kubernetes\.io\/role\/|karpenter\.sh\/discovery)/.test(path?.segments.at(-1) ?? "") &&
    !isAbsent(before) &&
    before !== after,
};
