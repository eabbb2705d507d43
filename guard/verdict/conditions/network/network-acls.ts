/** Network ACLs: numbered, stateless rules of a subnet. */
import { isMap, listAt, numberAt, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { blocksAt, itemChange, setChange } from "../core/lists";
import { deletedOwners, named, othersOf } from "../core/related";
import { aclPermission, coversPermission } from "./ip-permissions";
import { DEFAULT_ROUTES, destinationOf } from "./route-tables";

/** Whether a rule allows. */
function isAllow(rule: Values): boolean {
  return String(valueAt(rule, "ruleAction") ?? valueAt(rule, "action")).toLowerCase() !== "deny";
}

const letsThrough = (wide: Values, narrow: Values): boolean =>
  coversPermission(aclPermission(wide), aclPermission(narrow));

/** Inline rules of a network ACL. */
function aclRules({ resource, path, row }: Context): Outcome {
  const side = path?.segments[0] ?? "ingress";
  const [old, next] = [blocksAt(resource.before, side), blocksAt(resource.after, side)];
  if (old === undefined || next === undefined) return unknown(row.when);
  const { lost, won } = itemChange(old, next);
  const isKnown = won.every((rule) => (textAt(rule, "ruleAction") ?? textAt(rule, "action")) !== undefined);
  if (isKnown && lost.every((rule) => !isAllow(rule)) && won.every(isAllow)) return safe("it only allows more");
  const through = next.filter(isAllow);
  const closed = lost.filter((rule) => isAllow(rule) && !through.some((wide) => letsThrough(wide, rule)));
  if (closed.length > 0) return downtime(row.when);
  // With a deny rule in the list the rule numbers decide.
  return isKnown && next.every(isAllow) ? safe("traffic that was allowed still is") : unknown(row.when);
}

/** A network ACL that allows everything in both directions changes nothing for a subnet. */
function aclSubnets(context: Context): Outcome {
  const { resource, row } = context;
  // A subnet that is no longer in the list falls back to the network's default one.
  if (setChange(context)?.lost !== 0) return unknown(row.when);
  const isOpen = (side: string): boolean => {
    const rules = listAt(resource.after, side).filter(isMap);
    const isWide = (rule: Values, block: string): boolean =>
      ["-1", "all"].includes(String(valueAt(rule, "protocol"))) && destinationOf(rule) === block;
    return (
      rules.length > 0 &&
      rules.every(isAllow) &&
      DEFAULT_ROUTES.every((block) => rules.some((rule) => isWide(rule, block)))
    );
  };
  return isOpen("ingress") && isOpen("egress")
    ? safe("the list allows everything, in both directions, of IPv4 and of IPv6")
    : unknown(row.when);
}

/** A separate rule that is deleted, or replaced after its deletion. */
function aclRuleGoes(context: Context): Outcome {
  const { index, resource, row } = context;
  if (deletedOwners(context, "networkAclId").length > 0) return safe("its list is deleted too; see its own verdict");
  const own = resource.before ?? {};
  if (!isAllow(own)) return safe("it denies: without it more is allowed");
  const same = othersOf(
    context,
    ({ after }) =>
      after !== undefined &&
      isAllow(after) &&
      valueAt(after, "networkAclId") === valueAt(own, "networkAclId") &&
      valueAt(after, "egress") === valueAt(own, "egress") &&
      letsThrough(after, own),
  );
  const order = (values: Values | undefined): number => numberAt(values, "ruleNumber") ?? Number.POSITIVE_INFINITY;
  // A rule with a number in between may deny what the later one allows.
  const between = index
    .ofType(resource.type)
    .filter(({ after }) => after !== undefined && !isAllow(after) && order(after) > order(own));
  if (same.some(({ after }) => order(after) > order(own)) && between.length > 0) return unknown(row.when);
  return same.length > 0 ? safe(`${named(same)} allows the same`) : downtime(row.when);
}

/** Conditions about network ACLs. */
export const networkAcls: Conditions = {
  aclRules,
  aclSubnets,
  aclRuleGoes,
  denies: ({ index, resource, row }) => {
    if (index.isNew(resource, "networkAclId")) return safe("its list is new");
    return String(valueAt(resource.after, "ruleAction")).toLowerCase() === "allow"
      ? degrades(`it allows more, also from sources that a later rule denies: ${row.when}`)
      : unknown(row.when);
  },
};
