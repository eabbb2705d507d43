/** Checks how nodes are replaced: in which order, from how many instance types, and how many may be gone meanwhile. */
import { nodeLimits } from "../../limits/nodes";
import { type Finding, valueText, violation } from "../../kit/finding/finding";
import { fix, remove, set } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";

/** An update brings a new node before it takes an old one away. Source: EKS API, NodegroupUpdateConfig, updateStrategy. */
export function* checkStrategy(group: Resource): Iterable<Finding> {
  const field = group.at("updateConfig", "updateStrategy");
  const strategy = field.text();
  if (strategy === undefined || strategy.toUpperCase() === "DEFAULT") return;
  const got = strategy === "MINIMAL" ? "MINIMAL, which ends old nodes first" : valueText(strategy);
  yield violation(group, { at: field.path, got, expected: "DEFAULT", fix: remove(field) });
}

/** A pool of Spot instances has several types: EC2 reclaims by type and zone. */
export function* checkSpot(stack: Stack, pool: readonly [Resource, ...Resource[]]): Iterable<Finding> {
  const spot = pool.filter((group) => group.at("capacityType").text()?.toUpperCase() === "SPOT");
  const [first] = spot;
  if (first === undefined || spot.length < pool.length) return;
  const known = spot.map((group) => typesOf(stack, group));
  const distinct = new Set(known.flat());
  const least = nodeLimits.spotTypesAtLeast.value;
  if (known.some(({ length }) => length === 0) || distinct.size >= least) return;
  yield violation(first, {
    at: "capacityType",
    got: `SPOT with ${distinct.size} instance type`,
    expected: `at least ${least} types in the pool, or some nodes ON_DEMAND`,
    fix: set(first.at("capacityType"), "ON_DEMAND"),
  });
}

/** Instance types that the group may start; empty where they cannot be seen. */
function typesOf(stack: Stack, group: Resource): readonly string[] {
  const own = group.at("instanceTypes").texts();
  if (own.length > 0) return own;
  const templates = stack.linked(group, "launchTemplate").filter((linked) => linked.is(types.launchTemplate));
  return templates.flatMap((template) => template.at("instanceType").text() ?? []);
}

/** What an Auto Scaling group keeps while it replaces its instances. Source: EC2 Auto Scaling API, RefreshPreferences. */
export function* checkRefresh(group: Resource, least: number): Iterable<Finding> {
  const field = group.at("instanceRefresh", "preferences", "minHealthyPercentage");
  const kept = field.number();
  if (kept === undefined || kept >= least) return;
  yield violation(group, {
    at: field.path,
    got: `${kept}%`,
    expected: `at least ${least}%`,
    fix: fix`${remove(field)}: the default is 90 %`,
  });
}
