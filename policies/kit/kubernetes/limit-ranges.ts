/** Defaults of LimitRanges for containers that state no resources. */
import { groupPairs } from "@fridayproof/components/core";
import { valueOr } from "../reading/field";
import { namespaceOf } from "./kubernetes";
import { perStack, type Resource, type Stack } from "../reading/resource";
import { types } from "../reading/types";

/** A member of a container's resources, such as the limit of memory. */
export interface StatedBound {
  readonly bound: "requests" | "limits";
  readonly resource: string;
}

/** Defaults for containers by namespace. */
const defaults = perStack((stack) =>
  groupPairs(
    stack.of(types.limitRange).flatMap((range) => {
      const bounds = valueOr(() => defaultsOf(range), []);
      return bounds.map((bound) => [namespaceOf(range), bound] as const);
    }),
  ),
);

/** Defaults of the namespace's ranges; a range that cannot be read gives none. */
export function defaultsIn(stack: Stack, namespace: string): readonly StatedBound[] {
  return defaults(stack).get(namespace) ?? [];
}

/** A default limit is the default request where none is stated; a maximum is the default limit (Kubernetes, LimitRange).
 * @throws UnknownRead @throws MalformedRead */
export function defaultsOf(range: Resource): readonly StatedBound[] {
  namespaceOf(range);
  return range
    .at("spec", "limits")
    .list()
    .filter((entry) => entry.at("type").text() === "Container")
    .flatMap((entry) => {
      const keys = (key: string): readonly string[] =>
        entry
          .at(key)
          .members()
          .map(([resource]) => resource);
      const limited = [...keys("default"), ...keys("max")];
      return [
        ...limited.map((resource) => ({ bound: "limits" as const, resource })),
        ...[...limited, ...keys("defaultRequest")].map((resource) => ({ bound: "requests" as const, resource })),
      ];
    });
}
