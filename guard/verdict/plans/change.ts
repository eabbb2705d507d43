/** A plan in one shape, whichever tool wrote it: what exists, what changes, and who uses whom. */
import type { Secret, Values } from "./values";

/** The tool whose plan it is. */
export type Tool = "pulumi" | "terraform" | "opentofu";

/** What becomes of a resource. `forget` leaves it alive and unmanaged. */
export type Operation = "none" | "create" | "update" | "replace" | "delete" | "forget" | "read";

/** What a replacement does first; undefined where the plan does not say. */
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
  /** What the plan says of the reason, as it says it: replaceReasons, action_reason. */
  readonly reasons: readonly string[];
  /** Where it stood before: a move has no effect of its own. */
  readonly movedFrom?: string;
  readonly imported?: boolean;
  /** The tool refuses to delete it. */
  readonly protect?: boolean;
  /** The tool refused to delete it until now, and does not any more. */
  readonly unprotected?: boolean;
  /** Its deletion leaves what it stands for alive. */
  readonly retainOnDelete?: boolean;
  /** Of two rows of one address, the one that an earlier run left over. */
  readonly deposed?: boolean;
  /** False for components, which are names for their children. */
  readonly custom: boolean;
  /** The provider's own address or name. */
  readonly provider?: string;
  /** Address of the component around it. */
  readonly parent?: string;
  /** Where the program declares it, where the plan says so. */
  readonly declared?: Declaration;
}

/** A place in the program. */
export interface Declaration {
  /** File, from the project's folder. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
}

/** One resource uses another. */
export interface Use {
  readonly user: string;
  readonly used: string;
  /** The user's property that says so; undefined for a bare order. */
  readonly property?: string;
  /** Where only one side of the run shows it: a user that no longer names it afterwards lets it go. */
  readonly side?: "before" | "after";
}

/** A plan that can have a verdict. */
export interface Plan {
  readonly tool: Tool;
  readonly version?: string;
  readonly resources: readonly Resource[];
  readonly uses: readonly Use[];
  /** False where parts of the run are left out: targets, deferrals. */
  readonly complete: boolean;
  /** Whether unchanged resources are in it too, so that whoever is served can be followed. */
  readonly hasUnchanged: boolean;
  /** What else a reader has to say: drift, deferrals, code that runs. */
  readonly notes: readonly Note[];
  /** Secrets that it states beside its resources: variables, outputs. */
  readonly secrets?: readonly Secret[];
  /** Pulumi's steps as they were read; absent in other tools' plans. For who reads more of them than a verdict does. */
  readonly steps?: readonly Values[];
  /** What `fridayproof preview --json` writes beside the plan: findings of the rules, costs. Not read for the verdict. */
  readonly extension?: unknown;
}

/** Something that belongs to the plan as a whole. */
export interface Note {
  readonly text: string;
  /** The verdict that it alone brings; undefined for a remark. */
  readonly verdict?: "UNKNOWN";
}
