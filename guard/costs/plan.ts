/** What a plan or a state declares, as far as its price depends on it; deployment v3's own names. */

import { splitReference } from "@fridayproof/components/core";
import { isMap, textOf } from "../verdict/plans/values";

/** A row of a plan or a state, with secrets opened. */
export interface PlannedResource {
  readonly urn: string;
  readonly type: string;
  /** False for components, which are names for their children. */
  readonly custom: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** `<provider urn>::<provider id>`. */
  readonly provider?: string;
  /** Which resources a property came from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** A plan with its resources by type. */
export interface Plan {
  readonly resources: readonly PlannedResource[];
  /** Those of this type that the property came from. */
  origins(resource: PlannedResource, property: string, type: string): readonly PlannedResource[];
  /** AWS region in which the resource is billed; undefined where nothing says it. */
  regionOf(resource: PlannedResource): string | undefined;
}

const AWS_PROVIDER = "pulumi:providers:aws";

/** The inner maps of an input, one by one: `part(inputs, "a", "b")` is `inputs.a.b`; empty where there is none. */
export function part(value: unknown, ...keys: readonly string[]): Readonly<Record<string, unknown>> {
  const inner = keys.reduce((outer, key) => (isMap(outer) ? outer[key] : undefined), value);
  return isMap(inner) ? inner : {};
}

/** Indexes a plan. */
export function planOf(resources: readonly PlannedResource[]): Plan {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const regions = new Map(
    resources
      .filter(({ type }) => type === AWS_PROVIDER)
      .flatMap(({ urn, inputs }) => (typeof inputs?.region === "string" ? [[urn, inputs.region] as const] : [])),
  );
  const only = regions.size === 1 ? [...regions.values()][0] : undefined;
  return {
    resources,
    origins: (resource, property, type) =>
      (resource.propertyDependencies?.[property] ?? []).flatMap((urn) => {
        const origin = byUrn.get(urn);
        return origin?.type === type ? [origin] : [];
      }),
    // The provider has a region, and each resource may name another. What a cluster makes lies where the cluster does:
    // in the one region of its stack.
    regionOf: ({ provider, inputs }) =>
      textOf(inputs?.region) ?? regions.get(splitReference(provider ?? "").urn) ?? only,
  };
}
