/** Whether an autoscaler adds pods in time: nothing holds it, and what it counts can reach its target. */
import { quantityOf } from "../../kit/reading/amount";
import { type Field, valueOr, MalformedRead, UnknownRead } from "../../kit/reading/field";
import { type Finding, unknownValue, violation } from "../../kit/finding/finding";
import { podsOf } from "../../kit/kubernetes/pods";
import { example, fix, remove, set } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { autoscalerOf, type Counted, countedBy, leastOf } from "../../kit/kubernetes/scaling";
import { types } from "../../kit/reading/types";
import { workloadLimits } from "../../limits/workloads";

const pauses = ["paused", "paused-replicas", "paused-scale-out"].map((word) => `autoscaling.keda.sh/${word}`);
/** What Go reads as false; KEDA takes anything else for true (executor, ParseBool). */
const off = /^(0|f|F|false|FALSE|False)$/;

/** KEDA starts nothing while an annotation says so, and in a file it says so for good. */
export function* checkPause(scaled: Resource): Iterable<Finding> {
  const annotations = scaled.at("metadata", "annotations");
  for (const key of pauses) {
    const field = annotations.at(key);
    if (!field.isSet() || (!key.endsWith("-replicas") && off.test(field.textOrEmpty()))) continue;
    yield violation(scaled, {
      at: field.path,
      got: "a pause that stands in a file, so that nothing is added at a peak",
      expected: "no pause: whoever needs one sets it in the cluster for as long",
      fix: remove(field),
    });
  }
}

/** The number of pods doubles in time. */
export function* checkGrowth(autoscaler: Resource): Iterable<Finding> {
  const holder = autoscaler.is(types.scaledObject)
    ? autoscaler.at("spec", "advanced", "horizontalPodAutoscalerConfig")
    : autoscaler.at("spec");
  const up = holder.at("behavior", "scaleUp");
  const [policy, window] = [up.at("selectPolicy"), up.at("stabilizationWindowSeconds")];
  const most = workloadLimits.growthWithin.value;
  if (policy.text() === "Disabled") {
    yield violation(autoscaler, {
      at: policy.path,
      got: "Disabled, so that no pod is ever added",
      expected: "an autoscaler that grows",
      fix: remove(policy),
    });
    return;
  }
  const waits = window.number() ?? 0;
  if (waits > most)
    yield violation(autoscaler, {
      at: window.path,
      got: `${waits} s until a need counts`,
      expected: `at most ${most} s`,
      fix: fix`${remove(window)}, which means at once`,
    });
  const seconds = doublesIn(up, leastOf(autoscaler).pods, policy.text() === "Min");
  if (seconds === undefined || seconds <= most) return;
  const policies = up.at("policies");
  yield violation(autoscaler, {
    at: policies.path,
    got: `${Math.ceil(seconds)} s until the fewest pods are twice as many`,
    expected: `at most ${most} s`,
    fix: fix`${remove(policies)}, which means twice as many every 15 s`,
  });
}

const percent = 100;

/** Seconds in which the policies let the minimum double; undefined where nothing is said. */
function doublesIn(up: Field, least: number, slowest: boolean): number | undefined {
  const each = up
    .at("policies")
    .list()
    .map((policy) => {
      const value = policy.at("value").number() ?? 0;
      const added = policy.at("type").text() === "Percent" ? Math.ceil((least * value) / percent) : value;
      return (Math.max(least, 1) / Math.max(added, Number.EPSILON)) * (policy.at("periodSeconds").number() ?? 0);
    });
  if (each.length === 0) return undefined;
  return slowest ? Math.max(...each) : Math.min(...each);
}

/** The autoscaler leaves alone what is within a tenth of its target (--horizontal-pod-autoscaler-tolerance). */
const tolerance = 1.1;

/** What is counted can exceed the target: no container uses more than its limit. */
export function* checkTargets(stack: Stack, workload: Resource): Iterable<Finding> {
  const autoscaler = autoscalerOf(stack, workload);
  if (autoscaler === undefined) return;
  const counted = valueOr(() => countedBy(autoscaler), []);
  for (const one of counted) yield* checkTarget(autoscaler, workload, one);
}

/** Reports unknown targets; malformed ones are reported by requests-stated. */
export function* readTargets(autoscaler: Resource): Iterable<Finding> {
  try {
    for (const { share } of countedBy(autoscaler)) share.number();
  } catch (error) {
    if (error instanceof UnknownRead) yield unknownValue(autoscaler, error.path);
    else if (!(error instanceof MalformedRead)) throw error;
  }
}

function* checkTarget(
  autoscaler: Resource,
  workload: Resource,
  { resource, container, share }: Counted,
): Iterable<Finding> {
  const target = valueOr(() => share.number(), undefined);
  const [sums] = podsOf(workload).map((pods) =>
    sumsOf(
      pods.containers.map(({ field, part }) => ({ field, part })),
      resource,
      container,
    ),
  );
  if (target === undefined || sums === undefined) return;
  const reached = (target / percent) * tolerance;
  const never = sums.limit !== undefined && sums.limit > 0 && reached * sums.request >= sums.limit;
  if (!never && (resource !== "cpu" || sums.limit !== undefined || reached < 1)) return;
  const usual = workloadLimits.utilisationUsual.value;
  yield violation(autoscaler, {
    at: share.path,
    got: never
      ? `${target}% of the requests, which the limits never let the containers exceed by a tenth`
      : `${target}% of the requests: pods come when all that is reserved is used`,
    expected: "a target that is reached before callers wait",
    fix: example(
      set(share, share.path.endsWith(".value") ? String(usual) : usual),
      "what leaves time for a pod to start",
    ),
    ...(never ? {} : { advisory: true }),
  });
}

interface Sums {
  readonly request: number;
  /** Undefined where a container has none. */
  readonly limit: number | undefined;
}

function sumsOf(
  all: readonly { readonly field: Field; readonly part: string }[],
  resource: string,
  only: string | undefined,
): Sums | undefined {
  const staying = all.filter(({ part, field }) => {
    const counts = part === "main" || part === "sidecar";
    return counts && (only === undefined || field.at("name").text() === only);
  });
  const limits = staying.map(({ field }) => quantityOf(field.at("resources", "limits", resource)));
  const requests = staying.map(
    ({ field }, index) => quantityOf(field.at("resources", "requests", resource)) ?? limits[index],
  );
  if (requests.includes(undefined)) return undefined;
  const sum = (amounts: readonly (number | undefined)[]): number =>
    amounts.reduce<number>((one, other) => one + (other ?? 0), 0);
  return { request: sum(requests), limit: limits.includes(undefined) ? undefined : sum(limits) };
}
