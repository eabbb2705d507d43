/** Cases of the rules about zones. */
import { unknownSentinels } from "../../../policies/kit/value";
import { multiAz } from "../../../policies/zero-downtime/multi-az";
import { natPerAz } from "../../../policies/zero-downtime/nat-per-az";
import { balancer, but, cluster, from, nodeGroup, subnets, vpc } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, under, type Spec } from "../support/spec";

const [UNKNOWN] = unknownSentinels;
const [inFirst, inSecond] = subnets;
const byName = (subnet: Given, zone: string): Given =>
  but(subnet, { availabilityZoneId: undefined, availabilityZone: zone });
const [namedFirst, namedSecond] = [byName(inFirst, "us-east-1a"), byName(inSecond, "us-east-1b")];
const nat = (name: string, subnet: Given): Given => ({
  type: "aws:ec2/natGateway:NatGateway",
  name,
  props: {},
  links: { subnetId: from(subnet) },
});
const regional: Given = { ...nat("regional", inFirst), props: { availabilityMode: "regional" }, links: {} };
const hiddenVpc: Given = { ...vpc, props: UNKNOWN };
const besideVpc: Given = { ...nodeGroup, links: { ...nodeGroup.links, subnetIds: from(vpc, ...subnets) } };

/** A group of a pool that has one in each zone. */
const pooled = (name: string, subnet: Given, pool = "apps"): Given => ({
  ...but(nodeGroup, { labels: { pool } }),
  name,
  links: { ...nodeGroup.links, subnetIds: from(subnet) },
});

