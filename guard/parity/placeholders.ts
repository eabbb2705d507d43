/** What a stack calls its own, as one placeholder for both: its environment, region, zones, account and blocks of addresses. */
import {
  contains,
  type Cidr,
  enclosing,
  escapeRegExp,
  nameOf,
  overlaps,
  parseCidr,
  groupPairs,
} from "@fridayproof/components/core";
import { textOf } from "../verdict/plans/values";
import { BALANCER_ZONES, ONE_FOR_BOTH, SHARED_FOLDERS } from "./rules";
import type { StackState, StateRow } from "./state";

/** What a state says of itself. */
export interface Own {
  readonly environment: string;
  readonly region?: string;
  /** Zone ids by number: a replica's second zone stands for the primary's second. */
  readonly zones: readonly string[];
  readonly account?: string;
  /** Blocks of its networks. */
  readonly networks: readonly { readonly cidr: string; readonly block: Cidr }[];
}

/** Replaces what is a stack's own by placeholders that both stacks share. */
export interface Placeholders {
  readonly own: Own;
  /** @param type of the resource whose text it is; some types follow the primary by name. */
  replace(text: string, type?: string): string;
  /** Whether the whole text is one of the placeholders. */
  has(text: string): boolean;
  /** A subnet's block by its size and its place within its zone; undefined where it is none of this state's. */
  positionOf(cidr: string): string | undefined;
}

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const AWS = "pulumi:providers:aws";

/** The text that stands most often; the first of them in order where two do. */
function mostFrequent(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].toSorted(([a, left], [b, right]) => right - left || a.localeCompare(b))[0]?.[0];
}

/** What a pattern finds in the ARNs that the account answered. */
function inArns(resources: readonly StateRow[], pattern: RegExp): readonly string[] {
  return resources.flatMap(({ outputs }) => pattern.exec(textOf(outputs?.["arn"]) ?? "")?.[1] ?? []);
}

/**
 * The region in which most resources stand, by what the account answered: a provider for certificates of CloudFront has
 * another one, and what a provider is configured with may be wrong.
 */
function regionOf(resources: readonly StateRow[]): string | undefined {
  const standing = inArns(resources, /^arn:aws[a-z-]*:[^:]*:([a-z0-9-]+):/);
  const configured = resources.flatMap(({ type, inputs }) => (type === AWS ? (textOf(inputs?.["region"]) ?? []) : []));
  return mostFrequent(standing) ?? mostFrequent(configured);
}

