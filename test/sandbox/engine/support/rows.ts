/** Generated resource graphs: each resource may need any that come before it. */
import fc from "fast-check";
import type { ResourceState } from "../../../../sandbox/state/resource-state";
import { makeUrn } from "../../../../sandbox/property/urn";

/** For each resource, the indexes of those it needs. */
export type GraphShape = readonly (readonly number[])[];

const MOST_RESOURCES = 8;

/** Acyclic by construction. */
export const graphs: fc.Arbitrary<GraphShape> = fc
  .array(fc.uniqueArray(fc.nat(MOST_RESOURCES), { maxLength: 3 }), { maxLength: MOST_RESOURCES })
  .map((shape) => shape.map((needs, index) => needs.filter((need) => need < index)));

/** URN of the resource at an index. */
export function urnAt(index: number): string {
  return makeUrn("dev", "p", undefined, "t:t:T", `r${index}`);
}

/** The graph as rows of a state: what a resource needs flows into its property `input`. */
export function rowsOf(shape: GraphShape): ResourceState[] {
  return shape.map((needs, index) => ({
    urn: urnAt(index),
    custom: true,
    id: `id-${index}`,
    type: "t:t:T",
    inputs: { input: needs.map((need) => `id-${need}`) },
    outputs: {},
    dependencies: needs.map(urnAt),
    propertyDependencies: { input: needs.map(urnAt) },
  }));
}
