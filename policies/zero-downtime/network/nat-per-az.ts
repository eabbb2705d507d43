/** Rule nat-per-az. */
import { counted } from "@fridayproof/components/core";
import { valueOr } from "../../kit/reading/field";
import { violation } from "../../kit/finding/finding";
import type { Resource, Stack } from "../../kit/reading/resource";
import { stackRule, reportUnreadable } from "../../kit/rule/rule";
import { withoutDefault, choice } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import {
  unknownEgress,
  isEgressElsewhere,
  leadsToOther,
  readEgress,
  type Egress,
  egressOf,
} from "../../kit/aws/subnet-egress";

/** Every zone with nodes has egress of its own. */
export const natPerAz = stackRule({
  id: "nat-per-az",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "Nodes in a zone whose way out leads through another zone, by a gateway or by a route.",
  prevents: "The loss of the zone with the only NAT gateway cuts every node off from images and AWS.",
  source: "EKS best practices, Networking, subnets, NAT gateways",
  settings: {
    single: withoutDefault(
      choice(false, "Whether the environment accepts one NAT gateway (cost); the rule then only advises.", "any"),
    ),
  },
  limits:
    "A subnet's way out is followed through its route table where this stack declares it; else a gateway in its zone counts. Transit gateways and appliances are their owners' business.",
  examples: {
    bad: "one aws.ec2.NatGateway for nodes in three zones",
    good: "one per zone, or one with availabilityMode: regional",
  },
  *check(stack, { single }) {
    const [groups, gateways] = [stack.of(types.nodeGroup), stack.of(types.natGateway)];
    const inside = (group: Resource): readonly Resource[] => subnetsOf(stack, group, "subnetIds");
    const outside = gateways.flatMap((gateway) => subnetsOf(stack, gateway, "subnetId"));
    const isAnywhere = (gateway: Resource): boolean => isRegional(stack, gateway);
    const regional = gateways.some((gateway) => valueOr(() => isAnywhere(gateway), false));
    const subnets = [...new Set(groups.flatMap(inside))];
    if (!regional) yield* reportUnreadable([...new Set([...subnets, ...outside])], zoneOf);
    if (!regional) yield* reportUnreadable(gateways, isAnywhere);
    yield* reportUnreadable([...new Set(subnets.flatMap((subnet) => unknownEgress(stack, subnet)))], readEgress);
    if (gateways.length === 0) yield* reportUnreadable(stack.of(types.route), isEgressElsewhere);
    const covered = new Set(zonesOf(outside));
    // What a preview hides is reported above; it cuts no subnet off before the update knows it.
    const open = gateways.some((gateway) => valueOr(() => isAnywhere(gateway), true));
    const elsewhere = open || (gateways.length === 0 && valueOr(() => leadsToOther(stack), true));
    const isCutOff = (subnet: Resource): boolean => {
      const egress = valueOr(() => egressOf(stack, subnet), ["elsewhere"] as const);
      if (egress === undefined || egress.length === 0)
        return !elsewhere && zonesOf([subnet]).some((zone) => !covered.has(zone));
      return !egress.some((target) => staysIn(stack, subnet, target));
    };
    const group = groups.find((candidate) => inside(candidate).some(isCutOff));
    if (group === undefined) return;
    const [needed, lacking] = [new Set(zonesOf(subnets)), new Set(zonesOf(subnets.filter(isCutOff)))];
    const missing = [...lacking].some((zone) => !covered.has(zone));
    yield violation(group, {
      at: "subnetIds",
      got: `${missing ? "no NAT gateway" : "a default route to another zone's NAT gateway"} in ${lacking.size} of ${counted(needed.size, "zone")} with nodes`,
      expected: "one in every zone with nodes",
      fix: missing
        ? "add a NAT gateway per zone, or one with availabilityMode: regional"
        : "let the default route of each zone's table lead to the NAT gateway of that zone",
      advisory: single,
      setting: "single",
    });
  },
});

/** Whether the egress does not depend on another zone; an unknown zone counts as the subnet's own. */
function staysIn(stack: Stack, subnet: Resource, target: Egress): boolean {
  if (target === "elsewhere") return true;
  const [[own], [its]] = [zonesOf([subnet]), zonesOf(subnetsOf(stack, target.nat, "subnetId"))];
  return own === undefined || its === undefined || own === its;
}

/** A gateway in a subnet is of that zone; a regional one has none. Source: EC2 API, CreateNatGateway, AvailabilityMode. */
function isRegional(stack: Stack, gateway: Resource): boolean {
  if (subnetsOf(stack, gateway, "subnetId").length > 0) return false;
  return gateway.at("availabilityMode").text() === "regional";
}

function subnetsOf(stack: Stack, resource: Resource, property: string): readonly Resource[] {
  return stack.linked(resource, property).filter((linked) => linked.is(types.subnet));
}

/** Zone id, or the name where no id is given. */
function zoneOf(subnet: Resource): string | undefined {
  return subnet.at("availabilityZoneId").text() ?? subnet.at("availabilityZone").text();
}

function zonesOf(subnets: readonly Resource[]): readonly string[] {
  return subnets.flatMap((subnet) => valueOr(() => zoneOf(subnet), undefined) ?? []);
}
