/** Whether a pool can run the add-ons while one of its nodes is away: for a roll, an upgrade or a fault. */
import { type InstanceType, instanceTypes, isInstanceType, type Problem } from "@fridayproof/components/core";
import type { Environment } from "./schema";
import { addonRequests, type Capacity } from "./requests";

/** CPU and memory reserved for the node and its DaemonSets; an upper bound for the types above. */
export const KEPT: Capacity = { cpu: 0.3, memoryGiB: 1.3 };

/** Virtual CPUs of an instance type; undefined for a type without a row. */
export function cpusOf(instanceType: string): number | undefined {
  return isInstanceType(instanceType) ? instanceTypes[instanceType].cpu : undefined;
}

/**
 * What is wrong with the nodes that run the add-ons while the environment stands by: they need room, but not for the loss of
 * a node, because there is no traffic. No node at all is a choice: then nothing runs that would need room.
 */
function standbyCapacityProblems({ profile, pools, systemPool, standby }: Environment): Problem[] {
  const nodes = standby?.nodes?.[systemPool];
  const pool = pools[systemPool];
  if (pool === undefined || nodes === undefined || nodes === 0 || !isInstanceType(pool.instanceType)) return [];
  const free = freeOf(pool.instanceType, nodes);
  const expected = addonRequests(profile);
  if (isRoom(free, expected)) return [];
  return [
    {
      path: `standby.nodes.${systemPool}`,
      got: `${nodes} ${pool.instanceType}, together ${text(free)}`,
      allowed: `0, or ${text(expected)}, the requests of the add-ons in profile ${profile}`,
      fix: "Let more nodes stand: add-ons would stay pending. Without any, none of them runs.",
    },
  ];
}

/** Allocatable CPU and memory of nodes of a type. */
function freeOf(instanceType: InstanceType, nodes: number): Capacity {
  const node = instanceTypes[instanceType];
  return { cpu: nodes * (node.cpu - KEPT.cpu), memoryGiB: nodes * (node.memoryGiB - KEPT.memoryGiB) };
}

const isRoom = (free: Capacity, expected: Capacity): boolean =>
  free.cpu >= expected.cpu && free.memoryGiB >= expected.memoryGiB;

const text = ({ cpu, memoryGiB }: Capacity): string => `${cpu.toFixed(1)} CPU and ${memoryGiB.toFixed(1)} GiB`;

/** Everything that is wrong with the system pool's capacity; empty when one node may be away. */
export function capacityProblems(environment: Environment): Problem[] {
  return [...servingCapacityProblems(environment), ...standbyCapacityProblems(environment)];
}

function servingCapacityProblems({ profile, pools, systemPool }: Environment): Problem[] {
  const pool = pools[systemPool];
  if (pool === undefined) return [];
  // The size of a type without a row is unknown. The check of node pools reports the missing row.
  if (!isInstanceType(pool.instanceType)) return [];
  const path = `pools.${systemPool}`;
  const free = freeOf(pool.instanceType, pool.size.min - 1);
  const expected = addonRequests(profile);
  if (isRoom(free, expected)) return [];
  return [
    {
      path,
      got: `${pool.size.min} ${pool.instanceType}, with one away ${text(free)}`,
      allowed: `${text(expected)}, the requests of the add-ons in profile ${profile}`,
      fix: "Raise min or take a larger type: while a node is replaced, add-ons would stay pending.",
    },
  ];
}
