/** The engine's interface to the policies, whatever runs them. */
import type { PolicyFinding } from "../events/events";
import type { PropertyMap } from "../property/values";
import type { Goal } from "../state/goal";
import type { ResourceState } from "../state/resource-state";

/** Result of the policies for one resource. */
export interface Verdict {
  /** The inputs, changed by remediations. */
  readonly inputs: PropertyMap;
  readonly findings: readonly PolicyFinding[];
  /** Whether a mandatory policy is violated. */
  readonly blocked: boolean;
}

/** Runs the policies. */
export interface PolicyRunner {
  /** Remediates, then analyzes, one resource's checked inputs. */
  analyze(resource: {
    goal: Goal;
    urn: string;
    inputs: PropertyMap;
    provider: ResourceState | undefined;
  }): Promise<Verdict>;
  /** Analyzes all resources together, with their outputs. */
  analyzeStack(resources: readonly ResourceState[]): Promise<readonly PolicyFinding[]>;
  /** How many rules there are, once they were called for the first time; 0 before. */
  readonly rules: number;
  /** The plan is over and its update begins: what is still unknown from now on is no longer a matter of time. */
  beginUpdate(): Promise<void>;
  /** Ends the process. */
  stop(): void;
}
