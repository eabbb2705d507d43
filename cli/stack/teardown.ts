/** The screen before a stack is destroyed: what is deleted, and every protection that is removed first. */
import { counted, groupPairs } from "@fridayproof/components/core";
import { costsOf, type PlannedResource, usd } from "@fridayproof/guard/costs";
import type { Hold } from "@fridayproof/guard/protection";
import { stackStatus, type StatusResource } from "@fridayproof/guard/status";
import { wrapText } from "@fridayproof/sandbox/terminal";
import { foldedNames } from "./folded-names";

/** A stack to destroy. */
export interface Teardown {
  readonly stack: string;
  /** Resources of its state. */
  readonly resources: readonly (StatusResource & PlannedResource)[];
  readonly holds: readonly Hold[];
  /** The stack that this one depends on, if any: it stays. */
  readonly foundation?: string;
}

/** Column of the names of a group. */
const INDENT = 6;

/** The lines above the prompt: the outcome first, then each kind of protection with its resources. */
export function teardownLines({ stack, resources, holds, foundation }: Teardown, columns: number): string[] {
  const lifted = holds.length === 0 ? "" : `, ${counted(holds.length, "protection")} to lift first`;
  const row = (label: string, text: string): string[] =>
    text === "" ? [] : wrapText(`${label.padEnd(LABEL)}${text}`, LABEL, columns);
  return [
    `${stack}: ${resources.length} to delete${lifted}`,
    ...row("  serves now", servesNow(resources)),
    ...groups(holds).flatMap((group) => groupLines(group, columns)),
    ...row("Stays", staysOf(resources, foundation).join("; ")),
    ...row("Cost", costOf(stack, resources)),
  ];
}

/** Width of the labels. */
const LABEL = 14;

/** `blue 100 %, green 0 % of https://example.com`; empty where nothing gets traffic. */
function servesNow(resources: Teardown["resources"]): string {
  const { slots, hosts } = stackStatus(resources, () => true);
  const shares = slots.flatMap(({ slot, weight = 0 }) => (weight > 0 ? [`${slot} ${weight} %`] : []));
  return shares.length === 0
    ? ""
    : `${shares.join(", ")} of ${hosts[0] === undefined ? "the traffic" : `https://${hosts[0]}`}`;
}

/** What remains: what AWS keeps, and what belongs to another stack. */
function staysOf(resources: Teardown["resources"], foundation: string | undefined): string[] {
  const snapshots = resources.filter(
    ({ type, inputs }) =>
      type === "aws:rds/cluster:Cluster" &&
      inputs?.finalSnapshotIdentifier !== undefined &&
      inputs.skipFinalSnapshot !== true,
  ).length;
  const hasRecords = resources.some(({ type }) => type === "aws:route53/record:Record");
  const hasZone = resources.some(({ type }) => type === "aws:route53/zone:Zone");
  return [
    ...pending(resources, "aws:kms/key:Key", "KMS key", ({ deletionWindowInDays }) => deletionWindowInDays),
    ...pending(resources, SECRET, "secret", ({ recoveryWindowInDays }) => recoveryWindowInDays),
    ...(snapshots === 0 ? [] : [`the last snapshot of ${counted(snapshots, "database")}`]),
    ...(hasRecords && !hasZone ? ["the hosted zone"] : []),
    ...(foundation === undefined ? [] : [`${foundation}, which other stacks use`]),
  ];
}

const SECRET = "aws:secretsmanager/secret:Secret";

/** Default of the windows of KMS and Secrets Manager. Days. Source: their API references, ScheduleKeyDeletion and DeleteSecret. */
const WINDOW_DAYS = 30;

type Inputs = NonNullable<PlannedResource["inputs"]>;

/** What of a type is deleted only after days, which are its own; a window of 0 days leaves nothing. */
function pending(
  resources: Teardown["resources"],
  kind: string,
  what: string,
  window: (inputs: Inputs) => unknown,
): string[] {
  const days = resources
    .filter(({ type }) => type === kind)
    .map(({ inputs = {} }) => Number(window(inputs) ?? WINDOW_DAYS))
    .filter((one) => one > 0);
  return days.length === 0 ? [] : [`${counted(days.length, what)}, ${Math.max(...days)} days until deletion`];
}

/** `1,384.95 → 0.00 USD a month`. */
function costOf(stack: string, resources: Teardown["resources"]): string {
  const costs = costsOf(stack, resources, []);
  return costs === undefined || costs.before === 0 ? "" : `${usd(costs.before)} → ${usd(0)} USD a month (SIMULATED)`;
}

type Group = readonly [title: string, names: readonly string[]];

function groups(holds: readonly Hold[]): Group[] {
  const titleOf = ({ by, why }: Hold): string => (by === "what it leaves" ? why : `${by}: ${why}`);
  return [...groupPairs(holds.map((hold) => [titleOf(hold), hold.name] as const))];
}

function groupLines([title, names]: Group, columns: number): string[] {
  return [`  ${names.length}  ${title}`, ...wrapText(`${" ".repeat(INDENT)}${foldedNames(names)}`, INDENT, columns)];
}
