/** Rule multi-az. */
import { policyLimits } from "../../components/core/limits/policies";
import { type Finding, violation } from "../kit/finding";
import { nodePools } from "../kit/node-pools";
import type { Resource, Stack } from "../kit/resource";
import { eachResource, stackRule } from "../kit/rule";
import { quantity } from "../kit/settings";
import { type Kind, types } from "../kit/types";

/** Where each kind names its subnets. */
const placed: readonly (readonly [Kind, readonly [string, ...string[]]])[] = [
  [types.cluster, ["vpcConfig"]],
  [types.loadBalancer, ["subnets", "subnetMappings"]],
];

/** The control plane, the nodes and the load balancer each stand in several zones. */
export const multiAz = stackRule({
  id: "multi-az",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A cluster, node pool or load balancer whose subnets lie in fewer than two availability zones.",
  prevents: "The loss of one zone takes the platform down.",
  source: "EKS best practices, Networking, subnets and multi-AZ; Security Hub ELB.13",
  settings: { zones: quantity(policyLimits.zonesAtLeast, "lower", { minimum: 1 }) },
  limits:
    "Zones are read from the subnets that the property was made from; subnets of another stack cannot be judged and fail. Node groups of one cluster with the same labels count as one pool.",
  examples: {
    bad: "new aws.eks.NodeGroup('apps', { subnetIds: [subnetInUse1Az1.id], ... })",
    good: "new aws.eks.NodeGroup('apps', { subnetIds: [inUse1Az1.id, inUse1Az2.id], ... })",
  },
  *check(stack, { zones }) {
    for (const [kind, properties] of placed)
      yield* eachResource(stack.of(kind), (resource) => judge(stack, [resource], properties, zones));
    for (const pool of nodePools(stack))
      yield* eachResource(pool.slice(0, 1), () => judge(stack, pool, ["subnetIds"], zones));
  },
});

function* judge(
  stack: Stack,
  resources: readonly [Resource, ...Resource[]],
  properties: readonly [string, ...string[]],
  wanted: number,
): Iterable<Finding> {
  const subnets = resources
    .flatMap((resource) => properties.flatMap((property) => stack.linked(resource, property)))
    .filter((linked) => linked.is(types.subnet));
  const found = distinctZones(subnets);
  if (found >= wanted) return;
  yield violation(resources[0], {
    at: properties[0],
    got: `${found} zone(s) in ${subnets.length} subnet(s) of this stack`,
    wanted: `at least ${wanted} zones`,
    fix: "pass the ids of subnets that this stack declares in different zones",
  });
}

/** Zones by id and by name cannot be compared (names differ by account), so the better of the two counts. */
function distinctZones(subnets: readonly Resource[]): number {
  const count = (key: string): number =>
    new Set(subnets.flatMap((subnet) => (subnet.at(key).isUnknown() ? [] : (subnet.at(key).text() ?? [])))).size;
  return Math.max(count("availabilityZoneId"), count("availabilityZone"));
}
