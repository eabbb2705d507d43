/**
 * Checks the known items of a list beside unknown ones: a rule stops at the first unknown item, and a wrong item beside it
 * would not be reported before the update.
 */
import { groupPairs } from "@fridayproof/components/core";
import type { Finding } from "./finding";
import { perStack, type Resource, Stack } from "../reading/resource";

/** Lists in which the order of items matters: without one of them the next would be read wrongly. */
const ordered = /(^|\.)steps$/;

/** The lists with an unknown item by the findings, by resource. */
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

/** A stack without the unknown items of lists, and the original of each of its resources. */
const known = perStack((stack) => {
  const copies = new Map(stack.resources.map((resource) => [resource.withoutUnknownItems(), resource]));
  // A resource that a rule translates has the identity of its original.
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

/** Adds only violations inside of a list with an unknown item: all others were found by the first check. */
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
