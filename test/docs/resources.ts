/** Resources inside of what a component gives: in lists, maps and records. */
import * as pulumi from "@pulumi/pulumi";

/** Every resource in the value. @throws Error on anything that is neither a resource nor holds some. */
export function resourcesIn(value: unknown): readonly pulumi.Resource[] {
  if (value === undefined) return [];
  if (pulumi.Resource.isInstance(value)) return [value];
  if (value instanceof Map) return [...value.values()].flatMap(resourcesIn);
  if (typeof value !== "object" || value === null) throw new Error(`not a resource: ${JSON.stringify(value)}`);
  return Object.values(value).flatMap(resourcesIn);
}

/** A resource's URN, once its run is over. */
export function urnOf({ urn }: pulumi.Resource): Promise<string> {
  return new Promise((resolve) => void urn.apply(resolve));
}
