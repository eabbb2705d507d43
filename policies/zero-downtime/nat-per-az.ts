/** Rule nat-per-az. */
import { legible } from "../kit/field";
import { violation } from "../kit/finding";
import type { Resource, Stack } from "../kit/resource";
import { stackRule, unreadable } from "../kit/rule";
import { choice } from "../kit/settings";
import { types } from "../kit/types";

/** Every zone with nodes has its own way out. */
export const natPerAz = stackRule({
  id: "nat-per-az",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "Nodes in a zone whose way out leads through another zone.",
  prevents: "The loss of the zone with the only NAT gateway cuts every node off from images and AWS.",
  source: "EKS best practices, Networking, subnets, NAT gateways",
  settings: {
    single: choice(false, "Whether the environment accepts one NAT gateway (cost); the rule then only tells.", "any"),
  },
  examples: {
    bad: "one aws.ec2.NatGateway for nodes in three zones",
    good: "one per zone, or one with availabilityMode: regional",
  },
  *check(stack, { single }) {
    const [groups, gateways] = [stack.of(types.nodeGroup), stack.of(types.natGateway)];
    if (gateways.some((gateway) => legible(() => modeOf(gateway) === "regional", false))) return;
    const inside = (group: Resource): readonly Resource[] => subnetsOf(stack, group, "subnetIds");
    const outside = gateways.flatMap((gateway) => subnetsOf(stack, gateway, "subnetId"));
    yield* unreadable([...new Set([...groups.flatMap(inside), ...outside])], zoneOf);
    yield* unreadable(gateways, modeOf);
    const covered = new Set(zonesOf(outside));
    const isCutOff = (zone: string): boolean => !covered.has(zone);
    const group = groups.find((candidate) => zonesOf(inside(candidate)).some(isCutOff));
    if (group === undefined) return;
    const needed = [...new Set(zonesOf(groups.flatMap(inside)))];
    yield violation(group, {
      at: "subnetIds",
      got: `nodes in ${needed.length} zone(s), ${needed.filter(isCutOff).length} of them without a NAT gateway`,
      wanted: "one in every zone with nodes",
      fix: "add a NAT gateway per zone, or one with availabilityMode: regional",
      advisory: single,
    });
  },
});

function modeOf(gateway: Resource): string | undefined {
  return gateway.at("availabilityMode").text();
}

function subnetsOf(stack: Stack, resource: Resource, property: string): readonly Resource[] {
  return stack.linked(resource, property).filter((linked) => linked.is(types.subnet));
}

/** Zone id, or the name where no id is given. */
function zoneOf(subnet: Resource): string | undefined {
  return subnet.at("availabilityZoneId").text() ?? subnet.at("availabilityZone").text();
}

function zonesOf(subnets: readonly Resource[]): readonly string[] {
  return subnets.flatMap((subnet) => legible(() => zoneOf(subnet), undefined) ?? []);
}
