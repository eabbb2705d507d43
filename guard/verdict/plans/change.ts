/** The common form of plans of Pulumi and Terraform: resources, changes and references. */
import type { Secret, Values } from "./values";

/** The tool whose plan it is. */
export type Tool = "pulumi" | "terraform" | "opentofu";

/** The operation on a resource. `forget` removes it from the state without deleting it. */
export type Operation = "none" | "create" | "update" | "replace" | "delete" | "forget" | "read";

/** The order of a replacement; undefined where the plan does not state it. */
export type Order = "create-first" | "delete-first";

/** One property that changes. */
export interface ChangedPath {
  /** Names from the resource down, without list indexes, as the plan writes them. */
  readonly segments: readonly string[];
  readonly kind: "add" | "delete" | "update";
  readonly before: unknown;
  readonly after: unknown;
}

/** A resource of the plan, changed or not. */
export interface Resource {
  /** URN, or Terraform's address. */
  readonly address: string;
  /** Pulumi's token, whichever tool wrote the plan. */
  readonly type: string;
  /** The type as the plan names it. */
  readonly namedType: string;
  readonly operation: Operation;
  readonly order?: Order;
  /** Properties before; undefined for what is made. */
  readonly before?: Values;
  /** Properties after; undefined for what goes. */
  readonly after?: Values;
  readonly paths: readonly ChangedPath[];
  /** The plan's own reasons: replaceReasons, action_reason. */
  readonly reasons: readonly string[];
  /** Its address before: a move has no effect of its own. */
  readonly movedFrom?: string;
  readonly imported?: boolean;
  /** Protected from deletion by the tool (`protect`, `prevent_destroy`). */
  readonly protect?: boolean;
  /** Was protected from deletion by the tool, and is not any more. */
  readonly unprotected?: boolean;
  /** Its deletion only removes it from the state (`retainOnDelete`). */
  readonly retainOnDelete?: boolean;
  /** Pending deletion of an earlier run, beside another resource of the same address. */
  readonly deposed?: boolean;
  /** False for components. */
  readonly custom: boolean;
  /** The provider's own address or name. */
  readonly provider?: string;
  /** Address of the component around it. */
  readonly parent?: string;
  /** Where the program declares it, where the plan says so. */
  readonly declared?: Declaration;
}

/** A position in the program. */
export interface Declaration {
  /** File, from the project's folder. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
}

/** A reference from one resource to another. */
export interface Use {
  readonly user: string;
  readonly used: string;
  /** The referring property; undefined for a bare dependency. */
  readonly property?: string;
  /** Set where only one side of the run has the reference. */
  readonly side?: "before" | "after";
}

/** A plan. */
export interface Plan {
  readonly tool: Tool;
  readonly version?: string;
  readonly resources: readonly Resource[];
  readonly uses: readonly Use[];
  /** False where the plan leaves parts of the run out: targets, deferrals. */
  readonly complete: boolean;
  /** Whether unchanged resources are in it too, so that references can be followed. */
  readonly hasUnchanged: boolean;
  /** Notes of the reader: drift, deferrals, code that runs. */
  readonly notes: readonly Note[];
  /** Secrets in it beside its resources: variables, outputs. */
  readonly secrets?: readonly Secret[];
  /** Pulumi's steps as they were read; absent in plans of other tools. For readers that need more of them than a verdict. */
  readonly steps?: readonly Values[];
  /** Member of `fridayproof preview --json` beside the plan: findings of the rules, costs. Not used for the verdict. */
  readonly extension?: unknown;
}

/** A note about the plan as a whole. */
export interface Note {
  readonly text: string;
  /** Its own verdict; undefined for a remark. */
  readonly verdict?: "UNKNOWN";
}
