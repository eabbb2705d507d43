/** One object stands once in a folder. */
import { dirname } from "node:path";
import { legible } from "../../kit/field";
import { type Finding, violation } from "../../kit/finding";
import { namespaceOf } from "../../kit/kubernetes";
import { drop, fix } from "../../kit/remedy";
import { perStack, type Resource, type Stack } from "../../kit/resource";

/**
 * Who the object is, in its folder: what stands in two folders may be for two clusters, and so may what a program
 * declares twice. Undefined where nothing is applied under that name.
 */
function identity(object: Resource): string | undefined {
  const name = object.at("metadata", "name").text();
  if (name === undefined || object.urn.startsWith("urn:")) return undefined;
  return JSON.stringify([dirname(object.urn), object.kind, namespaceOf(object), name]);
}

/** The first object of each identity. */
const first = perStack((stack) => {
  const found = new Map<string, Resource>();
  for (const object of stack.resources) {
    const key = legible(() => identity(object), undefined);
    if (key !== undefined && !found.has(key)) found.set(key, object);
  }
  return found;
});

/** Names an object that was declared before: the one that is applied last wins. */
export function* checkOnce(stack: Stack, object: Resource): Iterable<Finding> {
  const key = legible(() => identity(object), undefined);
  if (key === undefined || first(stack).get(key) === object) return;
  yield violation(object, {
    at: "metadata.name",
    got: "an object that is declared before in the same folder",
    wanted: "each object once",
    fix: fix`${drop(object)}: whichever is applied last wins`,
  });
}
