/** Route tables: out through the internet gateway, out through NAT, or nowhere; to S3 without leaving AWS. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import type { Subnets } from "./subnets";
import type { ExtraTier } from "./tiers";

const EVERYWHERE = "0.0.0.0/0";

/** Arguments of {@link subnetRoutes}. */
export interface RouteArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly region: string;
  readonly internetGateway: aws.ec2.InternetGateway;
  /** The NAT gateway that serves each zone. */
  readonly nats: ReadonlyMap<string, aws.ec2.NatGateway>;
  /** Subnets by tier and zone id. */
  readonly subnets: Subnets;
  /** Where the extra tiers lead. @default none */
  readonly tiers?: Readonly<Record<string, ExtraTier>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Everything the helpers below share. */
interface RouteContext extends RouteArgs {
  readonly name: string;
  readonly parent: pulumi.ComponentResource;
  /** Every route, association and endpoint made so far. */
  readonly resources: pulumi.Resource[];
}

/** Ways of the subnets. */
export interface SubnetRoutes {
  /** For `<tier>-<zone id>` of the private and the extra tiers a value that is known once the routes are set. */
  readonly ready: ReadonlyMap<string, pulumi.Output<string>>;
  /** Routes, associations and the S3 endpoint: resources that need egress must depend on them. */
  readonly resources: readonly pulumi.Resource[];
}

/**
 * Declares tables, routes and associations. Each zone's nodes have a table of their own, so that changing between one
 * NAT gateway and one per zone changes a route and nothing else.
 */
export function subnetRoutes(name: string, args: RouteArgs, parent: pulumi.ComponentResource): SubnetRoutes {
  const ctx: RouteContext = { ...args, name, parent, resources: [] };
  const publicTable = table(ctx, "public");
  route(ctx, "public", publicTable, { gatewayId: args.internetGateway.id });
  for (const [zoneId, subnet] of args.subnets.public) association(ctx, `public-${zoneId}`, publicTable, subnet);
  const intraTable = table(ctx, "intra");
  for (const [zoneId, subnet] of args.subnets.intra) association(ctx, `intra-${zoneId}`, intraTable, subnet);

  const privateTables = new Map<string, aws.ec2.RouteTable>();
  const ready = new Map<string, pulumi.Output<string>>();
  for (const [zoneId, subnet] of args.subnets.private) {
    const zoneTable = table(ctx, `private-${zoneId}`);
    const defaultRoute = route(ctx, `private-${zoneId}`, zoneTable, { natGatewayId: args.nats.get(zoneId)?.id });
    const tableAssociation = association(ctx, `private-${zoneId}`, zoneTable, subnet);
    privateTables.set(zoneId, zoneTable);
    ready.set(`private-${zoneId}`, after(defaultRoute.id, [tableAssociation.id]));
  }
  s3Endpoint(ctx, [...privateTables.values(), intraTable]);
  extraRoutes(ctx, privateTables, ready);
  return { ready, resources: ctx.resources };
}

/**
 * Extra tiers take the nodes' tables, or one of their own without any route. Theirs is not joined to the S3 endpoint:
 * that would change the endpoint, and adding a tier must change nothing.
 */
function extraRoutes(
  ctx: RouteContext,
  privateTables: ReadonlyMap<string, aws.ec2.RouteTable>,
  ready: Map<string, pulumi.Output<string>>,
): void {
  for (const [tier, zones] of ctx.subnets.extra) {
    const closed = ctx.tiers?.[tier]?.egress === "nat" ? undefined : table(ctx, tier);
    // Nothing leaves a closed tier, so no node waits for its routes.
    const context = closed === undefined ? ctx : { ...ctx, resources: [] };
    for (const [zoneId, subnet] of zones) {
      const used = closed ?? privateTables.get(zoneId);
      if (used === undefined) continue;
      const tableAssociation = association(context, `${tier}-${zoneId}`, used, subnet);
      const defaultRoute = closed === undefined ? ready.get(`private-${zoneId}`) : undefined;
      ready.set(`${tier}-${zoneId}`, after(tableAssociation.id, [defaultRoute]));
    }
  }
}

function table(ctx: RouteContext, role: string): aws.ec2.RouteTable {
  const name = `${ctx.name}-${role}-routes`;
  const tags = { ...ctx.tags, Name: name };
  return new aws.ec2.RouteTable(name, { vpcId: ctx.vpcId, tags }, { parent: ctx.parent });
}

function route(
  ctx: RouteContext,
  role: string,
  routeTable: aws.ec2.RouteTable,
  target: Pick<aws.ec2.RouteArgs, "gatewayId" | "natGatewayId">,
): aws.ec2.Route {
  const defaultRoute = new aws.ec2.Route(
    `${ctx.name}-${role}-out`,
    { routeTableId: routeTable.id, destinationCidrBlock: EVERYWHERE, ...target },
    { parent: ctx.parent },
  );
  ctx.resources.push(defaultRoute);
  return defaultRoute;
}

function association(
  ctx: RouteContext,
  role: string,
  routeTable: aws.ec2.RouteTable,
  subnet: aws.ec2.Subnet,
): aws.ec2.RouteTableAssociation {
  const tableAssociation = new aws.ec2.RouteTableAssociation(
    `${ctx.name}-${role}-routing`,
    { routeTableId: routeTable.id, subnetId: subnet.id },
    { parent: ctx.parent },
  );
  ctx.resources.push(tableAssociation);
  return tableAssociation;
}

/** Image layers come from S3: by this way they cost nothing and do not pass the NAT gateway. */
function s3Endpoint(ctx: RouteContext, tables: readonly aws.ec2.RouteTable[]): void {
  const name = `${ctx.name}-s3`;
  const endpoint = new aws.ec2.VpcEndpoint(
    name,
    {
      vpcId: ctx.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${ctx.region}.s3`,
      routeTableIds: tables.map((routeTable) => routeTable.id),
      tags: { ...ctx.tags, Name: name },
    },
    { parent: ctx.parent },
  );
  ctx.resources.push(endpoint);
}
