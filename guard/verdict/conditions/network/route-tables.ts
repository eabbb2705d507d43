/** Route tables, routes and associations. */
import type { Resource } from "../../plans/change";
import { canonical } from "../../plans/difference";
import { changes } from "../../plans/plan-index";
import { isMap, isUnknown, listAt, listOf, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { setChange } from "../core/lists";
import { deletedOwners, named, usersOf } from "../core/related";
import { containsBlock } from "./cidr";

/** Destinations of default routes. */
export const DEFAULT_ROUTES = ["0.0.0.0/0", "::/0"];

/** The destination of a route, or the addresses of a rule. */
export function destinationOf(values: Values | undefined): string {
  return (
    ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "cidrBlock", "ipv6CidrBlock"]
      .map((name) => textAt(values, name))
      .find((text) => text !== undefined) ?? ""
  );
}

function routeDeleted(context: Context): Outcome {
  const { resource, row } = context;
  if (deletedOwners(context, "routeTableId").length > 0)
    return safe("its route table is deleted too; see its own verdict");
  return DEFAULT_ROUTES.includes(destinationOf(resource.before))
    ? downtime(`${row.when} (it is the default route)`)
    : unknown(row.when);
}

function routesChange({ resource, row }: Context): Outcome {
  const routes = (values: Values | undefined): readonly Values[] => listAt(values, "routes").filter(isMap);
  const next = new Map(routes(resource.after).map((route) => [destinationOf(route), canonical(route)]));
  const lost = routes(resource.before).filter((route) => !next.has(destinationOf(route)));
  if (lost.length > 0) return downtime(`${row.when} (${lost.map(destinationOf).join(", ")} is removed)`);
  const turned = routes(resource.before).filter((route) => next.get(destinationOf(route)) !== canonical(route));
  return turned.length > 0
    ? degrades(`${row.when} (${turned.map(destinationOf).join(", ")} gets another target)`)
    : unknown(`${row.when} (a new destination takes its traffic over)`);
}

function routeTablesChange(context: Context): Outcome {
  const change = setChange(context);
  const { index, resource, row } = context;
  const tables = index.usedBy(resource.address, "routeTableIds");
  const fresh = tables.filter(({ operation }) => operation === "create");
  const stays = tables.filter(({ operation }) => operation === "none" || operation === "update");
  const lost = listOf(context.before).length - listOf(context.after).filter((id) => !isUnknown(id)).length;
  if (fresh.length > 0 && stays.length === 0 && lost <= 0)
    return safe(`only route tables are added that are new (${named(fresh)})`);
  return (change?.lost ?? 0) > 0 ? unknown(row.when) : degrades(row.when);
}

/** A deleted table: its subnets fall back to the main table. */
function tableGoes(context: Context): Outcome {
  const subnets = usersOf(context).filter(({ type }) => /routeTableAssociation/i.test(type));
  if (subnets.length > 0) return downtime(`${context.row.when} (${named(subnets)})`);
  return context.index.plan.hasUnchanged
    ? safe("no subnet of this plan is associated with it")
    : unknown(context.row.when);
}

function associationMoves({ index, resource, row }: Context): Outcome {
  const tables = index
    .usedBy(resource.address, "routeTableId")
    .filter(({ type }) => type === "aws:ec2/routeTable:RouteTable");
  const routes = (table: Resource | undefined): string => canonical(valueAt(table?.after, "routes") ?? null);
  const [one, other] = tables;
  return one !== undefined &&
    other !== undefined &&
    !changes(one) &&
    !changes(other) &&
    routes(one) === routes(other) &&
    listAt(one.after, "routes").length > 0
    ? safe("both tables have the same routes")
    : unknown(row.when);
}

/** A route to another destination: whether the new one contains the old one. */
function routeCovers({ resource, row }: Context): Outcome {
  const [old, next] = [destinationOf(resource.before), destinationOf(resource.after)];
  if (isUnknown(valueAt(resource.after, "routeTableId")) || next === "") return unknown(row.when);
  if (old === next)
    return valueAt(resource.before, "routeTableId") === valueAt(resource.after, "routeTableId")
      ? degrades(`the run fails half way: the table has a route to ${old} already. ${row.when}`)
      : unknown(row.when);
  if (containsBlock(next, old)) return safe(`the new destination ${next} contains ${old}`);
  return DEFAULT_ROUTES.includes(old) ? downtime(`${row.when} (it is the default route)`) : unknown(row.when);
}

/** A subnet loses its route table at the end of the run, where the association moves elsewhere. */
function associationTwice(context: Context): Outcome {
  const { resource, row } = context;
  const [old, next] = [valueAt(resource.before, "subnetId"), valueAt(resource.after, "subnetId")];
  if (old === next || isUnknown(next)) return unknown(row.when);
  return deletedOwners(context, "subnetId").length > 0
    ? safe("the old subnet is deleted too; see its own verdict")
    : downtime(`the old subnet falls back to the main table: ${row.when}`);
}

/** Conditions about route tables. */
export const routeTables: Conditions = {
  routeDeleted,
  routesChange,
  routeTablesChange,
  tableGoes,
  associationMoves,
  routeCovers,
  associationTwice,
};
