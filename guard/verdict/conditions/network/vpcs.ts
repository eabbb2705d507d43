/** VPCs, their subnets and their attachments to a transit gateway. */
import { textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, unknown } from "../core/condition";
import { setChange } from "../core/lists";
import { named, usersOf } from "../core/related";
import { containsBlock } from "./cidr";

/** A subnet that is created beside the old one: the blocks of two may not overlap. */
function otherBlock({ resource, row }: Context): Outcome {
  const [old, next] = [textAt(resource.before, "cidrBlock"), textAt(resource.after, "cidrBlock")];
  if (old !== undefined && next !== undefined && (containsBlock(old, next) || containsBlock(next, old)))
    return degrades(`the run fails half way: ${next} overlaps ${old}. ${row.when}`);
  return unknown(row.when);
}

/** DNS host names of a VPC, which private zones and interface endpoints need. */
function hostnamesOff(context: Context): Outcome {
  const needing = usersOf(context).filter(
    ({ type, after, operation }) =>
      operation !== "delete" &&
      (/route53\/(zone|zoneAssociation):/.test(type) || valueAt(after, "privateDnsEnabled") === true),
  );
  if (needing.length > 0) return downtime(`${named(needing)} needs it: ${context.row.when}`);
  return unknown(context.row.when);
}

/** A zone without a subnet of the attachment has no route to the transit gateway. */
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
