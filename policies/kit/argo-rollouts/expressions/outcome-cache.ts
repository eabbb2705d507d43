/** Cache of outcomes by number: a gate is checked with the same hundreds of numbers for each rollout that names it. */
import type { Outcome } from "./outcome";

/**
 * Outcome of a result: a number, a list of one number as Prometheus returns it, or any other value.
 * @throws ConditionError when a condition uses a name or a function that is not known here.
 */
export type Gate = (result: unknown) => Outcome;

/** A negative zero gives another quotient than zero, and a Map takes both as one key: it is not cached. */
const isKey = (value: unknown): value is number => typeof value === "number" && !Object.is(value, -0);

/** The same gate, which evaluates each number, and the list of each number, once. */
export function cachingOutcomes(gate: Gate): Gate {
  const alone = new Map<number, Outcome>();
  const listed = new Map<number, Outcome>();
  const cached = (outcomes: Map<number, Outcome>, number: number, result: unknown): Outcome => {
    const outcome = outcomes.get(number) ?? gate(result);
    outcomes.set(number, outcome);
    return outcome;
  };
  return (result) => {
    if (isKey(result)) return cached(alone, result, result);
    const [only, ...more]: readonly unknown[] = Array.isArray(result) ? result : [];
    return isKey(only) && more.length === 0 ? cached(listed, only, result) : gate(result);
  };
}
