/** Evaluates a condition on a result, with expr-lang's errors: an index that is not there, a comparison with nothing. */
import { EvaluationError, functions, listIn, numberIn, ofResult, predicates } from "./functions";
import type { Node } from "./node";
import { ConditionError } from "./token";

interface Scope {
  readonly result: unknown;
  readonly element?: unknown;
}

/** Value of the condition for the result.
 * @throws EvaluationError where Argo would count an error @throws ConditionError for names that are not known here */
export function evaluate(node: Node, result: unknown): boolean {
  const value = valueOf(node, { result });
  if (typeof value !== "boolean") throw new EvaluationError("a condition that is neither true nor false");
  return value;
}

function valueOf(node: Node, scope: Scope): unknown {
  switch (node.is) {
    case "value":
      return node.value;
    case "name":
      if (node.name !== "result") throw new ConditionError(`the name ${node.name}`);
      return scope.result;
    case "element":
      if (!("element" in scope)) throw new ConditionError("# outside a predicate");
      return scope.element;
    case "list":
      return node.items.map((item) => valueOf(item, scope));
    case "member":
      return memberOf(valueOf(node.of, scope), valueOf(node.key, scope), node.optional);
    case "slice":
      return sliceOf(valueOf(node.of, scope), boundOf(node.from, scope), boundOf(node.to, scope));
    case "call":
      return called(node, scope);
    case "unary":
      return unaryOf(node.operator, valueOf(node.of, scope));
    case "binary":
      return binaryOf(node, scope);
    case "choice":
      return truth(valueOf(node.test, scope)) ? valueOf(node.then, scope) : valueOf(node.otherwise, scope);
  }
}

function sliceOf(of: unknown, from: number | undefined, to: number | undefined): unknown {
  return typeof of === "string" ? of.slice(from, to) : listIn(of).slice(from, to);
}

function boundOf(node: Node | undefined, scope: Scope): number | undefined {
  return node === undefined ? undefined : numberIn(valueOf(node, scope));
}

function memberOf(of: unknown, key: unknown, optional: boolean): unknown {
  if (of === null && optional) return null;
  if (Array.isArray(of)) {
    const index = numberIn(key);
    if (!Number.isInteger(index) || index >= of.length || index < -of.length)
      throw new EvaluationError("an index that is not there");
    return of.at(index) as unknown;
  }
  if (typeof of !== "object" || of === null) throw new EvaluationError("a member of what has none");
  return Object.hasOwn(of, String(key)) ? (of as Record<string, unknown>)[String(key)] : null;
}

function called({ name, args }: Extract<Node, { readonly is: "call" }>, scope: Scope): unknown {
  const [first, test] = args;
  const predicate = predicates.get(name);
  if (predicate !== undefined && first !== undefined) {
    const list = listIn(valueOf(first, scope));
    return predicate(list, (element) => (test === undefined ? element : valueOf(test, { ...scope, element })));
  }
  const own = ofResult.get(name);
  if (own !== undefined) return own(scope.result, ...args.map((arg) => valueOf(arg, scope)));
  const call = functions.get(name);
  if (call === undefined) throw new ConditionError(`the function ${name}`);
  return call(...args.map((arg) => valueOf(arg, scope)));
}

function truth(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new EvaluationError("a part that is neither true nor false");
}

function unaryOf(operator: string, value: unknown): unknown {
  if (operator === "!") return !truth(value);
  return operator === "-" ? -numberIn(value) : numberIn(value);
}

type Binary = Extract<Node, { readonly is: "binary" }>;

function binaryOf({ operator, left, right }: Binary, scope: Scope): unknown {
  const first = valueOf(left, scope);
  const second = (): unknown => valueOf(right, scope);
  if (operator === "&&") return truth(first) && truth(second());
  if (operator === "||") return truth(first) || truth(second());
  if (operator === "??") return first ?? second();
  return combined(operator, first, second());
}

function combined(operator: string, left: unknown, right: unknown): unknown {
  if (operator === "==") return same(left, right);
  if (operator === "!=") return !same(left, right);
  if (operator === "in") return holds(right, left);
  if (typeof left === "string" && typeof right === "string") return ofTexts(operator, left, right);
  const number = ofNumbers.get(operator);
  if (number === undefined) throw new EvaluationError("an operator between values that it does not take");
  return number(numberIn(left), numberIn(right));
}

function same(left: unknown, right: unknown): boolean {
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  const [own, theirs] = [Object.entries(left), new Map(Object.entries(right))];
  return own.length === theirs.size && own.every(([key, value]) => same(value, theirs.get(key)));
}

function holds(container: unknown, value: unknown): boolean {
  if (Array.isArray(container)) return container.some((one) => same(one, value));
  if (typeof container === "object" && container !== null) return Object.hasOwn(container, String(value));
  throw new EvaluationError("in, with no list behind it");
}

function ofTexts(operator: string, left: string, right: string): unknown {
  if (operator === "contains") return left.includes(right);
  if (operator === "startsWith") return left.startsWith(right);
  if (operator === "endsWith") return left.endsWith(right);
  if (operator === "+") return left + right;
  const order = left < right ? -1 : left > right ? 1 : 0;
  const compared = comparisons.get(operator);
  if (compared === undefined) throw new EvaluationError("an operator that takes no texts");
  return compared(order, 0);
}

type OfNumbers = (left: number, right: number) => number | boolean;

const comparisons: ReadonlyMap<string, OfNumbers> = new Map<string, OfNumbers>([
  ["<", (left, right) => left < right],
  [">", (left, right) => left > right],
  ["<=", (left, right) => left <= right],
  [">=", (left, right) => left >= right],
]);

const ofNumbers: ReadonlyMap<string, OfNumbers> = new Map<string, OfNumbers>([
  ...comparisons,
  ["+", (left, right) => left + right],
  ["-", (left, right) => left - right],
  ["*", (left, right) => left * right],
  ["/", (left, right) => left / right],
  ["%", (left, right) => left % right],
  ["**", (left, right) => left ** right],
]);
