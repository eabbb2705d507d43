/** Security groups and their rules. */
import type { Resource } from "../../plans/change";
import { isMap, isUnknown, listAt, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named } from "../core/related";
import { lostPermissions, type IpPermission, ipPermissionsOf } from "./ip-permissions";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** Types of rules that are resources of their own. */
export const RULES = /^aws:(ec2\/securityGroupRule|vpc\/securityGroup(Ingress|Egress)Rule):/;

/** Ports of administrators, which serve no traffic of users. */
const ADMIN_PORTS = new Set([22, 3389]);

function closingOutcome(permissions: readonly IpPermission[], row: Context["row"]): Outcome {
  const serving = permissions.filter(({ from, to }) => !(from === to && ADMIN_PORTS.has(from)));
  if (serving.length === 0) return degrades(`${row.when} (only administrators use these ports)`);
  return downtime(row.when);
}

/** Permissions of the separate rules of a group that exist after the run. */
function separateRules(users: readonly Resource[], side: string, without?: string): readonly IpPermission[] {
  return users
    .filter(({ type, operation, address }) => RULES.test(type) && operation !== "delete" && address !== without)
    .filter(({ type, after }) =>
      type.includes("securityGroupRule:") ? textAt(after, "type") === side : type.toLowerCase().includes(side),
    )
    .flatMap(({ after }) => ipPermissionsOf(after ?? {}));
}

const isKept = ({ operation }: Resource): boolean => operation !== "create";

/** Separate rules depend on their group, so they are created after its inline rules are removed. */
const CREATED_LATER = "a separate rule that allows the same is created in this run, and nothing creates it first";

/** Inline rules of a group: traffic that is no longer allowed. */
function rulesRemoved({ index, resource, path, row }: Context): Outcome {
  const side = /egress/i.test(path?.segments[0] ?? row.property) ? "egress" : "ingress";
  const rules = (values: Values | undefined): readonly IpPermission[] =>
    listAt(values, side).filter(isMap).flatMap(ipPermissionsOf);
  if (isUnknown(valueAt(resource.after, side)))
    return unknown(`${row.when} (the new rules are known only after the run)`);
  const users = index.usersOf(resource.address);
  const left = (beside: readonly Resource[]): readonly IpPermission[] =>
    lostPermissions(rules(resource.before), [...rules(resource.after), ...separateRules(beside, side)]);
  const lost = left(users.filter(isKept));
  if (lost.length === 0) return safe("traffic that was allowed still is");
  const later = left(users).length === 0 ? `${CREATED_LATER}: ` : "";
  return closingOutcome(lost, { ...row, when: `${later}${row.when}` });
}

const sideOf = ({ type, before, after }: Resource): string =>
  type.includes("securityGroupRule:")
    ? (textAt(before ?? after, "type") ?? "ingress")
    : type.includes("Egress")
      ? "egress"
      : "ingress";

/** A deleted separate rule. */
function ruleRemoved(context: Context): Outcome {
  const { index, resource, row } = context;
  const groups = index.usedBy(resource.address).filter(({ type }) => type === GROUP);
  if (groups.length > 0 && groups.every(({ operation }) => operation === "delete"))
    return safe(`its group ${named(groups)} is deleted too; see its own verdict`);
  const own = ipPermissionsOf(resource.before ?? {});
  const users = groups.flatMap((group) => index.usersOf(group.address));
  const left = (beside: readonly Resource[]): readonly IpPermission[] =>
    lostPermissions(own, separateRules(beside, sideOf(resource), resource.address));
  const lost = left(users.filter(isKept));
  if (lost.length === 0 && own.length > 0) return safe("another rule of the group allows the same");
  const later = own.length > 0 && left(users).length === 0 ? `${CREATED_LATER}: ` : "";
  return closingOutcome(lost.length === 0 ? own : lost, { ...row, when: `${later}${row.when}` });
}

/** A rule that is changed in place, or created before the old one is deleted. */
function ruleChanges({ resource, row }: Context): Outcome {
  const next = ipPermissionsOf(resource.after ?? {});
  if (next.some(({ source }) => source.startsWith("unknown"))) return unknown(row.when);
  const lost = lostPermissions(ipPermissionsOf(resource.before ?? {}), next);
  return lost.length === 0 ? safe("the new rule allows all that the old one did") : closingOutcome(lost, row);
}

/** Conditions about security groups. */
export const securityGroups: Conditions = {
  rulesRemoved,
  ruleRemoved,
  ruleChanges,
};
