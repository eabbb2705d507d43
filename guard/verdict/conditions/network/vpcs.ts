/** VPCs, their subnets and their attachments to a transit gateway. */
import { textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, unknown } from "../core/condition";
import { setChange } from "../core/lists";
import { named, usersOf } from "../core/related";
import { containsBlock } from "./cidr";

/** A subnet made beside the old one: two may not share addresses. */
function otherBlock({ resource, row }: Context): Outcome {
  const [old, next] = [textAt(resource.before, "cidrBlock"), textAt(resource.after, "cidrBlock")];
  if (old !== undefined && next !== undefined && (containsBlock(old, next) || containsBlock(next, old)))
    return degrades(`the run fails half way: ${next} overlaps ${old}. ${row.when}`);
  return unknown(row.when);
}

/** Private names of a network, which zones and interface endpoints need. */
function hostnamesOff(context: Context): Outcome {
  const needing = usersOf(context).filter(
    ({ type, after, operation }) =>
      operation !== "delete" &&
      (/route53\/(zone|zoneAssociation):/.test(type) || valueAt(after, "privateDnsEnabled") === true),
  );
  if (needing.length > 0) return downtime(`${named(needing)} needs it: ${context.row.when}`);
  return unknown(context.row.when);
}

/** A zone without a subnet of the attachment has no way to the other networks. */
function attachedZones(context: Context): Outcome {
  const change = setChange(context);
  if (change === undefined) return unknown(`${context.row.when} (the new list is known only after the run)`);
  return change.lost > 0 ? downtime(context.row.when) : degrades(context.row.when);
}

/** Conditions about VPCs. */
export const vpcs: Conditions = {
  otherBlock,
  hostnamesOff,
  attachedZones,
};
