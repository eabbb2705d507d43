/** What a stack hands to people and to other stacks. */
import type * as pulumi from "@pulumi/pulumi";

/** Outputs of the stack. */
export type Outputs = Readonly<Record<string, pulumi.Input<unknown>>>;
