/** Cases of the rule about zones. */
import { multiAz } from "../../../../../policies/zero-downtime/network/multi-az";
import { balancer, but, cluster, from, nodeGroup, subnets, targetGroup, vpc } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { hiddenZone, inFirst, inSecond, namedFirst, namedSecond } from "../../../support/zones";
import { given, under, type Spec, previewed, UNKNOWN } from "../../../support/spec";

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

/** Cases of the rule about zones. */
export const zoneSpecs: readonly Spec[] = [
  {
    rule: multiAz,
    good: {
      "two zones by id": given(cluster, nodeGroup, balancer, ...subnets),
      "requests to every zone": given(
        targetGroup,
        { ...but(targetGroup, { loadBalancingCrossZoneEnabled: "use_load_balancer_configuration" }), name: "green" },
        { ...but(balancer, { enableCrossZoneLoadBalancing: true }), name: "other" },
        ...subnets,
      ),
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
      "ids that a preview hides, of subnets that it shows": previewed(
        but(nodeGroup, { subnetIds: UNKNOWN }),
        ...subnets,
      ),
      "Auto Scaling groups of one cluster, one of them with a name": given(
        scaling({ tags: [{ key: "Name", value: "a" }, ...own] }, inFirst),
        scaling({ tags: own }, inSecond),
        ...subnets,
      ),
      "one zone by name, and a second by another's name": given(nodeGroup, namedSecond, { ...namedFirst, links: {} }),
      "an Auto Scaling group with one subnet of this stack and one of another": given(
        scaling({ tags: own, vpcZoneIdentifiers: ["subnet-0a", "subnet-0b"] }, inFirst),
        inFirst,
      ),
      "an Auto Scaling group that names two zones": given(scaling({ availabilityZones: ["us-east-1a", "us-east-1b"] })),
    },
    bad: {
      "requests that stay inside of a zone": given(
        but(targetGroup, { protocol: "HTTP", loadBalancingCrossZoneEnabled: "false" }),
        { ...but(targetGroup, { protocol: "HTTPS", loadBalancingCrossZoneEnabled: "false" }), name: "encrypted" },
      ),
      "connections that stay inside of a zone": given(
        { ...but(balancer, { loadBalancerType: "network", enableCrossZoneLoadBalancing: false }) },
        ...subnets,
        { ...but(targetGroup, { protocol: "TCP", loadBalancingCrossZoneEnabled: "false" }), name: "connections" },
      ),
      "an Auto Scaling group in one zone": given(scaling({ vpcZoneIdentifiers: ["subnet-1"] }, inFirst), ...subnets),
      "an Auto Scaling group that names one zone": given(scaling({ availabilityZones: ["us-east-1a"] })),
      "two pools of Auto Scaling groups with one zone each": given(
        scaling({ tags: own }, inFirst),
        scaling({ tags: [] }, inSecond),
        ...subnets,
      ),
      "an Auto Scaling group that names one zone twice": given(
        scaling({ availabilityZones: ["us-east-1a", "us-east-1a"] }),
      ),
      "a balancer with mappings to one subnet of another stack": given({
        ...but(balancer, { subnetMappings: [{ subnetId: "subnet-0a" }] }),
        links: {},
      }),
      "three zones wanted of one subnet of this stack and one of another": under(
        { zones: 3 },
        { ...but(nodeGroup, { subnetIds: ["subnet-0a", "subnet-0b"] }), links: { subnetIds: from(inFirst) } },
        inFirst,
      ),
      "one subnet of another stack": given({ ...but(nodeGroup, { subnetIds: ["subnet-0a", "subnet-0a"] }), links: {} }),
      "zones that a preview hides": given(
        nodeGroup,
        but(inFirst, { availabilityZoneId: UNKNOWN }),
        but(inSecond, { availabilityZoneId: UNKNOWN }),
      ),
      "ids that a preview hides, one by one": previewed({
        ...but(nodeGroup, { subnetIds: [UNKNOWN, UNKNOWN] }),
        links: {},
      }),
      "ids that a preview hides, of a single subnet that it shows": previewed(
        { ...but(nodeGroup, { subnetIds: UNKNOWN }), links: { subnetIds: from(inFirst) } },
        inFirst,
      ),
      "one zone that is seen, one that is hidden and one of another stack": {
        ...under(
          { zones: 3 },
          but(nodeGroup, { subnetIds: ["subnet-0a", "subnet-0b", "subnet-0c"] }),
          inFirst,
          hiddenZone(inSecond),
        ),
        context: { preview: true },
      },
      "one zone by id, twice, whose name a preview hides": previewed(
        nodeGroup,
        but(inFirst, { availabilityZone: UNKNOWN }),
        but(inSecond, { availabilityZoneId: "use1-az1", availabilityZone: UNKNOWN }),
      ),
      "a pool of two groups in one zone": given(pooled("a", inFirst), pooled("b", inFirst), ...subnets),
      "two Auto Scaling groups of one cluster in one zone": given(
        scaling({ tags: own }, inFirst),
        scaling({ tags: own, minSize: 1 }, inFirst),
        ...subnets,
      ),
      "an Auto Scaling group whose tags a preview hides beside one in one zone": previewed(
        scaling({ tags: own }, inFirst),
        scaling({ tags: UNKNOWN }, inSecond),
        ...subnets,
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
];
