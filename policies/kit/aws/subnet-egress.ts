/** Egress of a subnet: its route table, that table's default routes, and their targets. */
import { type Field, valueOr } from "../reading/field";
import type { Resource, Stack } from "../reading/resource";
import { types } from "../reading/types";

/** Target of a default route. */
export type Egress =
  /** A NAT gateway of this stack. */
  | { readonly nat: Resource }
  /** A target that has no zone in this stack: a transit gateway, an appliance, a gateway by its id. */
  | "elsewhere";

/** Members of a route that lead out without a NAT gateway of this stack. Source: EC2 API, CreateRoute. */
const others = [
  "transitGatewayId",
  "vpcEndpointId",
  "coreNetworkArn",
  "networkInterfaceId",
  "gatewayId",
  "localGatewayId",
  "carrierGatewayId",
  "vpcPeeringConnectionId",
] as const;
const everywhere = new Set(["0.0.0.0/0", "::/0"]);

/**
 * The subnet's egress; undefined where this stack does not associate it with a route table.
 * @throws UnknownRead where a preview hides which route is the default one.
 */
export function egressOf(stack: Stack, subnet: Resource): readonly Egress[] | undefined {
  const tables = tablesOf(stack, subnet);
  return tables.length === 0 ? undefined : tables.flatMap((table) => egressOfTable(stack, table));
}

/** The tables and routes that decide the subnet's egress, where a preview hides a value that matters. */
export function unknownEgress(stack: Stack, subnet: Resource): readonly Resource[] {
  if (valueOr(() => [egressOf(stack, subnet)], undefined) !== undefined) return [];
  return tablesOf(stack, subnet).flatMap((table) => [table, ...routesOf(stack, table)]);
}

/** Reads which routes of a table, or whether a route, is a default one.
 * @throws UnknownRead @throws MalformedRead */
export function readEgress(owner: Resource): unknown {
  return owner.is(types.routeTable) ? defaultsIn(owner) : isDefault(owner.at("destinationCidrBlock"));
}

function tablesOf(stack: Stack, subnet: Resource): readonly Resource[] {
  return stack
    .of(types.routeTableAssociation)
    .filter((association) => stack.linked(association, "subnetId").includes(subnet))
    .flatMap((association) => stack.linked(association, "routeTableId"));
}

function routesOf(stack: Stack, table: Resource): readonly Resource[] {
  return stack.of(types.route).filter((route) => stack.linked(route, "routeTableId").includes(table));
}

function defaultsIn(table: Resource): readonly Field[] {
  return table
    .at("routes")
    .list()
    .filter((route) => isDefault(route.at("cidrBlock")));
}

function egressOfTable(stack: Stack, table: Resource): readonly Egress[] {
  const routes = routesOf(stack, table);
  const plain = routes.filter((route) => valueOr(() => isDefault(route.at("destinationCidrBlock")), false));
  // Only where no known route is the default one does it matter what a preview hides.
  const standalone = plain.length > 0 ? plain : routes.filter((route) => isDefault(route.at("destinationCidrBlock")));
  if (standalone.length > 0) return standalone.flatMap((route) => targetsOf(stack, route, route.props, "natGatewayId"));
  return defaultsIn(table).flatMap((route) => targetsOf(stack, table, route, "routes"));
}

function isDefault(destination: Field): boolean {
  return everywhere.has(destination.textOrEmpty());
}

function targetsOf(stack: Stack, owner: Resource, route: Field, link: string): readonly Egress[] {
  const nats = stack.linked(owner, link).filter((linked) => linked.is(types.natGateway));
  if (nats.length > 0) return nats.map((nat) => ({ nat }));
  return leadsElsewhere(route) ? ["elsewhere"] : [];
}

function leadsElsewhere(route: Field): boolean {
  return [...others, "natGatewayId"].some((key) => route.at(key).isUnknown() || route.at(key).isSet());
}

/** Whether the route is a default route that leads out without any NAT gateway.
 * @throws UnknownRead */
export function isEgressElsewhere(route: Resource): boolean {
  return isDefault(route.at("destinationCidrBlock")) && leadsElsewhere(route.props) && !route.at("gatewayId").isSet();
}

/** Whether some default route of the stack leads out without any NAT gateway.
 * @throws UnknownRead where only one that a preview hides may do so. */
export function leadsToOther(stack: Stack): boolean {
  const routes = stack.of(types.route);
  return routes.some((route) => valueOr(() => isEgressElsewhere(route), false)) || routes.some(isEgressElsewhere);
}
