/** Changes that have a meaning of their own: traffic weights, capacity, versions and time-outs, worded before their paths. */
import { isObject, type PropertyMap, type Value } from "../../property/values";
import type { Difference, LeafDifference, Side } from "./difference";
import { isIdentified, membersOf, type DifferencePath, type Identified } from "./path";
import { compare } from "./compare";
import { valueLines, type ValueLine } from "./lines";
import { scalarText, type ValueFormat } from "./scalar";

/** The whole resource on both sides: a meaning may need what did not change. */
export interface ResourceSides {
  readonly type: string;
  readonly old: PropertyMap;
  readonly now: PropertyMap;
}

/** What a meaning made of the differences: its lines, and what it did not use. */
export interface Explained {
  readonly lines: readonly ValueLine[];
  readonly rest: readonly Difference[];
}

type Meaning = (sides: ResourceSides, differences: readonly Difference[], format: ValueFormat) => Explained;

/** A label and unit for one leaf. */
interface LeafMeaning {
  readonly label: string;
  /** Behind both values. */
  readonly unit?: string;
  /** A sentence about the rest of the resource. */
  readonly note?: (now: PropertyMap) => string | undefined;
}

const memberOf = (map: Side, ...keys: readonly string[]): Side =>
  keys.reduce<Side>((value, key) => (isObject(value) ? value[key] : undefined), map);

/** What keeps a pool where it is: shown beside a bound that changes. */
function poolNote(now: PropertyMap): string | undefined {
  const least = memberOf(now, "scalingConfig", "minSize");
  const desired = memberOf(now, "scalingConfig", "desiredSize");
  if (typeof least !== "number") return undefined;
  return `(least ${least}${typeof desired === "number" ? `; desired ${desired}, the autoscaler's` : ""})`;
}

/** By type and members of the path. */
const LEAVES: Readonly<Record<string, Readonly<Record<string, LeafMeaning>>>> = {
  "aws:eks/nodeGroup:NodeGroup": {
    "scalingConfig.maxSize": { label: "nodes at most", note: poolNote },
    "scalingConfig.minSize": { label: "nodes at least" },
    "scalingConfig.desiredSize": { label: "nodes desired" },
    "updateConfig.maxUnavailable": { label: "nodes updated at once" },
    version: { label: "Kubernetes version" },
    releaseVersion: { label: "AMI release" },
  },
  "aws:eks/cluster:Cluster": { version: { label: "Kubernetes version" } },
  "aws:eks/addon:Addon": { addonVersion: { label: "add-on version" } },
  "aws:lb/loadBalancer:LoadBalancer": { idleTimeout: { label: "idleTimeout", unit: "s" } },
  "aws:lb/targetGroup:TargetGroup": {
    deregistrationDelay: { label: "deregistrationDelay", unit: "s" },
    slowStart: { label: "slowStart", unit: "s" },
    "healthCheck.interval": { label: "healthCheck.interval", unit: "s" },
    "healthCheck.timeout": { label: "healthCheck.timeout", unit: "s" },
  },
  "aws:route53/record:Record": { ttl: { label: "ttl", unit: "s" } },
  "kubernetes:helm.sh/v3:Release": { version: { label: "chart version" } },
};

/** Known leaves get their label and unit. */
const knownLeaves: Meaning = ({ type, now }, differences, format) => {
  const known = LEAVES[type] ?? {};
  const lines: ValueLine[] = [];
  const rest = differences.filter((difference) => {
    const meaning = difference.kind === "leaf" ? known[membersOf(difference.path)] : undefined;
    if (meaning === undefined || difference.kind !== "leaf") return true;
    lines.push(leafLine(difference, meaning, now, format));
    return false;
  });
  return { lines, rest };
};

function leafLine(
  { path, old, now }: LeafDifference,
  meaning: LeafMeaning,
  all: PropertyMap,
  format: ValueFormat,
): ValueLine {
  const { label, unit, note } = meaning;
  const side = (value: Side): string =>
    scalarText(value, format, path) + (unit === undefined || typeof value !== "number" ? "" : ` ${unit}`);
  const noteText = note?.(all);
  return {
    depth: 0,
    label,
    old: side(old),
    now: side(now),
    leaves: 1,
    ...(noteText === undefined ? {} : { note: noteText }),
  };
}

/** `front-door-blue` as `blue`: the slot is what a person shifts. */
const slotOf = (group: string): string => /(?:^|-)(blue|green)$/.exec(group)?.[1] ?? group;

/** A difference inside of one target group of a forward action. */
interface GroupDifference extends LeafDifference {
  readonly group: Identified;
}