const scaling = (props: Readonly<Record<string, unknown>>, ...inside: readonly Given[]): Given => ({
  type: "aws:autoscaling/group:Group",
  name: JSON.stringify(props).length.toString(),
  props,
  links: { vpcZoneIdentifiers: from(...inside) },
});
const own = [{ key: "kubernetes.io/cluster/dev", value: "owned", propagateAtLaunch: true }];

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
const hiddenZone = (subnet: Given): Given => but(subnet, { availabilityZoneId: UNKNOWN });
const zoneless = (subnet: Given): Given => but(subnet, { availabilityZoneId: undefined });
const inThird: Given = { ...but(inFirst, { availabilityZoneId: "use1-az4" }), name: "public-use1-az4" };
const preview = { preview: true };
const transit: Given = {
  type: "aws:ec2/route:Route",
  name: "out",
  props: { destinationCidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" },
};

/** Cases of the rules about zones. */
export const zoneSpecs: readonly Spec[] = [
  {
    rule: multiAz,
    good: {
      "two zones by id": given(cluster, nodeGroup, balancer, ...subnets),
      "two zones by name": given(nodeGroup, namedFirst, namedSecond),
      "a pool with a group in each zone": given(pooled("a", inFirst), pooled("b", inSecond), ...subnets),
      "two subnets of another stack": given({
        ...but(nodeGroup, { subnetIds: ["subnet-0a", "subnet-0b"] }),
        links: {},
      }),
      "one subnet of this stack and one of another": given(
        { ...but(nodeGroup, { subnetIds: ["subnet-0a", "subnet-0b"] }), links: { subnetIds: from(inFirst) } },
        inFirst,
      ),
      "an Auto Scaling group in each zone": given(
        scaling({ tags: own }, inFirst),
        scaling({ tags: own, minSize: 1 }, inSecond),
        ...subnets,
      ),
      "a cluster in two subnets of another stack": given({
        ...but(cluster, { "vpcConfig.subnetIds": ["subnet-0a", "subnet-0b"] }),
        links: {},
      }),
      "a balancer with mappings to two subnets of another stack": given({
        ...but(balancer, { subnetMappings: [{ subnetId: "subnet-0a" }, { subnetId: "subnet-0b" }] }),
        links: {},
      }),
      "ids that a preview hides, of subnets that it shows": {
        ...given(but(nodeGroup, { subnetIds: UNKNOWN }), ...subnets),
        context: preview,
      },
      "Auto Scaling groups of one cluster, one of them with a name": given(
        scaling({ tags: [{ key: "Name", value: "a" }, ...own] }, inFirst),
        scaling({ tags: own }, inSecond),
        ...subnets,
      ),
      "an Auto Scaling group that names two zones": given(scaling({ availabilityZones: ["us-east-1a", "us-east-1b"] })),
    },
    bad: {
      "an Auto Scaling group in one zone": given(scaling({ vpcZoneIdentifiers: ["subnet-1"] }, inFirst), ...subnets),
      "an Auto Scaling group that names one zone": given(scaling({ availabilityZones: ["us-east-1a"] })),
      "two pools of Auto Scaling groups with one zone each": given(
        scaling({ tags: own }, inFirst),
        scaling({ tags: [] }, inSecond),
        ...subnets,
      ),
      "one subnet of another stack": given({ ...but(nodeGroup, { subnetIds: ["subnet-0a", "subnet-0a"] }), links: {} }),
      "zones that a preview hides": given(
        nodeGroup,
        but(inFirst, { availabilityZoneId: UNKNOWN }),
        but(inSecond, { availabilityZoneId: UNKNOWN }),
      ),
      "ids that a preview hides, one by one": {
        ...given({ ...but(nodeGroup, { subnetIds: [UNKNOWN, UNKNOWN] }), links: {} }),
        context: preview,
      },
      "ids that a preview hides, of a single subnet that it shows": {
        ...given({ ...but(nodeGroup, { subnetIds: UNKNOWN }), links: { subnetIds: from(inFirst) } }, inFirst),
        context: preview,
      },
      "one zone that is seen, one that is hidden and one of another stack": {
        ...under(
          { zones: 3 },
          but(nodeGroup, { subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"] }),
          inFirst,
          hiddenZone(inSecond),
        ),
        context: preview,
      },
      "one zone by id, twice, whose name a preview hides": {
        ...given(
          nodeGroup,
          but(inFirst, { availabilityZone: UNKNOWN }),
          but(inSecond, { availabilityZoneId: "use1-az1", availabilityZone: UNKNOWN }),
        ),
        context: preview,
      },
      "a pool of two groups in one zone": given(pooled("a", inFirst), pooled("b", inFirst), ...subnets),
      "two Auto Scaling groups of one cluster in one zone": given(
        scaling({ tags: own }, inFirst),
        scaling({ tags: own, minSize: 1 }, inFirst),
        ...subnets,
      ),
      "an Auto Scaling group whose tags a preview hides beside one in one zone": {
        ...given(scaling({ tags: own }, inFirst), scaling({ tags: UNKNOWN }, inSecond), ...subnets),
        context: preview,
      },
      "subnets that a preview hides": given({ ...but(nodeGroup, { subnetIds: UNKNOWN }), links: {} }),
      "one hidden zone, which is not enough": under(
        { zones: 3 },
        nodeGroup,
        but(inFirst, { availabilityZoneId: UNKNOWN }),
        inSecond,
      ),
      "two pools with one zone each": given(pooled("a", inFirst), pooled("b", inSecond, "system"), ...subnets),
      "one zone twice": given(nodeGroup, inFirst, but(inSecond, { availabilityZoneId: "use1-az1" })),
      "subnets of nobody": given({ ...cluster, links: {} }, ...subnets),
      "a network load balancer in one zone": given({ ...balancer, links: { subnetMappings: from(inFirst) } }, inFirst),
      "one zone by id and one by name, which may be the same": given(nodeGroup, inFirst, namedSecond),
      "what the subnets' property holds besides": given(
        { ...cluster, links: { vpcConfig: from(inFirst, vpc) } },
        inFirst,
        but(vpc, { availabilityZoneId: "use1-az2" }),
      ),
    },
  },
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
      "a regional one beside zones and a mode that a preview hides": {
        ...given(nodeGroup, hiddenZone(inFirst), hiddenZone(inSecond), nat("a", inFirst), hiddenMode, regional),
        context: preview,
      },
      "a route that a preview hides, of a table that no node has": {
        ...given(nodeGroup, ...subnets, nat("a", inFirst), nat("b", inSecond), {
          ...transit,
          props: { destinationCidrBlock: UNKNOWN },
        }),
        context: preview,
      },
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
      "a zone that a preview hides": {
        ...given(nodeGroup, inFirst, hiddenZone(inSecond), nat("a", inFirst)),
        context: preview,
      },
      "a mode of a gateway without a subnet that a preview hides": {
        ...given(nodeGroup, ...subnets, hiddenMode),
        context: preview,
      },
      "a default route that a preview hides": {
        ...given(
          nodeGroup,
          ...subnets,
          nat("a", inFirst),
          ...changedWay(inSecond, nat("a", inFirst), { destinationCidrBlock: UNKNOWN }),
        ),
        context: preview,
      },
      "a default route inside of a table that a preview hides": {
        ...given(
          nodeGroup,
          ...subnets,
          nat("a", inFirst),
          ...inline(inSecond, nat("a", inFirst)).map((one) =>
            one.type === "aws:ec2/routeTable:RouteTable"
              ? { ...one, props: { routes: [{ cidrBlock: UNKNOWN }] } }
              : one,
          ),
        ),
        context: preview,
      },
      "a route that a preview hides, where nothing else leads out": {
        ...given(nodeGroup, ...subnets, {
          ...transit,
          props: { ...(transit.props as object), destinationCidrBlock: UNKNOWN },
        }),
        context: preview,
      },
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
