/** Which changes rows about load balancers, distributions, hosted zones and web ACLs are about. */
import { isAbsent, isMap, isUnknown, listAt, listOf, valueAt } from "../../plans/values";
import type { Context, Predicates } from "../core/condition";
import { setChange } from "../core/lists";
import { sharesOf } from "./forwarding";
import { isNetworkLoadBalancer } from "./load-balancers";

const zones = (context: Context): { readonly lost: number; readonly won: number } | undefined => setChange(context);

/** Predicates about traffic. */
export const trafficPredicates: Predicates = {
  groupsAppearOnNetwork: ({ resource, before, after }) =>
    isNetworkLoadBalancer(resource.before) && isAbsent(before) !== isAbsent(after),
  groupsChangeInPlace: ({ resource, before, after }) =>
    !(isNetworkLoadBalancer(resource.before) && isAbsent(before) !== isAbsent(after)),
  networkLosesZone: (context) => isNetworkLoadBalancer(context.resource.before) && (zones(context)?.lost ?? 0) > 0,
  losesZone: (context) => !isNetworkLoadBalancer(context.resource.before) && (zones(context)?.lost ?? 0) > 0,
  winsZone: (context) => (zones(context)?.lost ?? 0) === 0,
  stickyWithTwo: ({ resource }) =>
    sharesOf(resource.after).filter(({ weight }) => weight > 0).length > 1 &&
    listAt(resource.after, "defaultActions").some(
      (action) => isMap(action) && valueAt(action, "forward.stickiness.enabled") === true,
    ),
  respondsItself: ({ resource, before }) =>
    String(before) === "forward" ||
    [...listAt(resource.after, "defaultActions")].some((action) => isMap(action) && action["type"] !== "forward"),
  tlsVerify: ({ after }) => after === "verify",
  otherProtocol: ({ before, after }) => before !== after,
  strictest: ({ after }) => after === "strictest",
  aliasGone: ({ before, after }) => {
    const next = listOf(after);
    return !isUnknown(after) && listOf(before).some((name) => !next.includes(name));
  },
  aliasOnlyAdded: ({ before, after }) =>
    !isUnknown(after) && listOf(before).every((name) => listOf(after).includes(name)),
  /** Pulumi writes an empty block, Terraform a list of one. */
  blocksByDefault: ({ resource }) => {
    const action = valueAt(resource.after, "defaultAction");
    return !isAbsent(valueAt(resource.after, "defaultAction.block")) || (isMap(action) && "block" in action);
  },
  vpcOnlyWon: (context) => (setChange(context)?.lost ?? 1) === 0,
  hasVpc: ({ resource }) => !isAbsent(valueAt(resource.after, "vpcs")),
  vpcLost: (context) => (setChange(context)?.lost ?? 1) > 0,
};
