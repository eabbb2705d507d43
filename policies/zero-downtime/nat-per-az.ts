/** Rule nat-per-az. */
import { legible } from "../kit/field";
import { violation } from "../kit/finding";
import type { Resource } from "../kit/resource";
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
    const groups = stack.of(types.nodeGroup);
    const needed = new Set(groups.flatMap((group) => zonesOf(stack.linked(group, "subnetIds"))));
    const gateways = stack.of(types.natGateway);
    if (gateways.some((gateway) => legible(() => gateway.at("availabilityMode").text() === "regional", false))) return;
    const covered = new Set(gateways.flatMap((gateway) => zonesOf(stack.linked(gateway, "subnetId"))));
    const missing = [...needed].filter((zone) => !covered.has(zone));
    const [first] = groups;
    const behind = [
      ...groups.map((group) => [group, "subnetIds"] as const),
      ...gateways.map((nat) => [nat, "subnetId"] as const),
    ];
    const subnets = new Set(behind.flatMap(([resource, property]) => stack.linked(resource, property)));
    yield* unreadable(
      [...subnets].filter((subnet) => subnet.is(types.subnet)),
      zoneOf,
    );
    yield* unreadable(gateways, (gateway) => gateway.at("availabilityMode").text());
    if (first === undefined || missing.length === 0) return;
    yield violation(first, {
      at: "subnetIds",
      got: `nodes in ${needed.size} zone(s) and NAT gateways in ${covered.size} of them`,
      wanted: "one in every zone with nodes",
      fix: "add a NAT gateway per zone, or one with availabilityMode: regional",
      advisory: single,
    });
  },
});

/** Zone id, or the name where no id is given. */
function zoneOf(subnet: Resource): string | undefined {
  return subnet.at("availabilityZoneId").text() ?? subnet.at("availabilityZone").text();
}

function zonesOf(subnets: readonly Resource[]): readonly string[] {
  return subnets
    .filter((subnet) => subnet.is(types.subnet))
    .flatMap((subnet) => legible(() => zoneOf(subnet), undefined) ?? []);
}
