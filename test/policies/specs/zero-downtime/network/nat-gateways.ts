/** Cases of the rule about ways out of zones. */
import { natPerAz } from "../../../../../policies/zero-downtime/network/nat-per-az";
import { but, from, nodeGroup, subnets, vpc } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, previewed, under, UNKNOWN, type Spec } from "../../../support/spec";
import { hiddenZone, inFirst, inSecond, namedFirst, namedSecond } from "../../../support/zones";

const nat = (name: string, subnet: Given): Given => ({
  type: "aws:ec2/natGateway:NatGateway",
  name,
  props: {},
  links: { subnetId: from(subnet) },
});
const regional: Given = { ...nat("regional", inFirst), props: { availabilityMode: "regional" }, links: {} };
const hiddenVpc: Given = { ...vpc, props: UNKNOWN };
const besideVpc: Given = { ...nodeGroup, links: { ...nodeGroup.links, subnetIds: from(vpc, ...subnets) } };

/** What leads out of a subnet: its table, and that table's default route. */
const way = (subnet: Given, gateway: Given): readonly Given[] => {
  const table: Given = { type: "aws:ec2/routeTable:RouteTable", name: `${subnet.name}-table`, props: {} };
  return [
    table,
    {
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      name: subnet.name,
      props: {},
      links: { subnetId: from(subnet), routeTableId: from(table) },
    },
    {
      type: "aws:ec2/route:Route",
      name: subnet.name,
      props: { destinationCidrBlock: "0.0.0.0/0" },
      links: { routeTableId: from(table), natGatewayId: from(gateway) },
    },
  ];
};
const inline = (subnet: Given, gateway: Given): readonly Given[] =>
  way(subnet, gateway)
    .filter(({ type }) => type !== "aws:ec2/route:Route")
    .map((one) =>
      one.type === "aws:ec2/routeTable:RouteTable"
        ? { ...one, props: { routes: [{ cidrBlock: "0.0.0.0/0" }] }, links: { routes: from(gateway) } }
        : one,
    );
/** A subnet's table without a default route. */
const closed = (subnet: Given): readonly Given[] =>
  way(subnet, vpc).filter(({ type }) => type !== "aws:ec2/route:Route");
/** The subnet's way out, changed. */
const changedWay = (subnet: Given, gateway: Given, props: object, links = {}): readonly Given[] =>
  way(subnet, gateway).map((one) =>
    one.type === "aws:ec2/route:Route"
      ? { ...one, props: { ...(one.props as object), ...props }, links: { ...one.links, ...links } }
      : one,
  );
