/** The resources of a run before and after it, as plain data with secrets opened, for the cost tables. */
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

/** What stood before the run. */
export function resourcesBefore({ changes }: Pick<RunResult, "changes">): readonly OpenedResource[] {
  return changes.flatMap(({ old }) => (old === undefined ? [] : [opened(old)]));
}

/** What stands after it, or would. */
export function resourcesAfter({ changes }: Pick<RunResult, "changes">): readonly OpenedResource[] {
  return changes.flatMap(({ op, now }) => (op === "delete" || now === undefined ? [] : [opened(now)]));
}
