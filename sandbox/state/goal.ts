/** A program's goal for one resource: what the state will record of it, and what only the run needs. */
import type { ResourceState } from "./resource-state";
import type { PropertyMap } from "../property/values";

/** Fields of a resource that a program may leave out. */
type Optional =
  "parent" | "provider" | "protect" | "retainOnDelete" | "deletedWith" | "customTimeouts" | "sourcePosition";

/** Fields of a resource that are empty where a program leaves them out. */
type Defaulted =
  "inputs" | "dependencies" | "propertyDependencies" | "additionalSecretOutputs" | "ignoreChanges" | "replaceOnChanges";

/** A resource as declared. An unset `protect`, `retainOnDelete` or `deletedWith` is the parent's; an unset `provider`, the engine's choice. */
export interface Goal
  extends Pick<ResourceState, "type" | "custom" | Optional>, Required<Pick<ResourceState, Defaulted>> {
  readonly name: string;
  /** Package to provider reference: for the children of a component. */
  readonly providers: Readonly<Record<string, string>>;
  /** Package version: names the default provider. */
  readonly version: string;
  /** Unset leaves it to the provider. */
  readonly deleteBeforeReplace?: boolean;
  /** URNs the resource may have had. */
  readonly aliases: readonly string[];
}

/** A goal with defaults for all that is not given. */
export function goalWith(parts: Pick<Goal, "type" | "name" | "custom"> & Partial<Goal>): Goal {
  return {
    inputs: {},
    dependencies: [],
    propertyDependencies: {},
    additionalSecretOutputs: [],
    ignoreChanges: [],
    replaceOnChanges: [],
    providers: {},
    version: "",
    aliases: [],
    ...parts,
  };
}

/** The state of a goal: everything but what the provider returns. */
export function stateOf(goal: Goal, urn: string, inputs: PropertyMap, old: ResourceState | undefined): ResourceState {
  const { name: _n, providers: _p, version: _v, deleteBeforeReplace: _d, aliases: _a, ...declared } = goal;
  return { ...declared, urn, inputs, created: old?.created, modified: old?.modified };
}
