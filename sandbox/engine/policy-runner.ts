/** What the engine asks of the policies, whoever runs them. */
import type { PolicyFinding } from "../events/events";
import type { PropertyMap } from "../property/values";
import type { Goal } from "../state/goal";
import type { ResourceState } from "../state/resource-state";

/** What the policies say of one resource. */
export interface Verdict {
  /** The inputs, changed by remediations. */
  readonly inputs: PropertyMap;
  readonly findings: readonly PolicyFinding[];
  /** Whether a mandatory policy is violated. */
  readonly blocked: boolean;
}

/** Asks the policies. */
export interface PolicyRunner {
  /** Remediates, then analyses, one resource's checked inputs. */
  examine(resource: {
    goal: Goal;
    urn: string;
    inputs: PropertyMap;
    provider: ResourceState | undefined;
  }): Promise<Verdict>;
  /** Analyses all resources together, with their outputs. */
  examineStack(resources: readonly ResourceState[]): Promise<readonly PolicyFinding[]>;
  /** Ends the process. */
  stop(): void;
}
