/** Weights of a canary without a router: Argo Rollouts keeps them by numbers of pods, which few pods cannot. */
import { amountOf } from "../../kit/reading/amount";
import { percentOf, type PodShare, podsOfWeight } from "../../kit/argo-rollouts/basic-canary";
import { canaryOf, firstReaching, isComplete, type Step } from "../../kit/argo-rollouts/canary";
import { counted } from "@fridayproof/components/core";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { either, fix, type Remedy, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { reportUnreadable } from "../../kit/rule/rule";
import { autoscalerOf, type Least, leastServing, mostOf, scalers, targetOf } from "../../kit/kubernetes/scaling";
import { isRoutedCanary } from "../../kit/kubernetes/surge";
import { types } from "../../kit/reading/types";
import { replicasOf } from "../../kit/kubernetes/workloads";
import { fixesForSeveralPods } from "../replicas/replicas";

/** Autoscalers that cannot be read, where the pods of a canary count. */
export function* unreadableScalers(stack: Stack): Iterable<Finding> {
  const counts = (rollout: Resource): boolean => valueOr(() => countsPods(rollout), true);
  if (stack.of(types.rollout).some(counts))
    yield* reportUnreadable(stack.of(...scalers), (scaler) => [targetOf(scaler), leastServing(scaler)]);
}

/** Whether a weight of the rollout is a number of pods. */
function countsPods(rollout: Resource): boolean {
  return isComplete(rollout) && !isRoutedCanary(canaryOf(rollout));
}

/** The first weight as the pods give it: one of three pods has a third of the users, whatever the step says. */
export function* checkPods(stack: Stack, rollout: Resource, steps: readonly Step[], most: number): Iterable<Finding> {
  const first = firstReaching(steps);
  const weight = first?.share;
  // An unknown weight is reported elsewhere, and so is one that is too large by itself.
  if (first === undefined || weight === undefined || weight > most) return;
  const few = fewPods(stack, rollout, weight, most);
  if (few === undefined) return;
  const at = first.field.at("setWeight");
  const { got, smaller, more } = few;
  yield violation(rollout, {
    at: at.path,
    got: `${weight} % without a router, which is ${got}`,
    expected: `at most ${most} %, by enough pods or by trafficRouting`,
    fix: smaller === undefined ? more : either(set(at, smaller), more),
  });
}

/** Too few pods for a weight. */
interface FewPods {
  readonly got: string;
  /** The largest weight that the pods can give. */
  readonly smaller: number | undefined;
  readonly more: Remedy;
}

/** What is wrong with the pods for the weight; undefined where they give it, or where a router splits the requests. */
function fewPods(stack: Stack, rollout: Resource, weight: number, most: number): FewPods | undefined {
  if (!countsPods(rollout)) return undefined;
  const scaler = autoscalerOf(stack, rollout);
  const { field, pods } = scaler === undefined ? ownPods(rollout) : leastServing(scaler);
  const surge = amountOf(canaryOf(rollout).at("maxSurge"));
  const at = (replicas: number, percent: number): PodShare =>
    podsOfWeight({ replicas, weight: percent, maySurge: surge?.value !== 0 });
  const holds = (share: PodShare): boolean => share.canary > 0 && percentOf(share) <= most;
  const share = at(pods, weight);
  if (pods === 0 || holds(share)) return undefined;
  let [enough, smaller] = [pods + 1, weight - 1];
  while (!holds(at(enough, weight))) enough += 1;
  while (smaller > 0 && !holds(at(pods, smaller))) smaller -= 1;
  return {
    got: words(share),
    smaller: smaller > 0 ? smaller : undefined,
    more: scaler === undefined ? raised(stack, rollout, field, enough) : scaled(scaler, field, enough),
  };
}

/** More pods, where a weight needs them; nothing where they give it, or where a router splits the requests. */
export function podsFor(stack: Stack, rollout: Resource, weight: number, most: number): readonly Remedy[] {
  const few = fewPods(stack, rollout, weight, most);
  return few === undefined ? [] : [few.more];
}

/** Pods of a rollout that nothing scales. */
function ownPods(rollout: Resource): Least {
  return { field: rollout.at("spec", "replicas"), pods: replicasOf(rollout) };
}

function words(share: PodShare): string {
  const { canary, all } = share;
  if (canary === 0) return `none of ${counted(all, "pod")}: nobody has the version before everybody has it`;
  return `${canary} of ${counted(all, "pod")}: ${Math.round(percentOf(share))} % of the users`;
}

/** More pods of the rollout's own; several need what one alone does not. */
function raised(stack: Stack, rollout: Resource, field: Field, enough: number): Remedy {
  const company = replicasOf(rollout) > 1 ? [] : fixesForSeveralPods(stack, rollout);
  return together([fix`${set(field, enough)} or more`, ...company]);
}

/** Times the least that an autoscaler may grow to where its own most leaves no room. */
const growth = 2;

/** More pods by the autoscaler, which has somewhere to go above them. */
function scaled(scaler: Resource, field: Field, enough: number): Remedy {
  const most = mostOf(scaler);
  const grows = (most.number() ?? Infinity) > enough;
  const higher = grows ? [] : [set(most, growth * enough, scaler)];
  return together([fix`${set(field, enough, scaler)} or more`, ...higher]);
}
