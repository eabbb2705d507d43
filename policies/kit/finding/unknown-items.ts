/**
 * A second look past list items that a preview hides: a rule stops at the first of them, and what stands beside it in the
 * same list would pass in silence until the update meets it half-way.
 */
import { groupPairs } from "@fridayproof/components/core";
import type { Finding } from "./finding";
import { perStack, type Resource, Stack } from "../reading/resource";

/** Lists whose items mean what they mean by their order: without one the next would be misread. */
const ordered = /(^|\.)steps$/;

/** The lists in which the findings say that an item is unknown, each with its resource. */
function listsOf(findings: readonly Finding[]): ReadonlyMap<Resource, readonly string[]> {
  return groupPairs(
    findings.flatMap(({ kind, resource, at = "" }) => {
      const [, list] = /^(.*)\[\d+\]$/.exec(at) ?? [];
      return kind !== "unknown" || list === undefined || ordered.test(list) ? [] : [[resource, list] as const];
    }),
  );
}

const keyOf = ({ resource, at, got }: Finding): string => JSON.stringify([resource.urn, resource.name, at, got]);

/** The findings of a rule about one resource, with those of known items beside unknown ones. */
export function checkKnownItems(
  resource: Resource,
  found: readonly Finding[],
  check: (seen: Resource) => readonly Finding[],
) {
  const lists = listsOf(found);
  if (lists.size === 0) return found;
  const copy = resource.withoutUnknownItems();
  return withSiblings(found, lists, check(copy), (seen) => (seen === copy ? resource : seen));
}

const identityOf = ({ urn, token: type, name, props }: Resource): string =>
  JSON.stringify([urn, type, name, props.path]);

/** A stack whose lists leave out what is unknown, and the way back to the resources that it was made from. */
const known = perStack((stack) => {
  const copies = new Map(stack.resources.map((resource) => [resource.withoutUnknownItems(), resource]));
  // What a rule translates keeps the identity of what it was made from.
  const byIdentity = new Map(stack.resources.map((resource) => [identityOf(resource), resource]));
  const original = (copy: Resource): Resource => copies.get(copy) ?? byIdentity.get(identityOf(copy)) ?? copy;
  return { stack: new Stack([...copies.keys()]), original };
});

/** {@link checkKnownItems} for a rule about the whole stack. */
export function checkKnownItemsIn(stack: Stack, found: readonly Finding[], check: (seen: Stack) => readonly Finding[]) {
  const lists = listsOf(found);
  if (lists.size === 0) return found;
  const { stack: seen, original } = known(stack);
  return withSiblings(found, lists, check(seen), original);
}

/** Only violations inside of a list with an unknown item are added: the rest was decided, or left open, at first sight. */
function withSiblings(
  found: readonly Finding[],
  lists: ReadonlyMap<Resource, readonly string[]>,
  again: readonly Finding[],
  original: (copy: Resource) => Resource,
): readonly Finding[] {
  const reported = new Set(found.map(keyOf));
  const siblings = again
    .map((finding): Finding => ({ ...finding, resource: original(finding.resource) }))
    .filter(({ kind, resource, at = "" }) => kind === "violation" && isBeside(lists.get(resource), at));
  return [...found, ...siblings.filter((finding) => !reported.has(keyOf(finding)))];
}

function isBeside(lists: readonly string[] | undefined, at: string): boolean {
  return lists?.some((list) => at.startsWith(`${list}[`)) === true;
}
