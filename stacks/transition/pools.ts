/** What of a pool that stands cannot change in place: EKS would replace its node groups, and drain all their nodes at once. */
import { type Architecture, instanceTypes, isInstanceType, type Problem } from "@fridayproof/components/core";
import { colors } from "@fridayproof/components/plan";
import type { Environment } from "../environments/schema";
import type { Standing } from "./standing";

function architectureOf(instanceType: string | undefined): Architecture | undefined {
  return instanceType !== undefined && isInstanceType(instanceType)
    ? instanceTypes[instanceType].architecture
    : undefined;
}

/**
 * Pools whose nodes would get another processor. It chooses the AMI's kind, which a node group keeps for life
 * (terraform-provider-aws internal/service/eks/node_group.go, ami_type ForceNew). Where nothing is protected the engine
 * would replace the groups silently; where they are, its advice is to lift the protection.
 */
export function poolProblems(standing: Standing, { slots, pools }: Environment): Problem[] {
  return Object.entries(pools).flatMap(([pool, { instanceType }]): Problem[] => {
    const expected = architectureOf(instanceType);
    const stands = colors.flatMap((color) => {
      const type = slots[color] === undefined ? undefined : standing.slots[color]?.instanceTypes?.[pool];
      return type === undefined ? [] : [type];
    });
    const other = stands.find((type) => architectureOf(type) !== undefined && architectureOf(type) !== expected);
    if (other === undefined || expected === undefined) return [];
    const path = `pools.${pool}.instanceType`;
    const allowed = `a type for ${architectureOf(other)}, because the pool stands on ${other}`;
    const fix =
      `Add a pool of another name for ${expected}, run an update and move the pods; then set retiring: true on this one, ` +
      "run an update, and remove it: another processor would replace all node groups of the pool at once.";
    return [{ path, got: instanceType, allowed, fix }];
  });
}
