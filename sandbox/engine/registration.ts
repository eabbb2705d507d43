/** A registration's request and response. */
import type { Goal } from "../state/goal";
import type { PropertyDependencies, ResourceState } from "../state/resource-state";
import type { PropertyMap } from "../property/values";
import type { Deployment } from "./deployment";

/** A resource under registration. */
export interface Registration {
  readonly goal: Goal;
  readonly urn: string;
  /** As it was before this run, under this URN or an alias. */
  readonly old: ResourceState | undefined;
}

/** What the program gets back. */
export interface Reply {
  readonly urn: string;
  /** Empty while unknown. */
  readonly id: string;
  readonly outputs: PropertyMap;
  /** Only for remote components: which resources an output came from. */
  readonly propertyDependencies?: PropertyDependencies;
}

/** Registers a resource: an argument of what needs another resource first, so that the two files do not import each other. */
export type Register = (deployment: Deployment, goal: Goal) => Promise<Reply>;
