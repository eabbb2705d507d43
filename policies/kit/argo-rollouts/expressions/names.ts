/** Checks the names and functions of a condition, those included that no measurement of ours would evaluate. */
import { functions, ofResult, predicates } from "./functions";
import type { Node } from "./node";
import { ConditionError } from "./token";

/** The children of a node, each with whether `#` has a meaning in it. */
function partsOf(node: Node, inside: boolean): readonly (readonly [Node | undefined, boolean])[] {
  const all = (...parts: readonly (Node | undefined)[]) => parts.map((part) => [part, inside] as const);
  switch (node.is) {
    case "list":
      return all(...node.items);
    case "member":
      return all(node.of, node.key);
    case "slice":
      return all(node.of, node.from, node.to);
    case "call": {
      const isPredicate = predicates.has(node.name);
      return node.args.map((arg, index) => [arg, inside || (isPredicate && index === 1)]);
    }
    case "unary":
      return all(node.of);
    case "binary":
      return all(node.left, node.right);
    case "choice":
      return all(node.test, node.then, node.otherwise);
    default:
      return [];
  }
}

/** Whether there is a function of that name; one with a predicate needs a list. */
const isFunction = (name: string, args: number): boolean =>
  functions.has(name) || ofResult.has(name) || (predicates.has(name) && args > 0);

/** @throws ConditionError for a name or a function that is not known here, and for `#` outside a predicate. */
export function checkNames(node: Node, inside = false): void {
  if (node.is === "name" && node.name !== "result") throw new ConditionError(`the name ${node.name}`);
  if (node.is === "element" && !inside) throw new ConditionError("# outside a predicate");
  if (node.is === "call" && !isFunction(node.name, node.args.length))
    throw new ConditionError(`the function ${node.name}`);
  for (const [part, isInside] of partsOf(node, inside)) if (part !== undefined) checkNames(part, isInside);
}
