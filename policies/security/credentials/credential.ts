/** One credential that was found in a text: what it is, under which name, on which line; never the value. */
import { formOf } from "./forms";
import { promiseOf } from "./names";
import { isHarmless, namesObject } from "./references";

/** What was found. */
export interface Credential {
  /** Such as "a password" or "an AWS access key". */
  readonly what: string;
  /** The name under which it stands, where it has one. */
  readonly name?: string | undefined;
  /** Line of the text, from 1. */
  readonly line: number;
}

/** Whether the value under the name is a credential, by the name; in words, or undefined. */
export function credentialUnder(name: string, value: string): string | undefined {
  const promise = promiseOf(name);
  if (promise === undefined || isHarmless(value, promise)) return undefined;
  if (promise === "vague" && namesObject(name, value.trim())) return undefined;
  return promise === "password" ? "a password" : "a key or token";
}

/** A whole value of one line: by its form, or by its name. */
export function credentialOf(name: string, value: string): Credential | undefined {
  const what = formOf(value)?.what ?? credentialUnder(name, value);
  return what === undefined ? undefined : { what, name, line: 1 };
}
