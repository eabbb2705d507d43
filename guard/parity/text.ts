/** A comparison for people: the verdict, both stacks, what differs by sort, and what nobody looked at. */
import { counted, groupBy } from "@fridayproof/components/core";
import { parityLimits } from "../limits/parity";
import type { Parity, ShownDifference } from "./parity";

/** The verdict in one line. */
export function headlineOf({
  verdict,
  stacks: [first, second],
  compared,
  differences,
  standby,
  allowed,
  notCompared,
}: Parity): string {
  const counts = [
    `${compared} resources compared`,
    counted(differences.length, "difference"),
    ...(standby.length === 0 ? [] : [`${standby.length} because one stands by`]),
    ...(allowed.length === 0 ? [] : [`${allowed.length} allowed`]),
    ...(notCompared.length === 0 ? [] : [`${notCompared.length} not compared`]),
  ];
  return `${first.stack} and ${second.stack}: ${verdict}, ${counts.join(", ")}`;
}

/** Differences by their sort, in the order in which the sorts first come. */
export function byKind<T extends ShownDifference>(differences: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return groupBy(differences, ({ kind }) => kind);
}

/** What is shown of the differences, and how many are not. */
export function shownOf(differences: readonly ShownDifference[]): readonly [readonly ShownDifference[], number] {
  const most = parityLimits.shownDifferences.value;
  return [differences.slice(0, most), Math.max(0, differences.length - most)];
}

function stackLine({ stack, region, zones, resources, hash }: Parity["stacks"][0], width: number): string {
  return `${stack.padEnd(width)}  ${[`${resources} resources`, region, zones.join(" ")].filter((part) => part).join(", ")}  ${hash}`;
}

function differenceLines(
  { address, first, second, reason }: ShownDifference,
  [left, right]: readonly [string, string],
): string[] {
  const width = Math.max(left.length, right.length);
  return [
    `  ${address}${reason === undefined ? "" : `: ${reason}`}`,
    `    ${left.padEnd(width)}  ${first}`,
    `    ${right.padEnd(width)}  ${second}`,
  ];
}

/** Lines for a terminal. */
export function parityText(parity: Parity): readonly string[] {
  const [one, other] = parity.stacks;
  const width = Math.max(one.stack.length, other.stack.length);
  const [shown, omitted] = shownOf(parity.differences);
  return [
    headlineOf(parity),
    "",
    stackLine(one, width),
    stackLine(other, width),
    ...[...byKind(shown)].flatMap(([kind, differences]) => [
      "",
      `${kind} (${differences.length})`,
      ...differences.flatMap((difference) => differenceLines(difference, [one.stack, other.stack])),
    ]),
    ...(omitted === 0 ? [] : ["", `${omitted} more differences: --json shows all of them`]),
    ...(parity.standby.length === 0 ? [] : ["", `because one stands by (${parity.standby.length})`]),
    ...parity.standby.flatMap((difference) => differenceLines(difference, [one.stack, other.stack])),
    ...(parity.allowed.length === 0 ? [] : ["", "allowed"]),
    ...parity.allowed.map(
      ({ address, reason, owner, expires }) => `  ${address}: ${reason} (${owner}, until ${expires})`,
    ),
    ...parity.remarks.map((remark) => `allowances: ${remark}`),
    ...(parity.notCompared.length === 0 ? [] : ["", "not compared"]),
    ...parity.notCompared.map(({ address, why }) => `  ${address === "" ? why : `${address}: ${why}`}`),
    "",
    "not looked at, because no state holds it",
    ...parity.notLookedAt.map((each) => `  ${each}`),
  ];
}
