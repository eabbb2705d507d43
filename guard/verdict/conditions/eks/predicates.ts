/** Which changes rows about clusters, nodes and add-ons are about. */
import { isAbsent, isMap, isUnknown, listAt, valueAt } from "../../plans/values";
import type { Context, Predicates } from "../core/condition";
import { isNodeEntry } from "./access-entries";
import { addonName } from "./addons";
import { minorsUp } from "./versions";

/** Added taints with their effects, in both spellings. */
function taintsWon({ resource }: Context): readonly string[] {
  const key = (taint: unknown): string =>
    isMap(taint)
      ? `${String(taint["key"])} ${String(taint["effect"]).toUpperCase().replaceAll("_", "")}`
      : String(taint);
  const old = listAt(resource.before, "taints").map(key);
  return listAt(resource.after, "taints")
    .map(key)
    .filter((taint) => !old.includes(taint));
}

function labelsLost({ before, after }: Pick<Context, "before" | "after">): boolean {
  return !isUnknown(after) && !isAbsent(before);
}

/** Predicates about clusters. */
export const eksPredicates: Predicates = {
  minorUp: (context) => minorsUp(context) === 1 || minorsUp(context) === 0,
  minorsUp: (context) => (minorsUp(context) ?? 0) > 1,
  minorDown: (context) => minorsUp(context) === -1,
  minorsDown: (context) => (minorsUp(context) ?? 0) < -1,
  minorUnknown: (context) => minorsUp(context) === undefined,
  encryptionRemoved: ({ before, after }) => !isAbsent(before) && isAbsent(after),
  encryptionAdded: ({ before, after }) => isAbsent(before) && !isAbsent(after),
  labelLost: labelsLost,
  labelAdded: ({ before }) => isAbsent(before),
  taintsExecute: (context) => taintsWon(context).some((taint) => taint.includes("NOEXECUTE")),
  taintsSchedule: (context) => taintsWon(context).some((taint) => !taint.includes("NOEXECUTE")),
  taintsOnlyGo: (context) => taintsWon(context).length === 0,
  isKubeProxy: ({ resource }) => addonName(resource) === "kube-proxy",
  isCoredns: ({ resource }) => addonName(resource) === "coredns",
  isVpcCni: ({ resource }) => addonName(resource) === "vpc-cni",
  isEbsDriver: ({ resource }) => addonName(resource) === "aws-ebs-csi-driver",
  isOtherAddon: ({ resource }) =>
    !["kube-proxy", "coredns", "vpc-cni", "aws-ebs-csi-driver"].includes(addonName(resource) ?? ""),
  isPreserved: ({ resource }) => valueAt(resource.before, "preserve") === true,
  isNotPreserved: ({ resource }) => valueAt(resource.before, "preserve") !== true,
  isNodeEntry: ({ resource }) => isNodeEntry(resource),
  isPersonEntry: ({ resource }) => !isNodeEntry(resource),
  minimalStrategy: ({ after }) => after === "MINIMAL",
  keepsByHand: ({ after }) => after !== "OVERWRITE",
};
