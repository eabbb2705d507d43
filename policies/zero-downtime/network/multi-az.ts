/** Rule multi-az. */
import { clusterLimits } from "@fridayproof/components/core/limits";
import { counted, groupPairs } from "@fridayproof/components/core";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, unknownValue, violation } from "../../kit/finding/finding";
import { unknownGroups, nodePools, unlessUnknown } from "../../kit/aws/node-pools";
import type { Resource, Stack } from "../../kit/reading/resource";
import { certain, eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { type ResourceType, types } from "../../kit/reading/types";
import { checkCrossZone } from "./cross-zone";

/** A property whose links are subnets, and where it lists their ids. */
interface SubnetProperty {
  readonly property: string;
  readonly ids: (resource: Resource) => Field;
}

const listed = (property: string): SubnetProperty => ({ property, ids: (resource) => resource.at(property) });

/** Where each kind names its subnets. */
const subnetProperties: readonly (readonly [ResourceType, readonly [SubnetProperty, ...SubnetProperty[]]])[] = [
  [types.cluster, [{ property: "vpcConfig", ids: (cluster) => cluster.at("vpcConfig", "subnetIds") }]],
  [types.loadBalancer, [listed("subnets"), listed("subnetMappings")]],
];

/** The control plane, the nodes and the load balancer each stand in several zones. */
export const multiAz = stackRule({
  id: "multi-az",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A cluster, node pool or load balancer whose subnets lie in fewer than two availability zones; a target group that keeps requests inside of a zone.",
  prevents: "The loss of one zone takes the platform down.",
  source:
    "EKS best practices, Networking, subnets and multi-AZ; Security Hub ELB.13; ELB user guide, cross-zone load balancing of target groups",
  settings: { zones: quantity(clusterLimits.zonesAtLeast, "lower", { minimum: 1 }) },
  limits:
    "Zones are read from the subnets that the property was made from. Of another stack's subnets only the number is known: two of them count as two zones. Node groups of one cluster with the same labels count as one pool, and so do Auto Scaling groups with the same cluster in their tags.",
  examples: {
    bad: "new aws.eks.NodeGroup('apps', { subnetIds: [subnetInUse1Az1.id], ... })",
    good: "new aws.eks.NodeGroup('apps', { subnetIds: [inUse1Az1.id, inUse1Az2.id], ... })",
  },
  *check(stack, { zones }) {
    for (const [kind, properties] of subnetProperties)
      yield* eachResource(stack.of(kind), (resource) => check(stack, [resource], properties, zones));
    yield* eachResource(stack.of(types.targetGroup, types.loadBalancer), (one) => certain(checkCrossZone(one)));
    const unknown = unknownGroups(stack);
    for (const pool of nodePools(stack))
      yield* eachResource(pool.slice(0, 1), () =>
        unlessUnknown(unknown, "labels", check(stack, pool, [listed("subnetIds")], zones)),
      );
    const scaling = stack.of(types.autoscalingGroup);
    yield* reportUnreadable(scaling, clusterTag);
    const pools = scalingPools(scaling);
    const open = scaling.filter((group) => !pools.flat().includes(group));
    for (const pool of pools)
      yield* eachResource(pool.slice(0, 1), () =>
        unlessUnknown(open, "tags", check(stack, pool, [listed("vpcZoneIdentifiers")], zones)),
      );
  },
});

/** Auto Scaling groups by the cluster that their tags name; those without one stand for each other. */
function scalingPools(groups: readonly Resource[]): readonly (readonly [Resource, ...Resource[]])[] {
  const tagged = groups.flatMap((group) => valueOr(() => [[clusterTag(group), group] as const], []));
  return [...groupPairs(tagged).values()];
}

function clusterTag(group: Resource): string | undefined {
  const keys = group
    .at("tags")
    .list()
    .map((tag) => tag.at("key").textOrEmpty());
  return keys.find((key) => key.startsWith("kubernetes.io/cluster/"));
}

function* check(
  stack: Stack,
  resources: readonly [Resource, ...Resource[]],
  properties: readonly [SubnetProperty, ...SubnetProperty[]],
  expected: number,
): Iterable<Finding> {
  const sets = resources.flatMap((resource) =>
    properties.map((subnetProperty) => subnetsOf(stack, resource, subnetProperty)),
  );
  const subnets = sets.flatMap((set) => set.subnets);
  const foreign = sets.reduce((sum, set) => sum + set.foreign, 0);
  const found = Math.max(distinctZones(subnets), ...resources.map(namedZones));
  if (found + foreign >= expected) return;
  const unknown =
    subnets.filter(isUnknownSubnet).length +
    sets.reduce((sum, set) => sum + set.unknown, 0) +
    (resources.some((resource) => zonesOf(resource)?.isUnknown() === true) ? Infinity : 0);
  const [first] = resources;
  const at = properties[0].property;
  if (found + foreign + unknown >= expected) {
    yield unknownValue(first, at);
    return;
  }
  yield violation(first, {
    at,
    got: described(found, subnets.length, foreign),
    expected: `at least ${expected} zones`,
    fix: `pass the ids of subnets that this stack declares in different zones, or of at least ${expected} subnets of another stack`,
  });
}

/** Where the zones come from, without what there is none of. */
function described(zones: number, own: number, foreign: number): string {
  const here = own > 0 ? [`${counted(zones, "zone")} in ${counted(own, "subnet")} of this stack`] : [];
  const byName = own === 0 && zones > 0 ? [`${counted(zones, "zone")} by its name`] : [];
  const there = foreign > 0 ? [`${counted(foreign, "subnet")} of another stack`] : [];
  const all = [...here, ...byName, ...there];
  return all.length === 0 ? "no subnet" : all.join(", and ");
}

/** Subnets of this stack, how many are another's, and whether a preview hides which ones they are. */
function subnetsOf(stack: Stack, resource: Resource, { property, ids: idsOf }: SubnetProperty) {
  const subnets = stack.linked(resource, property).filter((linked) => linked.is(types.subnet));
  const field = idsOf(resource);
  const ids = field.isUnknown() ? [] : field.list();
  // An item that is no id describes a subnet of its own (subnetMappings).
  const known = new Set(ids.filter((id) => !id.isUnknown()).map((id) => valueOr(() => id.text(), id.path)));
  const foreign = Math.max(0, known.size - subnets.length);
  const unread = ids.filter((id) => id.isUnknown()).length;
  return {
    subnets,
    foreign,
    // A list that is unknown as a whole may name any number.
    unknown:
      field.isUnknown() && subnets.length === 0
        ? Infinity
        : Math.max(0, known.size + unread - subnets.length - foreign),
  };
}

const keys = ["availabilityZoneId", "availabilityZone"] as const;

function isUnknownSubnet(subnet: Resource): boolean {
  return (
    keys.every((key) => subnet.at(key).isUnknown() || !subnet.at(key).isSet()) &&
    keys.some((key) => subnet.at(key).isUnknown())
  );
}

/** Zones by id and by name cannot be compared (names differ by account), so the better of the two counts. */
function distinctZones(subnets: readonly Resource[]): number {
  const count = (key: string): number =>
    new Set(subnets.flatMap((subnet) => (subnet.at(key).isUnknown() ? [] : (subnet.at(key).text() ?? [])))).size;
  return Math.max(...keys.map(count));
}

function zonesOf(group: Resource): Field | undefined {
  return group.is(types.autoscalingGroup) ? group.at("availabilityZones") : undefined;
}

/** Zones that an Auto Scaling group names itself. */
function namedZones(group: Resource): number {
  const zones = zonesOf(group);
  return zones?.shape() === "list" ? new Set(zones.texts()).size : 0;
}
