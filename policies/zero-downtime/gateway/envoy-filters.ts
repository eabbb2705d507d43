/** Patches of Envoy that take the gateway's own filters and routes away. */
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { namespaceOf } from "../../kit/kubernetes/kubernetes";
import { remove } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart } from "../../kit/rule/rule";

/** Filters without which no request is routed. */
const needed = /^envoy\.(filters\.)?(http\.router|router|network\.http_connection_manager|http_connection_manager)$/;

/** What is wrong with patches that hold in one of the namespaces. */
export function* checkFilter(filter: Resource, namespaces: readonly string[]): Iterable<Finding> {
  if (!namespaces.includes(namespaceOf(filter))) return;
  yield* eachPart(filter, filter.at("spec", "configPatches").list(), function* (patch) {
    const context = patch.at("match", "context").text() ?? "ANY";
    if (patch.at("patch", "operation").text() !== "REMOVE" || !["ANY", "GATEWAY"].includes(context)) return;
    const name = nameIn(patch);
    if (name !== undefined && !needed.test(name)) return;
    yield violation(filter, {
      at: patch.path,
      got:
        name === undefined ? "a patch that removes all of its kind from the gateway" : `a patch that removes ${name}`,
      expected: "a patch of what it names",
      fix: remove(patch),
    });
  });
}

/** The member by which a patch of each kind selects its target; other kinds select by any member of their match. */
const named: Readonly<Record<string, readonly string[]>> = {
  HTTP_FILTER: ["listener", "filterChain", "filter", "subFilter", "name"],
  NETWORK_FILTER: ["listener", "filterChain", "filter", "name"],
};

/** The name of the patch's target, or a word for it where it has none. */
function nameIn(patch: Field): string | undefined {
  const path = named[patch.at("applyTo").textOrEmpty()];
  if (path !== undefined) return patch.at("match", ...path).text();
  const matches = ["listener", "cluster", "routeConfiguration"].map((key) => patch.at("match", key));
  return matches.some((member) => member.members().length > 0) ? "one" : undefined;
}