const hiddenMode: Given = { ...regional, name: "hidden", props: { availabilityMode: UNKNOWN } };
const zoneless = (subnet: Given): Given => but(subnet, { availabilityZoneId: undefined });
const inThird: Given = { ...but(inFirst, { availabilityZoneId: "use1-az4" }), name: "public-use1-az4" };
const transit: Given = {
  type: "aws:ec2/route:Route",
  name: "out",
  props: { destinationCidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" },
};

/** Cases of the rule about ways out of zones. */
export const wayOutSpecs: readonly Spec[] = [
  {
    rule: natPerAz,
    good: {
      "one per zone": given(nodeGroup, ...subnets, nat("a", inFirst), nat("b", inSecond)),
      "one per zone by name": given(nodeGroup, namedFirst, namedSecond, nat("a", namedFirst), nat("b", namedSecond)),
      "one regional": given(nodeGroup, ...subnets, regional),
      "a regional one beside one of a zone": given(nodeGroup, ...subnets, nat("a", inFirst), regional),
      "no nodes": given(...subnets),
      "a route to the gateway of each zone": given(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        nat("b", inSecond),
        ...way(inFirst, nat("a", inFirst)),
        ...way(inSecond, nat("b", inSecond)),
      ),
      "central egress": given(nodeGroup, ...subnets, transit),
      "a route to a regional one": given(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        regional,
        ...way(inFirst, regional),
        ...inline(inSecond, regional),
      ),
      "a regional one beside zones and a mode that a preview hides": previewed(
        nodeGroup,
        hiddenZone(inFirst),
        hiddenZone(inSecond),
        nat("a", inFirst),
        hiddenMode,
        regional,
      ),
      "a route that a preview hides, of a table that no node has": previewed(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        nat("b", inSecond),
        {
          ...transit,
          props: { destinationCidrBlock: UNKNOWN },
        },
      ),
      "a table without a default route, in a zone with a gateway": given(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        nat("b", inSecond),
        ...closed(inSecond),
      ),
      "inline routes, one of them to another zone's gateway": given(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        nat("b", inSecond),
        ...inline(inFirst, nat("a", inFirst)),
        ...inline(inSecond, nat("a", inFirst)).map((one) =>
          one.type === "aws:ec2/routeTable:RouteTable"
            ? { ...one, links: { routes: from(nat("a", inFirst), nat("b", inSecond)) } }
            : one,
        ),
      ),
      "a default route to a transit gateway from the zone without one": given(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        ...changedWay(inSecond, vpc, { transitGatewayId: "tgw-1" }),
      ),
      "a route from a subnet that names no zone": given(
        nodeGroup,
        inFirst,
        zoneless(inSecond),
        nat("a", inFirst),
        ...way(inSecond, nat("a", inFirst)),
      ),
      "a subnet that names no zone": given(
        nodeGroup,
        inFirst,
        but(inSecond, { availabilityZoneId: undefined }),
        nat("a", inFirst),
      ),
    },
    bad: {
      "one for two zones": given(nodeGroup, ...subnets, nat("a", inFirst)),
      "one for two zones by name": given(nodeGroup, namedFirst, namedSecond, nat("a", namedFirst)),
      "routes of both zones to the first gateway": given(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        nat("b", inSecond),
        ...way(inFirst, nat("a", inFirst)),
        ...way(inSecond, nat("a", inFirst)),
      ),
      "inline routes of both zones to the first gateway": given(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        nat("b", inSecond),
        ...inline(inFirst, nat("a", inFirst)),
        ...inline(inSecond, nat("a", inFirst)),
      ),
      "a route to another network, which is no way out": given(nodeGroup, ...subnets, {
        ...transit,
        props: { destinationCidrBlock: "10.0.0.0/8", transitGatewayId: "tgw-1" },
      }),
      "one is accepted": under({ single: true }, nodeGroup, ...subnets, nat("a", inFirst)),
      "none in the zone of the second group": given(
        { ...nodeGroup, name: "system", links: { subnetIds: from(inFirst) } },
        { ...nodeGroup, links: { subnetIds: from(inSecond) } },
        ...subnets,
        nat("a", inFirst),
      ),
      "one in a zone without nodes": given(
        { ...nodeGroup, links: { subnetIds: from(inSecond) } },
        ...subnets,
        nat("a", inFirst),
      ),
      "a zone that a preview hides": previewed(nodeGroup, inFirst, hiddenZone(inSecond), nat("a", inFirst)),
      "a mode of a gateway without a subnet that a preview hides": previewed(nodeGroup, ...subnets, hiddenMode),
      "a default route that a preview hides": previewed(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        ...changedWay(inSecond, nat("a", inFirst), { destinationCidrBlock: UNKNOWN }),
      ),
      "a default route inside of a table that a preview hides": previewed(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        ...inline(inSecond, nat("a", inFirst)).map((one) =>
          one.type === "aws:ec2/routeTable:RouteTable" ? { ...one, props: { routes: [{ cidrBlock: UNKNOWN }] } } : one,
        ),
      ),
      "a route that a preview hides, where nothing else leads out": previewed(nodeGroup, ...subnets, {
        ...transit,
        props: { ...(transit.props as object), destinationCidrBlock: UNKNOWN },
      }),
      "a transit gateway of other subnets beside one for two zones": given(
        nodeGroup,
        ...subnets,
        nat("a", inFirst),
        transit,
      ),
      "one in a subnet of another stack, whose zone nobody sees": given(nodeGroup, ...subnets, {
        ...nat("a", inFirst),
        props: { subnetId: "subnet-1" },
        links: {},
      }),
      "none in one zone, and a route from another's own gateway to a third's": given(
        nodeGroup,
        ...subnets,
        inThird,
        nat("a", inFirst),
        nat("c", inThird),
        ...way(inFirst, nat("c", inThird)),
      ),
      "a mode that a preview hides": given(nodeGroup, ...subnets, {
        ...nat("a", inFirst),
        props: { availabilityMode: UNKNOWN },
      }),
      "nothing about neighbours that are no subnets": given(besideVpc, hiddenVpc, ...subnets, nat("a", inFirst)),
    },
  },
];
