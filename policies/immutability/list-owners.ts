/** Lists that a resource states inline and that separate resources change too: the last write removes the other's entries. */
import { counted } from "@fridayproof/components/core";
import type { Field } from "../kit/reading/field";
import { type Finding, violation } from "../kit/finding/finding";
import type { Resource, Stack } from "../kit/reading/resource";
import { eachResource } from "../kit/rule/rule";
import { type ResourceType, types } from "../kit/reading/types";

/** An inline list, the types of separate resources that add to it, and the property that identifies an entry in both. */
interface Listed {
  readonly owner: ResourceType;
  readonly lists: readonly string[];
  readonly part: ResourceType;
  /** Property of the part that was made from the owner. */
  readonly link: string;
  readonly inside: readonly string[];
  readonly outside: readonly string[];
  readonly word: string;
}

const listed: readonly Listed[] = [
  {
    owner: types.routeTable,
    lists: ["routes"],
    part: types.route,
    link: "routeTableId",
    inside: ["cidrBlock", "ipv6CidrBlock", "destinationPrefixListId"],
    outside: ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
    word: "route",
  },
  {
    owner: types.networkAcl,
    lists: ["ingress", "egress"],
    part: types.networkAclRule,
    link: "networkAclId",
    inside: ["ruleNo"],
    outside: ["ruleNumber"],
    word: "rule",
  },
  {
    owner: types.managedPrefixList,
    lists: ["entries"],
    part: types.managedPrefixListEntry,
    link: "prefixListId",
    inside: ["cidr"],
    outside: ["cidr"],
    word: "entry",
  },
];

/** Every list that both an owner and separate resources can state. */
export function* checkLists(stack: Stack): Iterable<Finding> {
  for (const how of listed) yield* eachResource(stack.of(how.owner), (owner) => checkList(stack, owner, how));
}

function* checkList(stack: Stack, owner: Resource, how: Listed): Iterable<Finding> {
  const parts = stack.of(how.part).filter((part) => stack.linked(part, how.link).includes(owner));
  if (parts.length === 0) return;
  // On refresh the provider copies the separate resources' entries into the list. An entry in both is no conflict.
  const outside = new Set(parts.flatMap((part) => namesOf(part.props, how.outside)));
  for (const key of how.lists) {
    const own = owner
      .at(key)
      .list()
      .filter((entry) => !namesOf(entry, how.inside).some((name) => outside.has(name)));
    if (own.length === 0) continue;
    yield violation(owner, {
      at: owner.at(key).path,
      got: `${own.length} inline beside ${counted(parts.length, `standalone ${how.word}`)}`,
      expected: "one of the two",
      fix: `declare every ${how.word} as a resource of its own`,
    });
  }
}

function namesOf(entry: Field, keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => entry.at(key).text() ?? []).filter((name) => name !== "");
}
