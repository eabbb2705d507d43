/** The shape of one refusal, and what several rows need. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Making } from "../aws/making";

/** A call that changes the cloud. */
export type Operation = "create" | "update" | "delete";

/** One reason for which the cloud says no. */
export interface Refusal {
  /** Which rule it comes from: unique in the table together with its types. */
  readonly rule: string;
  /** AWS's error code. */
  readonly code: string;
  /** AWS service that answers, such as `ec2`. */
  readonly service: string;
  readonly types: readonly string[] | "all";
  readonly operations: readonly Operation[];
  /** Page that states the rule or lists the error. */
  readonly source: string;
  /** AWS's sentence when this call is refused, else undefined. */
  refuses: (made: Making, operation: Operation) => string | undefined;
}

/** Calls that bring inputs with them. */
export const WRITES: readonly Operation[] = ["create", "update"];

/** The service of a type token. */
export function serviceOf(type: string): string {
  return type.split(":")[1]?.split("/")[0] ?? "";
}

/** A table of this folder. */
export function readTable<Row>(file: string): Readonly<Record<string, Row>> {
  return parse(readFileSync(path.join(__dirname, file), "utf8")) as Readonly<Record<string, Row>>;
}

/** Fills `{name}` places of a sentence from a record, the rest from the object. */
export function sentence(made: Making, text: string, words: Readonly<Record<string, string | number>> = {}): string {
  return made.fill(text.replace(/\{(\w+)\}/g, (place, word: string) => (word in words ? String(words[word]) : place)));
}
