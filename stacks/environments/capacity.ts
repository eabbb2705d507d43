/** Whether a pool can run the add-ons while one of its nodes is away: for a roll, an upgrade or a fault. */
import { instanceTypes, isInstanceType, type Problem } from "@fridayproof/components/core";
import type { Environment } from "./schema";
import { addonRequests, type Capacity } from "./requests";

/** What a node keeps for itself and for the daemons of every node; an upper bound for the types above. */
export const KEPT: Capacity = { cpu: 0.3, memoryGiB: 1.3 };

/** Virtual CPUs of an instance type; undefined for a type without a row. */
export function cpusOf(instanceType: string): number | undefined {
  return isInstanceType(instanceType) ? instanceTypes[instanceType].cpu : undefined;
}

/** Everything that is wrong with the system pool's capacity; empty when one node may be away. */
export function capacityProblems({ profile, pools, systemPool }: Environment): Problem[] {
  const pool = pools[systemPool];
  if (pool === undefined) return [];
  // What a type without a row holds is unknown; that it has none is told by the pools' own check.
  if (!isInstanceType(pool.instanceType)) return [];
  const node = instanceTypes[pool.instanceType];
  const path = `pools.${systemPool}`;
  const nodes = pool.size.min - 1;
  const free = { cpu: nodes * (node.cpu - KEPT.cpu), memoryGiB: nodes * (node.memoryGiB - KEPT.memoryGiB) };
  const expected = addonRequests(profile);
  if (free.cpu >= expected.cpu && free.memoryGiB >= expected.memoryGiB) return [];
  return [
    {
      path,
      got: `${pool.size.min} ${pool.instanceType}, with one away ${free.cpu.toFixed(1)} CPU and ${free.memoryGiB.toFixed(1)} GiB`,
      allowed: `${expected.cpu.toFixed(1)} CPU and ${expected.memoryGiB.toFixed(1)} GiB, the requests of the add-ons in profile ${profile}`,
      fix: "Raise min or take a larger type: while a node is replaced, add-ons would stay pending.",
    },
  ];
}
