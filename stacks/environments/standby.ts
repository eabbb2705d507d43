/** A leg of a failover pair in standby: no traffic, no pages, no jobs. */
import type { Problem } from "@fridayproof/components/core";
import type { NodePoolSize } from "@fridayproof/components/plan";
import type { Environment, EnvironmentInput } from "./schema";

type Leg = Pick<Environment, "pools" | "standby">;

/** Whether the environment is in standby. */
export function standsBy({ standby }: Pick<EnvironmentInput, "standby">): boolean {
  return standby !== undefined;
}

/** How many nodes a pool has in the state that its environment is in. The maximum size never changes: a failover needs it. */
export function poolSize({ pools, standby }: Pick<EnvironmentInput, "pools" | "standby">, pool: string): NodePoolSize {
  const size = pools[pool]?.size;
  if (size === undefined) throw new Error(`there is no pool ${pool}`);
  const nodes = standby?.nodes?.[pool];
  return nodes === undefined ? size : { ...size, min: nodes, desired: nodes };
}

/** Problems with an environment's standby; empty where nothing is wrong. Pool sizes are checked as in every environment. */
export function standbyProblems({ role, pools, standby }: Leg & Pick<Environment, "role">): Problem[] {
  if (standby === undefined) return [];
  if (role === "none") {
    const fix = "Leave it out: nothing would serve while it stands by.";
    return [{ path: "standby", got: standby, allowed: "nothing, unless role is primary or replica", fix }];
  }
  return Object.keys(standby.nodes ?? {})
    .filter((pool) => pools[pool] === undefined)
    .map((pool) => ({
      path: `standby.nodes.${pool}`,
      got: pool,
      allowed: `one of ${Object.keys(pools).join(", ")}`,
      fix: "Name a pool of the environment.",
    }));
}
