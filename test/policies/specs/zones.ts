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

/** Cases of the rules about zones. */
export const zoneSpecs: readonly Spec[] = [
  {
    rule: multiAz,
    good: {
      "two zones by id": given(cluster, nodeGroup, balancer, ...subnets),
      "two zones by name": given(nodeGroup, namedFirst, namedSecond),
      "a pool with a group in each zone": given(pooled("a", inFirst), pooled("b", inSecond), ...subnets),
    },
    bad: {
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
