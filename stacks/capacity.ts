/** Whether a pool can run the add-ons while one of its nodes is away: for a roll, an upgrade or a fault. */
import type { Problem } from "../components/core/checks";
import type { Environment } from "./environment";

interface Capacity {
  /** Virtual CPUs. */
  readonly cpu: number;
  readonly memoryGiB: number;
}

/** Read 2026-11-21: https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html */
const INSTANCES: Readonly<Record<string, Capacity>> = {
  "t3.medium": { cpu: 2, memoryGiB: 4 },
  "t3.large": { cpu: 2, memoryGiB: 8 },
  "t3.xlarge": { cpu: 4, memoryGiB: 16 },
  "t3.2xlarge": { cpu: 8, memoryGiB: 32 },
  "m6i.large": { cpu: 2, memoryGiB: 8 },
  "m6i.xlarge": { cpu: 4, memoryGiB: 16 },
  "m6i.2xlarge": { cpu: 8, memoryGiB: 32 },
  "m7i.large": { cpu: 2, memoryGiB: 8 },
  "m7i.xlarge": { cpu: 4, memoryGiB: 16 },
  "m7i.2xlarge": { cpu: 8, memoryGiB: 32 },
};

/** What a node keeps for itself and for the daemons of every node; an upper bound for the types above. */
const KEPT: Capacity = { cpu: 0.3, memoryGiB: 1.3 };

/** Requests of all add-ons at their least count, rendered from the pinned charts with this repository's values. */
const REQUESTS: Readonly<Record<Environment["profile"], Capacity>> = {
  production: { cpu: 6.7, memoryGiB: 15.9 },
  dev: { cpu: 1.5, memoryGiB: 4 },
};

/** Everything that is wrong with the system pool's capacity; empty when one node may be away. */
export function capacityProblems({ profile, pools, systemPool }: Environment): Problem[] {
  const pool = pools[systemPool];
  if (pool === undefined) return [];
  const node = INSTANCES[pool.instanceType];
  const path = `pools.${systemPool}`;
  if (node === undefined) {
    const allowed = Object.keys(INSTANCES).join(", ");
    const fix = "Add the type with CPU and memory to stacks/capacity.ts: nobody knows whether the add-ons fit.";
    return [{ path: `${path}.instanceType`, got: pool.instanceType, allowed, fix }];
  }
  const nodes = pool.size.min - 1;
  const free = { cpu: nodes * (node.cpu - KEPT.cpu), memoryGiB: nodes * (node.memoryGiB - KEPT.memoryGiB) };
  const wanted = REQUESTS[profile];
  if (free.cpu >= wanted.cpu && free.memoryGiB >= wanted.memoryGiB) return [];
  return [
    {
      path,
      got: `${pool.size.min} ${pool.instanceType}, with one away ${free.cpu.toFixed(1)} CPU and ${free.memoryGiB.toFixed(1)} GiB`,
      allowed: `${wanted.cpu} CPU and ${wanted.memoryGiB} GiB, the requests of the add-ons in profile ${profile}`,
      fix: "Raise min or take a larger type: while a node is replaced, add-ons would stay pending.",
    },
  ];
}
