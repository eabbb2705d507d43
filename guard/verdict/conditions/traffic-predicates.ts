/** Which changes rows about load balancers mean. */
import { isAbsent, isMap, listAt, valueAt } from "../plans/values";
import { isNetwork } from "./balancers";
import { setChange } from "./common";
import type { Context, Predicates } from "./condition";
import { sharesOf } from "./traffic";

const zones = (context: Context): { readonly lost: number; readonly won: number } | undefined => setChange(context);

/** Which changes rows about load balancers mean. */
export const trafficPredicates: Predicates = {
  groupsAppearOnNetwork: ({ resource, before, after }) =>
    isNetwork(resource.before) && isAbsent(before) !== isAbsent(after),
  groupsChangeInPlace: ({ resource, before, after }) =>
    !(isNetwork(resource.before) && isAbsent(before) !== isAbsent(after)),
  networkLosesZone: (context) => isNetwork(context.resource.before) && (zones(context)?.lost ?? 0) > 0,
  losesZone: (context) => !isNetwork(context.resource.before) && (zones(context)?.lost ?? 0) > 0,
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
};
