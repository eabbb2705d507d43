/** Property paths such as `tags.Name`, `tags["a.b"]`, `ingress[*].fromPort` and `*`: parsed, matched, read and put back. */
import { isObject, type PropertyMap, type Value } from "./values";

/** A member of an object, or an index of a list. */
export type Step = string | number;

/** The steps of a path; `*` stays a step of its own. */
export function parsePath(path: string): Step[] {
  const steps: Step[] = [];
  for (const match of path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)) {
    const [, quoted, index, word] = match;
    if (quoted !== undefined) steps.push(quoted.replace(/\\(.)/g, "$1"));
    else if (index !== undefined) steps.push(index === "*" ? "*" : Number(index));
    else if (word !== undefined) steps.push(word);
  }
  return steps;
}

/** One step of a path, or the dot before it. */
const STEP = /\["(?:[^"\\]|\\.)*"\]|\[(?:\d+|\*)\]|[^.[\]]+|\./y;

/** What is wrong with the brackets of a path, as a sentence without its end; undefined where each is right. */
export function bracketFault(path: string): string | undefined {
  let at = 0;
  while (at < path.length) {
    STEP.lastIndex = at;
    const length = STEP.exec(path)?.[0].length;
    if (length === undefined) return faultAt(path, at);
    at += length;
  }
  return undefined;
}

/** @param at of the bracket that belongs to no step. */
function faultAt(path: string, at: number): string {
  const where = `at column ${at + 1} of ${path}`;
  if (path[at] === "]") return `the bracket ] ${where} closes none`;
  const end = path.indexOf("]", at);
  if (end < 0) return `the bracket [ ${where} is not closed`;
  return `the bracket [ ${where} holds ${path.slice(at + 1, end) || "nothing"}; a number or a text in "quotes" goes there`;
}

/** Appends one member to a path as the engine prints it. */
export function joinPath(path: string, key: Step): string {
  if (typeof key === "number") return `${path}[${key}]`;
  if (!/^[^.[\]"]+$/.test(key)) return `${path}["${key.replaceAll('"', '\\"')}"]`;
  return path === "" ? key : `${path}.${key}`;
}

/** Whether `pattern` (`*` matches one step) names `path` itself, one of its parents, or something inside it. */
export function pathsTouch(pattern: string, path: string): boolean {
  const left = parsePath(pattern);
  const right = parsePath(path);
  return left.slice(0, right.length).every((step, index) => step === "*" || String(step) === String(right[index]));
}

/** The values at a dotted path without indexes, such as `routes.gatewayId`; lists on the way are walked. */
export function valuesAt(value: Value | undefined, path: string): Value[] {
  let found: Value[] = value === undefined ? [] : [value];
  for (const step of path.split(".")) {
    found = found
      .flatMap((item) => (isObject(item) ? [item[step]] : []))
      .flatMap((item) => (Array.isArray(item) ? item : [item]));
    found = found.filter((item) => item !== undefined && item !== null);
  }
  return found;
}

/** The map with a value at a path; objects that are missing on the way are made, a list keeps its other items. */
export function setAt(map: PropertyMap, steps: readonly Step[], value: Value): PropertyMap {
  return setIn(map, steps, value) as PropertyMap;
}

function setIn(inner: Value | undefined, [step, ...rest]: readonly Step[], value: Value): Value {
  if (step === undefined) return value;
  if (Array.isArray(inner) && typeof step === "number")
    return (inner as Value[]).map((item, index) => (index === step ? setIn(item, rest, value) : item));
  const members = isObject(inner) ? inner : {};
  return { ...members, [step]: setIn(members[step], rest, value) };
}

/**
 * `news` with the old value back at `path`: how ignoreChanges works. A path that matches nothing on either side is
 * ignored silently, as the real engine does; a value that only the new side has is taken out.
 */
export function putBack(olds: PropertyMap, news: PropertyMap, path: string): PropertyMap {
  return putBackAt(olds, news, parsePath(path)) as PropertyMap;
}

function putBackAt(old: Value | undefined, now: Value | undefined, steps: readonly Step[]): Value | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return old;
  if (Array.isArray(now) || Array.isArray(old)) return putBackInList(old, now, step, rest);
  if (!isObject(now) || !isObject(old)) return now;
  const keys = step === "*" ? [...new Set([...Object.keys(old), ...Object.keys(now)])] : [String(step)];
  const copy: Record<string, Value> = { ...now };
  for (const key of keys) {
    const value = putBackAt(old[key], now[key], rest);
    if (value === undefined) delete copy[key];
    else copy[key] = value;
  }
  return copy;
}

function putBackInList(
  old: Value | undefined,
  now: Value | undefined,
  step: Step,
  rest: readonly Step[],
): Value | undefined {
  if (!Array.isArray(now) || !Array.isArray(old)) return now;
  return (now as Value[]).map((item, index) =>
    step === "*" || step === index ? (putBackAt((old as Value[])[index], item, rest) ?? item) : item,
  );
}
