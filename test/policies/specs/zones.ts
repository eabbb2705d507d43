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
      "a mode that a preview hides": given(nodeGroup, ...subnets, {
        ...nat("a", inFirst),
        props: { availabilityMode: UNKNOWN },
      }),
      "nothing about neighbours that are no subnets": given(besideVpc, hiddenVpc, ...subnets, nat("a", inFirst)),
    },
  },
];
