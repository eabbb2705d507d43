/** A leg of a pair that stands by: no traffic, no pages, and nothing of it acts. */
import type { Problem } from "@fridayproof/components/core";
import type { NodePoolSize } from "@fridayproof/components/plan";
import type { Environment, EnvironmentInput } from "./schema";

type Leg = Pick<Environment, "pools" | "standby">;

/** Whether the environment stands by. */
export function standsBy({ standby }: Pick<EnvironmentInput, "standby">): boolean {
  return standby !== undefined;
}

/** How many nodes a pool has in the state that its environment is in. The most stays: what is to grow is not made smaller. */
export function poolSize({ pools, standby }: Pick<EnvironmentInput, "pools" | "standby">, pool: string): NodePoolSize {
  const size = pools[pool]?.size;
  if (size === undefined) throw new Error(`there is no pool ${pool}`);
  const nodes = standby?.nodes?.[pool];
  return nodes === undefined ? size : { ...size, min: nodes, desired: nodes };
}

/** What is wrong with how an environment stands by; empty where nothing is. Its pools' sizes are checked as those of all. */
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
