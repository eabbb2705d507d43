/** Which changes rows about load balancers, distributions, hosted zones and web ACLs are about. */
import { isAbsent, isMap, isUnknown, listAt, listOf, valueAt } from "../../plans/values";
import type { Context, Predicates } from "../core/condition";
import { losesItem, setChange } from "../core/lists";
import { sharesOf } from "./forwarding";
import { isNetworkLoadBalancer } from "./load-balancers";

/** Whether a network load balancer gets its first security groups, or loses its last ones. */
const hasFirstOrLastGroups = ({ resource, before, after }: Context): boolean =>
  isNetworkLoadBalancer(resource.before) && isAbsent(before) !== isAbsent(after);

/** Whether an alias is removed from a list. */
function losesAlias({ before, after }: Context): boolean {
  const next = listOf(after);
  return listOf(before).some((name) => !next.includes(name));
}

/** Whether a VPC is removed from a hosted zone; assumed where the sets are not known. */
const losesVpc = (context: Context): boolean => (setChange(context)?.lost ?? 1) > 0;

/** Predicates about traffic. */
export const trafficPredicates: Predicates = {
  groupsAppearOnNetwork: hasFirstOrLastGroups,
  groupsChangeInPlace: (context) => !hasFirstOrLastGroups(context),
  networkLosesZone: (context) => isNetworkLoadBalancer(context.resource.before) && losesItem(context),
  losesZone: (context) => !isNetworkLoadBalancer(context.resource.before) && losesItem(context),
  winsZone: (context) => !losesItem(context),
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
  aliasGone: (context) => !isUnknown(context.after) && losesAlias(context),
  aliasOnlyAdded: (context) => !isUnknown(context.after) && !losesAlias(context),
  /** Pulumi writes an empty block, Terraform a list of one. */
  blocksByDefault: ({ resource }) => {
    const action = valueAt(resource.after, "defaultAction");
    return !isAbsent(valueAt(resource.after, "defaultAction.block")) || (isMap(action) && "block" in action);
  },
  vpcOnlyWon: (context) => !losesVpc(context),
  hasVpc: ({ resource }) => !isAbsent(valueAt(resource.after, "vpcs")),
  vpcLost: losesVpc,
};
