/** Cache of conditions and their outcomes by text: many rollouts use one template, and each is checked with hundreds of numbers. */
import { checkNames } from "./names";
import type { Node } from "./node";
import { type Conditions, type Outcome, outcomeOf } from "./outcome";
import { parseCondition } from "./parse";
import { Recent } from "./recent";

/** Largest number of cached conditions, and of cached gates. A stack has some ten templates. */
const MOST = 64;

const conditions = new Recent<Node>(MOST);
const gates = new Recent<Gate>(MOST);

/**
 * Outcome of a result: a number, a list of one number as Prometheus returns it, or any other value.
 * @throws ConditionError when a condition uses a name or a function that is not known here.
 */
export type Gate = (result: unknown) => Outcome;

/** The condition of a text. @throws ConditionError when it is none, or uses what is not known here. */
export function readCondition(text: string): Node {
  return conditions.get(text, () => {
    const node = parseCondition(text);
    checkNames(node);
    return node;
  });
}

/** Caches outcomes by number. A negative zero gives another quotient than zero, and is not cached. */
function cached(outcome: (number: number) => Outcome): (number: number) => Outcome {
  const outcomes = new Map<number, Outcome>();
  return (number) => {
    if (Object.is(number, -0)) return outcome(number);
    const found = outcomes.get(number) ?? outcome(number);
    outcomes.set(number, found);
    return found;
  };
}

const isNumber = (value: unknown): value is number => typeof value === "number";

function gateOf(of: Conditions): Gate {
  const ofNumber = cached((number) => outcomeOf(of, number));
  const ofList = cached((number) => outcomeOf(of, [number]));
  return (result) => {
    if (isNumber(result)) return ofNumber(result);
    if (Array.isArray(result) && result.length === 1 && isNumber(result[0])) return ofList(result[0]);
    return outcomeOf(of, result);
  };
}

/** The gate of two conditions; a text that is empty is none. @throws ConditionError as {@link readCondition} does. */
export function gateBy(texts: Readonly<Record<keyof Conditions, string>>): Gate {
  const { success, failure } = texts;
  return gates.get(JSON.stringify([success, failure]), () =>
    gateOf({
      ...(success !== "" && { success: readCondition(success) }),
      ...(failure !== "" && { failure: readCondition(failure) }),
    }),
  );
}
