/** The shape of a validation rule, and of the checks that need more than data. */
import type { ResourceContext } from "../object/resource-context";

/** A call that changes the cloud. */
export type Operation = "create" | "update" | "delete";

/** One reason for which the cloud rejects a call. */
export interface ValidationRule {
  /** Unique in the table together with its types. */
  readonly name: string;
  /** AWS's error code. */
  readonly code: string;
  readonly types: readonly string[] | "all";
  readonly operations: readonly Operation[];
  /** Page that states the rule or lists the error. */
  readonly source: string;
  /** AWS's message when this call violates the rule, else undefined. */
  validate: (ctx: ResourceContext, operation: Operation) => string | undefined;
}

/** Values for the placeholders of a message; the object's own properties need not be among them. */
export type Params = Readonly<Record<string, unknown>>;

/** Whether a call violates a rule: `true`, or the values that its message needs beside the object's own. */
export type Check = (ctx: ResourceContext, operation: Operation) => Params | boolean | undefined;

/** Calls that bring inputs with them. */
export const WRITES: readonly Operation[] = ["create", "update"];

/** A rule about one type, from the data of a table. @param operations create and update unless given. */
export function ruleOf(
  rule: string,
  type: string,
  { code, source }: Pick<ValidationRule, "code" | "source">,
  validate: ValidationRule["validate"],
  operations: ValidationRule["operations"] = WRITES,
): ValidationRule {
  return { name: rule, code, types: [type], operations, source, validate };
}

/** Fills the `{name}` placeholders of a message for which there is a value. */
export function format(text: string, params: Params): string {
  return text.replace(/\{(\w+)\}/g, (location, word: string) => (word in params ? String(params[word]) : location));
}

/** {@link worded}, with the object's own properties in the placeholders that are left. */
export function messageFor(ctx: ResourceContext, text: string, params: Params = {}): string {
  return ctx.fill(format(text, params));
}