/** The account, by what it answered; in the state of a plan that has made nothing yet, by ARNs that the program was given. */
function accountOf(resources: readonly StateRow[]): string | undefined {
  const configuredAccounts = (): readonly string[] =>
    resources.flatMap(({ inputs }) =>
      [...JSON.stringify(inputs ?? {}).matchAll(/"arn:aws[a-z-]*:[^:"]*:[^:"]*:(\d{12}):/g)].flatMap(
        ([, id]) => id ?? [],
      ),
    );
  return mostFrequent(inArns(resources, /^arn:aws[a-z-]*:[^:]*:[^:]*:(\d{12}):/)) ?? mostFrequent(configuredAccounts());
}

/** Pairs of a zone's id and name, from whatever states both. */
function zonesOf(resources: readonly StateRow[]): ReadonlyMap<string, string | undefined> {
  const zones = new Map<string, string | undefined>();
  for (const { type, inputs, outputs } of resources) {
    if (type !== SUBNET) continue;
    const id = textOf(outputs?.["availabilityZoneId"]) ?? textOf(inputs?.["availabilityZoneId"]);
    if (id !== undefined) zones.set(id, textOf(outputs?.["availabilityZone"]) ?? zones.get(id));
  }
  return zones;
}

const byNumber = (left: string, right: string): number =>
  Number(/\d+$/.exec(left)?.[0] ?? 0) - Number(/\d+$/.exec(right)?.[0] ?? 0) || left.localeCompare(right);

function networksOf(resources: readonly StateRow[]): Own["networks"] {
  return resources
    .filter(({ type }) => type === VPC)
    .flatMap(({ inputs, outputs }) => {
      const cidr = textOf(outputs?.["cidrBlock"]) ?? textOf(inputs?.["cidrBlock"]);
      const block = cidr === undefined ? undefined : parseCidr(cidr);
      return cidr === undefined || block === undefined ? [] : [{ cidr, block }];
    });
}

/** Where subnets lie: each zone has the smallest block that holds all of its own. */
function positionsOf(resources: readonly StateRow[], networks: Own["networks"]): ReadonlyMap<string, string> {
  const located: (readonly [zone: string, subnet: { readonly cidr: string; readonly block: Cidr }])[] = [];
  for (const { type, inputs, outputs } of resources) {
    const cidr = textOf(inputs?.["cidrBlock"]);
    const block = type === SUBNET && cidr !== undefined ? parseCidr(cidr) : undefined;
    // What the account has is what was made: a state that says otherwise was changed.
    if (cidr === undefined || block === undefined || textOf(outputs?.["cidrBlock"]) !== cidr) continue;
    if (!networks.some((network) => contains(network.block, block))) continue;
    const zone = textOf(inputs?.["availabilityZoneId"]) ?? textOf(inputs?.["availabilityZone"]) ?? "";
    located.push([zone, { cidr, block }]);
  }
  const positions = new Map<string, string>();
  for (const subnets of groupPairs(located).values()) {
    const [first, ...rest] = subnets;
    const zone = enclosing(
      first.block,
      rest.map(({ block }) => block),
    );
    for (const { cidr, block } of subnets)
      positions.set(cidr, `</${block.prefix} at ${block.base - zone.base} of its zone>`);
  }
  return positions;
}

/** Reads from a state what it calls its own. */
function ownOf({ stack, resources }: StackState): Own {
  const [region, account] = [regionOf(resources), accountOf(resources)];
  return {
    environment: stack,
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
    zones: [...zonesOf(resources).keys()].sort(byNumber),
    networks: networksOf(resources),
  };
}

/** Whether networks of two stacks share addresses. */
export function sharedBlocks(left: Own, right: Own): readonly (readonly [string, string])[] {
  return left.networks.flatMap((one) =>
    right.networks.flatMap((other): (readonly [string, string])[] =>
      overlaps(one.block, other.block) ? [[one.cidr, other.cidr]] : [],
    ),
  );
}

/** A region in every spelling, each with a placeholder of its own: one that the other stack spells otherwise is another text. */
function spellingsOf(region: string): readonly (readonly [text: string, placeholder: string])[] {
  if (region === "") return [];
  const words = region.split("-");
  const capitalized = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return [
    [region, "<region>"],
    [region.toUpperCase(), "<REGION>"],
    [words.join("_"), "<region with _>"],
    [words.join("_").toUpperCase(), "<REGION with _>"],
    [words.join(""), "<region in one word>"],
    [[...words.slice(0, 1), ...capitalized.slice(1)].join(""), "<region In One Word>"],
    [capitalized.join(""), "<Region In One Word>"],
  ];
}

/** Placeholders by what they stand for; those of subnets hold names, in which zones are still as they are. */
function placeholdersByText(own: Own, state: StackState): Map<string, string> {
  const placeholders = new Map<string, string>();
  const zoneNames = zonesOf(state.resources);
  own.zones.forEach((zone, index) => {
    placeholders.set(zone, `<zone ${index + 1}>`);
    const name = zoneNames.get(zone);
    if (name !== undefined) placeholders.set(name, `<zone name ${index + 1}>`);
  });
  const { region = "", account } = own;
  const balancers = BALANCER_ZONES[region];
  for (const [spelling, placeholder] of spellingsOf(region)) placeholders.set(spelling, placeholder);
  const [, prefix] = /^([a-z]+\d+)-az\d+$/.exec(own.zones[0] ?? "") ?? [];
  if (prefix !== undefined) placeholders.set(prefix, "<zones of the region>");
  if (balancers !== undefined) placeholders.set(balancers, "<load balancers' zone of the region>");
  if (account !== undefined) placeholders.set(account, "<account>");
  for (const { cidr, block } of own.networks) placeholders.set(cidr, `<network's /${block.prefix}>`);
  return placeholders;
}

const oneOf = (parts: readonly string[]): string => (parts.length === 0 ? "(?!)" : parts.join("|"));

/**
 * A pattern for the texts that have a placeholder, as whole words. A region is found within words too: before letters, as in
 * the name of a zone, and behind `_`, capitals or an escape of a URL.
 */
function patternOf(
  placeholders: ReadonlyMap<string, string>,
  spellings: readonly string[],
  last: readonly string[],
): RegExp {
  const longestFirst = [...placeholders.keys()]
    .filter((text) => !spellings.includes(text))
    .toSorted((left, right) => right.length - left.length)
    .map(escapeRegExp);
  const words = oneOf([...longestFirst, ...last]);
  return new RegExp(`(?<![A-Za-z0-9_])(?:${words})(?![A-Za-z0-9_])|(?<![a-z0-9])(?:${oneOf(spellings)})(?![0-9])`, "g");
}

/** The placeholders of a state. */
export function placeholdersOf(state: StackState): Placeholders {
  const own = ownOf(state);
  const positions = positionsOf(state.resources, own.networks);
  const placeholders = placeholdersByText(own, state);
  // Folders that both environments read are the primary's by name: a copy of its own would be another folder.
  const environment = `(?<!(?:${SHARED_FOLDERS.map(escapeRegExp).join("|")}))${escapeRegExp(own.environment)}`;
  const replaced = (text: string, pattern: RegExp): string =>
    text.replace(pattern, (word) => placeholders.get(word) ?? "<environment>");
  const spellings = spellingsOf(own.region ?? "").map(([text]) => text);
  const names = patternOf(placeholders, spellings, [environment]);
  for (const { type, urn, inputs } of state.resources) {
    const cidr = type === SUBNET ? textOf(inputs?.["cidrBlock"]) : undefined;
    if (cidr !== undefined && positions.has(cidr)) placeholders.set(cidr, `<block of ${replaced(nameOf(urn), names)}>`);
  }
  const [all, shared] = [[environment], []].map((last) => patternOf(placeholders, spellings, last)) as [RegExp, RegExp];
  return {
    own,
    replace: (text, type = "") => replaced(text, ONE_FOR_BOTH.includes(type) ? shared : all),
    has: (text) => placeholders.has(text) || text === own.environment,
    positionOf: (cidr) => positions.get(cidr),
  };
}
