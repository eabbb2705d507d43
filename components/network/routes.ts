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
interface Place extends RouteArgs {
  readonly name: string;
  readonly parent: pulumi.ComponentResource;
  /** Every route, association and endpoint made so far. */
  readonly resources: pulumi.Resource[];
}

/** Ways of the subnets. */
export interface SubnetRoutes {
  /** For `<tier>-<zone id>` of the private and the extra tiers a value that is known once the routes are set. */
  readonly ready: ReadonlyMap<string, pulumi.Output<string>>;
  /** Routes, associations and the S3 endpoint: whoever needs a way out comes after them and goes before them. */
  readonly resources: readonly pulumi.Resource[];
}

/**
 * Declares tables, routes and associations. Each zone's nodes have a table of their own, so that changing between one
 * NAT gateway and one per zone changes a route and nothing else.
 */
export function subnetRoutes(name: string, args: RouteArgs, parent: pulumi.ComponentResource): SubnetRoutes {
  const place: Place = { ...args, name, parent, resources: [] };
  const publicTable = table(place, "public");
  route(place, "public", publicTable, { gatewayId: args.internetGateway.id });
  for (const [zoneId, subnet] of args.subnets.public) association(place, `public-${zoneId}`, publicTable, subnet);
  const intraTable = table(place, "intra");
  for (const [zoneId, subnet] of args.subnets.intra) association(place, `intra-${zoneId}`, intraTable, subnet);

  const privateTables = new Map<string, aws.ec2.RouteTable>();
  const ready = new Map<string, pulumi.Output<string>>();
  for (const [zoneId, subnet] of args.subnets.private) {
    const own = table(place, `private-${zoneId}`);
    const out = route(place, `private-${zoneId}`, own, { natGatewayId: args.nats.get(zoneId)?.id });
    const joined = association(place, `private-${zoneId}`, own, subnet);
    privateTables.set(zoneId, own);
    ready.set(`private-${zoneId}`, after(out.id, [joined.id]));
  }
  s3Endpoint(place, [...privateTables.values(), intraTable]);
  extraRoutes(place, privateTables, ready);
  return { ready, resources: place.resources };
}

/**
 * Extra tiers take the nodes' tables, or one of their own without any route. Theirs is not joined to the S3 endpoint:
 * that would change the endpoint, and adding a tier must change nothing.
 */
function extraRoutes(
  place: Place,
  privateTables: ReadonlyMap<string, aws.ec2.RouteTable>,
  ready: Map<string, pulumi.Output<string>>,
): void {
  for (const [tier, zones] of place.subnets.extra) {
    const closed = place.tiers?.[tier]?.way === "nat" ? undefined : table(place, tier);
    for (const [zoneId, subnet] of zones) {
      const used = closed ?? privateTables.get(zoneId);
      if (used === undefined) continue;
      const joined = association(place, `${tier}-${zoneId}`, used, subnet);
      const out = closed === undefined ? ready.get(`private-${zoneId}`) : undefined;
      ready.set(`${tier}-${zoneId}`, after(joined.id, [out]));
    }
  }
}

function table(place: Place, role: string): aws.ec2.RouteTable {
  const name = `${place.name}-${role}-routes`;
  const tags = { ...place.tags, Name: name };
  return new aws.ec2.RouteTable(name, { vpcId: place.vpcId, tags }, { parent: place.parent });
}

function route(
  place: Place,
  role: string,
  routeTable: aws.ec2.RouteTable,
  target: Pick<aws.ec2.RouteArgs, "gatewayId" | "natGatewayId">,
): aws.ec2.Route {
  const out = new aws.ec2.Route(
    `${place.name}-${role}-out`,
    { routeTableId: routeTable.id, destinationCidrBlock: EVERYWHERE, ...target },
    { parent: place.parent },
  );
  place.resources.push(out);
  return out;
}

function association(
  place: Place,
  role: string,
  routeTable: aws.ec2.RouteTable,
  subnet: aws.ec2.Subnet,
): aws.ec2.RouteTableAssociation {
  const joined = new aws.ec2.RouteTableAssociation(
    `${place.name}-${role}-routing`,
    { routeTableId: routeTable.id, subnetId: subnet.id },
    { parent: place.parent },
  );
  place.resources.push(joined);
  return joined;
}

/** Image layers come from S3: by this way they cost nothing and do not pass the NAT gateway. */
function s3Endpoint(place: Place, tables: readonly aws.ec2.RouteTable[]): void {
  const name = `${place.name}-s3`;
  const endpoint = new aws.ec2.VpcEndpoint(
    name,
    {
      vpcId: place.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${place.region}.s3`,
      routeTableIds: tables.map((routeTable) => routeTable.id),
      tags: { ...place.tags, Name: name },
    },
    { parent: place.parent },
  );
  place.resources.push(endpoint);
}
