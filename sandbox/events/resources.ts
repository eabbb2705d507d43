/** The resources of a run before and after it, as plain data with secrets opened, for the cost tables. */
import { isDefaultProvider, typeOf } from "../property/urn";
import { plainMap } from "../property/values";
import type { ResourceState } from "../state/resource-state";
import type { RunResult } from "./events";

/** A resource without its secrets' envelopes; what is made of it must not print inputs. */
export type OpenedResource = Pick<ResourceState, "urn" | "type" | "custom" | "provider" | "propertyDependencies"> & {
  readonly inputs: Readonly<Record<string, unknown>>;
};

function opened({ urn, type, custom, provider, propertyDependencies, inputs }: ResourceState): OpenedResource {
  return { urn, type, custom, provider, propertyDependencies, inputs: plainMap(inputs ?? {}) };
}

/** Providers that no program declared: they are no change, and resources are in the region that they name. */
function defaultProviders(known: RunResult["known"]): readonly OpenedResource[] {
  const byUrn = new Map(known.filter(({ urn }) => isDefaultProvider(urn)).map((row) => [row.urn, row]));
  return [...byUrn.values()].map(({ urn, custom, outputs = {} }) => ({
    ...{ urn, type: typeOf(urn), custom, propertyDependencies: {} },
    inputs: plainMap(outputs),
  }));
}

/** What stood before the run. */
export function resourcesBefore({ changes, known }: Pick<RunResult, "changes" | "known">): readonly OpenedResource[] {
  return [...defaultProviders(known), ...changes.flatMap(({ old }) => (old === undefined ? [] : [opened(old)]))];
}

/** What stands after it, or would. */
export function resourcesAfter({ changes, known }: Pick<RunResult, "changes" | "known">): readonly OpenedResource[] {
  const standing = changes.flatMap(({ op, now }) => (op === "delete" || now === undefined ? [] : [opened(now)]));
  return [...defaultProviders(known), ...standing];
}
