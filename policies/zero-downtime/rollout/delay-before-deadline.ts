/** How long old pods stay beside the deadline of a release: decision 50. */
import { fullWeight } from "../../kit/argo-rollouts/canary";
import { type Remedy, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { releaseLimits } from "../../limits/releases";

/** Seconds after which a release without progress is given up. */
export function deadlineOf(rollout: Resource): number {
  return rollout.at("spec", "progressDeadlineSeconds").number() ?? releaseLimits.deadlineByDefault.value;
}

/** Seconds for which old pods stay. */
export function delayOf(rollout: Resource): number {
  const stated = rollout.at("spec", "strategy", "canary", "scaleDownDelaySeconds").number();
  return stated ?? releaseLimits.scaleDownDelayByDefault.value;
}

/** Whether the end of a good release would count as a failure: old pods behind a router outlive the deadline. */
export function outlives(rollout: Resource, deadline: number): boolean {
  return rollout.at("spec", "strategy", "canary", "trafficRouting").isSet() && delayOf(rollout) >= deadline;
}

/** Two numbers of which the first is below the second; `deadline` is given where the rollout's own leaves no room. */
export interface Patience {
  readonly delay: number;
  readonly deadline?: number;
}

/** How long old pods may stay below a deadline, for at least as long as a load balancer needs to let go of them. */
export function patience(deadline: number, least: number): Patience {
  const below = Math.floor((deadline * releaseLimits.delayOfDeadline.value) / fullWeight);
  const { scaleDownDelay, deadlineByDefault } = releaseLimits;
  const delay = Math.min(scaleDownDelay.value, below);
  return delay >= least ? { delay } : { delay: scaleDownDelay.value, deadline: deadlineByDefault.value };
}

/** {@link patience} as changes of the strategy at the path. */
export function patiently(owner: string, { delay, deadline }: Patience): readonly Remedy[] {
  const longer = deadline === undefined ? [] : [set("spec.progressDeadlineSeconds", deadline)];
  return [set(`${owner}.scaleDownDelaySeconds`, delay), ...longer];
}
