/** Ranges of a namespace against what its containers state: the API server refuses each pod that leaves them. */
import { groupBy } from "@fridayproof/components/core";
import { quantityOf } from "../../kit/reading/amount";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, valueText, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { podsOf } from "../../kit/kubernetes/pods";
import { example, set } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";
import { running } from "../../kit/kubernetes/workloads";

/** Kinds whose pods a range checks. */
export const ranged = [...running, types.pod, types.job, types.cronJob, types.scaledJob] as const;

/** One amount that a container states. */
interface Stated {
  readonly owner: Resource;
  readonly resource: string;
  readonly field: Field;
  readonly amount: number;
  /** Whether it is a request of a container that states no limit: what the range gives is its limit then. */
  readonly unlimited: boolean;
}

/** Reads whatever the workload's containers state, and where the workload is.
 * @throws UnknownRead @throws MalformedRead */
export function statedBy(owner: Resource): readonly Stated[] {
  namespaceOf(owner);
  const containers = podsOf(owner).flatMap((pods) => pods.containers.map(({ field }) => field));
  return containers.flatMap((container) =>
    ["requests", "limits"].flatMap((bound) =>
      container
        .at("resources", bound)
        .members()
        .flatMap(([resource, field]) => {
          const amount = quantityOf(field);
          const unlimited = bound === "requests" && !container.at("resources", "limits", resource).isSet();
          return amount === undefined ? [] : [{ owner, resource, field, amount, unlimited }];
        }),
    ),
  );
}

const byNamespace = perStack((stack) =>
  groupBy(
    stack.of(...ranged).flatMap((owner) => valueOr(() => statedBy(owner), [])),
    ({ owner }) => namespaceOf(owner),
  ),
);

/** Bounds of single containers. Source: plugin/pkg/admission/limitranger, PodValidateLimitFunc. */
export function* checkRange(stack: Stack, range: Resource): Iterable<Finding> {
  const stated = byNamespace(stack).get(namespaceOf(range)) ?? [];
  for (const entry of range.at("spec", "limits").list()) {
    if (entry.at("type").text() !== "Container") continue;
    yield* checkDefaultLimit(range, entry, stated);
    for (const bound of ["max", "min"] as const)
      for (const [resource, field] of entry.at(bound).members()) {
        const edge = quantityOf(field) ?? 0;
        const far = stated.filter((one) => one.resource === resource && outside(bound, one.amount, edge));
        const [furthest] = far.toSorted((one, other) => (bound === "max" ? -1 : 1) * (one.amount - other.amount));
        if (furthest === undefined) continue;
        const word = furthest.field.textOrEmpty();
        yield violation(range, {
          at: field.path,
          got: `${valueText(field.text())}, where a container of ${nameOr(objectName(furthest.owner), "a workload")} states ${valueText(word)}`,
          expected: `${bound === "max" ? "at least" : "at most"} ${valueText(word)}: the API refuses the pod otherwise`,
          fix: example(
            set(field, furthest.field.value()),
            `state ${bound === "max" ? "less" : "more"} in the container`,
          ),
        });
      }
  }
}

/** Limits that containers get which state none: below a request the pod is refused. Source: mergeContainerResources. */
function* checkDefaultLimit(range: Resource, entry: Field, stated: readonly Stated[]): Iterable<Finding> {
  for (const [resource, field] of entry.at("default").members()) {
    const limit = quantityOf(field) ?? 0;
    const over = stated.filter((one) => one.unlimited && one.resource === resource && one.amount > limit);
    const [most] = over.toSorted((one, other) => other.amount - one.amount);
    if (most === undefined) continue;
    const word = most.field.textOrEmpty();
    yield violation(range, {
      at: field.path,
      got: `${valueText(field.text())} as the limit of each container without one, where one of ${nameOr(objectName(most.owner), "a workload")} requests ${valueText(word)}`,
      expected: `at least ${valueText(word)}: the API refuses the pod otherwise`,
      fix: example(set(field, most.field.value()), "state a limit in the container"),
    });
  }
}

function outside(bound: "max" | "min", amount: number, edge: number): boolean {
  return bound === "max" ? amount > edge : amount < edge;
}
