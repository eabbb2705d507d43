/** One object stands once in a folder. */
import { dirname } from "node:path";
import { valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { namespaceOf } from "../../kit/kubernetes/kubernetes";
import { drop, fix } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";

/**
 * Who the object is, in its folder: what stands in two folders may be for two clusters, and so may what a program
 * declares twice. Undefined where nothing is applied under that name.
 */
function identity(object: Resource): string | undefined {
  const name = object.at("metadata", "name").text();
  if (name === undefined || object.urn.startsWith("urn:")) return undefined;
  return JSON.stringify([dirname(object.urn), object.type, namespaceOf(object), name]);
}

/** The objects whose identity one before them has. */
const repeated = perStack((stack): ReadonlySet<Resource> => {
  const found = new Set<string>();
  const again = stack.resources.filter((object) => {
    const key = valueOr(() => identity(object), undefined);
    if (key === undefined) return false;
    const known = found.has(key);
    found.add(key);
    return known;
  });
  return new Set(again);
});

/** Names an object that was declared before: the one that is applied last wins. */
export function* checkDuplicate(stack: Stack, object: Resource): Iterable<Finding> {
  if (!repeated(stack).has(object)) return;
  yield violation(object, {
    at: "metadata.name",
    got: "an object that is declared before in the same folder",
    expected: "each object once",
    fix: fix`${drop(object)}: whichever is applied last wins`,
  });
}
