/** Whether a spec has the fields of a spec, each with a value of its kind: TypeScript checks that only where it is run. */
import type { Problem } from "../../core/checks";
import { didYouMean } from "../../core/did-you-mean";

/** What is wrong with a value at a path; empty when it has the form. */
export type Form = (value: unknown, path: string) => Problem[];

function wrong(path: string, got: unknown, allowed: string, fix = "Write it so."): Problem[] {
  return [{ path, got, allowed, fix }];
}

/** A Date, a Map and a promise are objects to JavaScript, and have no fields that anybody could render. */
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  Object.prototype.toString.call(value) === "[object Object]";

/** Half of a character: no file in UTF-8 can hold it. */
const HALVED = /\p{Surrogate}/u;

/** Ends a text for Linux: no process can be given an argument with it. */
const NOTHING = "\0";

function wholeCharacters(value: string, path: string): Problem[] {
  if (!HALVED.test(value)) return [];
  return wrong(path, value, "whole characters: one of these is cut in half", "Cut the text between two characters.");
}

/** Text that is not empty. */
export const text: Form = (value, path) => {
  if (typeof value !== "string" || value === "") return wrong(path, value, "a text in quotes that is not empty");
  if (value.includes(NOTHING))
    return wrong(path, value, "a text without the character of the value 0", "Leave that character out.");
  return wholeCharacters(value, path);
};

/** Text, which may be empty: the value of a variable. */
export const anyText: Form = (value, path) =>
  typeof value === "string"
    ? wholeCharacters(value, path)
    : wrong(path, value, "a text in quotes", `Write "${String(value)}" in quotes.`);

/** A number that is one. */
export const number: Form = (value, path) =>
  typeof value === "number" && Number.isFinite(value) ? [] : wrong(path, value, "a number, without quotes");

/** One of these words. */
export function word<Word extends string>(...words: readonly Word[]): Form {
  return (value, path) =>
    words.some((each) => each === value)
      ? []
      : wrong(path, value, words.map((each) => `"${each}"`).join(", "), "Take one of them.");
}

/** A list, each item of the form. */
export function list(item: Form, least = 0): Form {
  return (value, path) => {
    if (!Array.isArray(value)) return wrong(path, value, "a list in brackets");
    if (value.length < least) return wrong(path, value, "a list with something in it", "Fill it, or leave it out.");
    // A hole in a list is no item to flatMap.
    return Array.from<unknown>(value).flatMap((each, index) => item(each, `${path}[${index}]`));
  };
}

/** A map of names, each with a value of the form. */
export function map(member: Form): Form {
  return (value, path) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, each]) => member(each, `${path}.${name}`))
      : wrong(path, value, "an object in braces, by name");
}

/** An object with these fields and no others. */
export function object(required: Readonly<Record<string, Form>>, optional: Readonly<Record<string, Form>> = {}): Form {
  const all = { ...required, ...optional };
  const names = Object.keys(all);
  return (value, path) => {
    const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
    if (!isObject(value)) return wrong(path, value, `an object with ${names.join(", ")}`);
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(all, name));
    const missing = Object.keys(required).filter((name) => value[name] === undefined);
    const present = names.filter((name) => value[name] !== undefined);
    return [
      ...unknown.flatMap((name) => {
        const fix = `Remove it: it would have no effect.${didYouMean(name, names)}`;
        return wrong(at(name), value[name], "known fields only", fix);
      }),
      ...missing.flatMap((name) => wrong(at(name), undefined, "a value: it is required", "Write it.")),
      ...present.flatMap((name) => all[name]?.(value[name], at(name)) ?? []),
    ];
  };
}

/** One form or the other, by what the value is. */
export function either(isFirst: (value: unknown) => boolean, first: Form, second: Form): Form {
  return (value, path) => (isFirst(value) ? first(value, path) : second(value, path));
}

/** Whether an object has the field. */
export const has =
  (field: string) =>
  (value: unknown): boolean =>
    isObject(value) && field in value;