/** The differences in this member of target groups; which group it is stands in the path. */
function inGroups(differences: readonly Difference[], member: "weight" | "arn"): GroupDifference[] {
  return differences.flatMap((difference) => {
    const group = difference.path.findLast(isIdentified);
    const isMember = membersOf(difference.path).split(".").slice(-2).join(".") === `targetGroups.${member}`;
    return difference.kind === "leaf" && isMember && group !== undefined ? [{ ...difference, group }] : [];
  });
}

/**
 * The target groups of a forward action: `weights   blue 100 → 95, green 0 → 5`, and below it the groups whose ARN is
 * another or not known yet, each with the weight that it keeps.
 */
const targetGroups: Meaning = (sides, differences, format) => {
  const [weights, arns] = [inGroups(differences, "weight"), inGroups(differences, "arn")];
  const slot = ({ group }: GroupDifference): string => slotOf(format.names(group.value));
  const shifts = weights.map(
    (weight) =>
      `${slot(weight)} ${scalarText(weight.old, format, weight.path)} → ${scalarText(weight.now, format, weight.path)}`,
  );
  const groupLine = (arn: GroupDifference): ValueLine => {
    const { path, old, now } = arn;
    const weight = memberOf(elementAt(sides.old, path.slice(0, -1)), "weight");
    const isShifted = weights.some(({ group }) => group.value === arn.group.value);
    return {
      depth: 0,
      label: isShifted || typeof weight !== "number" ? slot(arn) : `${slot(arn)} ${weight}`,
      old: scalarText(old, format, path),
      now: scalarText(now, format, path, old),
      leaves: 1,
    };
  };
  const used = new Set([...weights, ...arns].map(({ path }) => path));
  return {
    lines: [
      ...(shifts.length === 0 ? [] : [{ depth: 0, label: "weights", text: shifts.join(", "), leaves: shifts.length }]),
      ...arns.map(groupLine),
    ],
    rest: differences.filter(({ path }) => !used.has(path)),
  };
};

/** What stands at a path of the old side. */
function elementAt(value: Side, path: DifferencePath): Side {
  return path.reduce<Side>((at, step) => {
    if (!isIdentified(step)) return (at as { readonly [key: string | number]: Value } | undefined)?.[step];
    return (at as readonly Value[]).find((item) => isObject(item) && item[step.key] === step.value);
  }, value);
}

const SECONDS_PER_HOUR = 3600;

/** Stickiness of a forward action: whether a client stays on its slot. */
const stickiness: Meaning = (sides, differences) => {
  const isSticky = ({ path }: Difference): boolean => /(?:^|\.)stickiness\.(?:enabled|duration)$/.test(membersOf(path));
  const changed = differences.filter(isSticky);
  const isSwitched = changed.some(({ path }) => membersOf(path).endsWith("enabled"));
  if (!isSwitched) return { lines: [], rest: differences };
  const [before, after] = [stickinessOf(sides.old), stickinessOf(sides.now)];
  const line: ValueLine = {
    depth: 0,
    label: "stickiness",
    old: before,
    now: after,
    leaves: changed.length,
    ...(after === "off" ? {} : { note: "(a client stays on its slot)" }),
  };
  return { lines: [line], rest: differences.filter((difference) => !isSticky(difference)) };
};

/** The first stickiness inside of a listener's or rule's actions. */
function stickinessOf(inputs: PropertyMap): string {
  const found = findMember(inputs, "stickiness");
  if (!isObject(found) || found.enabled !== true) return "off";
  const seconds = found.duration;
  return typeof seconds === "number"
    ? `on, ${seconds % SECONDS_PER_HOUR === 0 ? `${seconds / SECONDS_PER_HOUR} h` : `${seconds} s`}`
    : "on";
}

function findMember(value: Value, key: string): Value | undefined {
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  if (isObject(value) && value[key] !== undefined) return value[key];
  for (const item of inner as readonly Value[]) {
    const found = findMember(item, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

const MEANINGS: readonly Meaning[] = [targetGroups, stickiness, knownLeaves];

/** All meanings one after the other; the rest is left. */
export function explainDifferences(
  sides: ResourceSides,
  differences: readonly Difference[],
  format: ValueFormat,
): Explained {
  return MEANINGS.reduce<Explained>(
    ({ lines, rest }, meaning) => {
      const explained = meaning(sides, rest, format);
      return { lines: [...lines, ...explained.lines], rest: explained.rest };
    },
    { lines: [], rest: differences },
  );
}

/** Everything that differs between two sets of inputs, as lines: what has a meaning of its own first. */
export function comparedLines(sides: ResourceSides, format: ValueFormat): readonly ValueLine[] {
  const { lines, rest } = explainDifferences(sides, compare(sides.type, sides.old, sides.now), format);
  return [...lines, ...valueLines(rest, format)];
}
