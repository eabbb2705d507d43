/** The shape of one refusal, and of the functions that decide what no data can say. */
import type { ResourceContext } from "../object/resource-context";

/** A call that changes the cloud. */
export type Operation = "create" | "update" | "delete";

/** One reason for which the cloud says no. */
export interface ValidationRow {
  /** Which rule it comes from: unique in the table together with its types. */
  readonly rule: string;
  /** AWS's error code. */
  readonly code: string;
  readonly types: readonly string[] | "all";
  readonly operations: readonly Operation[];
  /** Page that states the rule or lists the error. */
  readonly source: string;
  /** AWS's sentence when this call is refused, else undefined. */
  refuses: (ctx: ResourceContext, operation: Operation) => string | undefined;
}

/** What fills the places of a row's sentence; the object's own properties need not be named. */
export type Words = Readonly<Record<string, unknown>>;

/** Whether a row refuses: `true`, or the words that its sentence needs beside the object's own. */
export type Check = (ctx: ResourceContext, operation: Operation) => Words | boolean | undefined;

/** Calls that bring inputs with them. */
export const WRITES: readonly Operation[] = ["create", "update"];

/** A row about one type, out of the data of a table. @param operations create and update unless said. */
export function rowOf(
  rule: string,
  type: string,
  { code, source }: Pick<ValidationRow, "code" | "source">,
  refuses: ValidationRow["refuses"],
  operations: ValidationRow["operations"] = WRITES,
): ValidationRow {
  return { rule, code, types: [type], operations, source, refuses };
}

/** The service of a type token. */
export function serviceOf(type: string): string {
  return type.split(":")[1]?.split("/")[0] ?? "";
}

/** The last part of a type token. */
export function classOf(type: string): string {
  return type.split(":").pop() ?? "";
}

/** Fills the `{name}` places of a sentence for which there is a word. */
export function worded(text: string, words: Words): string {
  return text.replace(/\{(\w+)\}/g, (place, word: string) => (word in words ? String(words[word]) : place));
}

/** {@link worded}, with the object's own properties in the places that are left. */
export function sentence(ctx: ResourceContext, text: string, words: Words = {}): string {
  return ctx.fill(worded(text, words));
}
