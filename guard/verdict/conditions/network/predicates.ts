/** Which changes rows about networks are about. */
import { isAbsent, valueAt } from "../../plans/values";
import type { Predicates } from "../core/condition";
import { losesItem } from "../core/lists";
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
  subnetLost: losesItem,
  subnetOnlyWon: (context) => !losesItem(context),
  roleTagLost: ({ path, before, after }) =>
    /^(kubernetes\.io\/role\/|karpenter\.sh\/discovery)/.test(path?.segments.at(-1) ?? "") &&
    !isAbsent(before) &&
    before !== after,
};
