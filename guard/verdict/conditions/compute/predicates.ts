/** Which changes rows about Auto Scaling groups are about. */
import { isUnknown, numberAt, numberOf } from "../../plans/values";
import type { Context, Predicates } from "../core/condition";
import { losesItem } from "../core/lists";

/** Whether the maximum stays at or above the current capacity. */
function isRoomEnough({ resource, before, after }: Pick<Context, "resource" | "before" | "after">): boolean {
  const runs = numberAt(resource.before, "desiredCapacity") ?? numberOf(before) ?? Number.POSITIVE_INFINITY;
  return (numberOf(after) ?? 0) >= runs;
}

/** Predicates about Auto Scaling groups. */
export const computePredicates: Predicates = {
  belowDesired: (context) => !isRoomEnough(context),
  notBelowDesired: isRoomEnough,
  zoneLost: losesItem,
  zoneOnlyWon: (context) => !losesItem(context) && !isUnknown(context.after),
  balancerChecks: ({ before, after }) => after === "ELB" && before !== "ELB",
  machineChecks: ({ before, after }) => before === "ELB" && after !== "ELB",
};
