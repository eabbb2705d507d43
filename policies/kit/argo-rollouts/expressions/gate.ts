/** Cache of conditions and their outcomes by text: many rollouts use one template, and each is checked with hundreds of numbers. */
import { checkNames } from "./names";
import type { Node } from "./node";
import { type Conditions, outcomeOf } from "./outcome";
import { cachingOutcomes, type Gate } from "./outcome-cache";
import { parseCondition } from "./parse";
import { LruCache } from "./lru-cache";

/** Most that are kept of either. A stack has some ten templates. */
const MOST = 64;

const conditions = new LruCache<Node>(MOST);
const gates = new LruCache<Gate>(MOST);

/** Empties the cache: for mutants, which change the outcome of a text. */
export function clearConditions(): void {
  conditions.clear();
  gates.clear();
}

/** The condition of a text. @throws ConditionError when it is none, or uses what is not known here. */
export function readCondition(text: string): Node {
  return conditions.get(text, () => {
    const node = parseCondition(text);
    checkNames(node);
    return node;
  });
}

/** The gate of two conditions; a text that is empty is none. @throws ConditionError as {@link readCondition} does. */
export function gateBy(texts: Readonly<Record<keyof Conditions, string>>): Gate {
  const { success, failure } = texts;
  return gates.get(JSON.stringify([success, failure]), () => {
    const read: Conditions = {
      ...(success !== "" && { success: readCondition(success) }),
      ...(failure !== "" && { failure: readCondition(failure) }),
    };
    return cachingOutcomes((result) => outcomeOf(read, result));
  });
}
