/** One screen about a stack: traffic by slot, health, versions, freezes, drift and the last change. */
import type { Share, SlotStatus, StackStatus } from "@fridayproof/guard/status";
import type { ApplicationSync } from "@fridayproof/sandbox/account";
import { minuteText, type Terminal, wrapText } from "@fridayproof/sandbox/terminal";
import { differing, heldText } from "../stack/applications";
import type { Freeze } from "./freezes";

/** The facts of the screen. */
export interface StatusFacts {
  readonly stack: string;
  readonly now: Date;
  readonly status: StackStatus;
  /** The simulated sync of the applications by Argo CD, not carried out. @default [] */
  readonly synced?: readonly ApplicationSync[];
  readonly freeze?: Freeze;
  /** Names of drifted resources; undefined without --refresh. */
  readonly drifted?: readonly string[];
  /** Formatted USD a month. */
  readonly cost?: string;
}

/** Width of the labels. */
const LABEL = 10;
/** Characters of a bar at 100 %. */
const BAR = 20;
const PERCENT = 100;
/** Names listed before the rest is only counted. */
const NAMES_SHOWN = 3;

type ScreenStyle = Pick<Terminal, "columns" | "colors" | "plain" | "unicode">;

/** An application, and whether its clusters are in sync with Git. */
function applicationText(name: string, synced: StatusFacts["synced"] = []): string {
  const rows = synced.filter(({ application }) => application === name);
  if (rows.length === 0) return `${name}, nothing in Git`;
  const refused = rows.find(({ problems }) => problems.length > 0);
  if (refused !== undefined) return `${name}, refused: ${refused.problems[0]}`;
  const count = rows.reduce((sum, row) => sum + differing(row), 0);
  const differ = count === 1 ? "1 object differs from Git" : `${count} objects differ from Git`;
  const held = rows.find((row) => row.held !== undefined && differing(row) > 0)?.held;
  if (held !== undefined) return `${name}, held ${heldText(held)}: ${differ}`;
  if (count > 0) return `${name}, out of sync: ${differ}`;
  return `${name}, ${rows.reduce((sum, { unchanged }) => sum + unchanged, 0)} objects in sync`;
}

/** The lines of the screen. */
export function statusLines(facts: StatusFacts, style: ScreenStyle): string[] {
  const { stack, now, status, freeze, drifted, cost } = facts;
  const { columns, colors } = style;
  const head = `${colors.bold(stack)} on the sandbox${status.region === undefined ? "" : `, ${status.region}`}`;
  const row = (label: string, text: string): string[] => wrapText(`${label.padEnd(LABEL)}${text}`, LABEL, columns);
  const host = status.hosts[0];
  const slotWidth = Math.max(...status.slots.map(({ slot }) => slot.length), 0);
  return [
    `${head}, ${minuteText(now.getTime())} UTC`,
    "",
    ...row("traffic", host === undefined ? "no DNS record points here" : `https://${host}`),
    ...status.slots.flatMap((slot) => slotLines(slot, slotWidth, style)),
    ...(status.standsBy === undefined ? [] : row("standby", standbyText(status.standsBy))),
    ...(status.pools.length === 0 ? [] : row("pools", status.pools.map(poolText).join(", "))),
    ...(status.applications.length === 0
      ? []
      : row("apps", status.applications.map((name) => applicationText(name, facts.synced)).join("; "))),
    ...row("frozen", freeze === undefined ? "no" : `yes, until ${freeze.until} ${freeze.timeZone}: ${freeze.reason}`),
    ...row("account", accountText(status)),
    ...row("drift", driftText(stack, drifted)),
    ...row("versions", versionText(status)),
    ...row("last", lastText(status)),
    ...(cost === undefined ? [] : row("cost", `${cost} USD a month (SIMULATED)`)),
  ];
}

function slotLines(
  { slot, weight, targets, nodes, kubernetes }: SlotStatus,
  width: number,
  style: ScreenStyle,
): string[] {
  const { colors, columns } = style;
  const share = weight === undefined ? "no weight" : `${weight} %`.padStart("100 %".length);
  const length = Math.round(((weight ?? 0) * BAR) / PERCENT);
  const bar = style.plain
    ? ""
    : `${(style.unicode ? "█" : "#").repeat(weight === 0 ? 0 : Math.max(1, length))}`.padEnd(BAR + 2);
  const isBad = (weight ?? 0) > 0 && targets.ready < targets.desired;
  const targetText = `targets ${shareText(targets)}`;
  const text = `  ${slot.padEnd(width)}  ${share}  ${bar}${targetText}   nodes ${shareText(nodes)}   EKS ${kubernetes ?? "not known"}`;
  return wrapText(text, LABEL, columns).map((line) =>
    isBad ? line.replace(targetText, colors.red(targetText)) : line,
  );
}

function standbyText(standsBy: boolean): string {
  return standsBy ? "yes: its health check returns 503, nothing fails over to it" : "no: its health check returns 200";
}

const shareText = ({ ready, desired }: Share): string => `${ready}/${desired}`;

const poolText = ({ pool, least, most, slots }: StackStatus["pools"][number]): string =>
  `${pool} ${least} to ${most} nodes${slots.length > 1 ? " in each slot" : ""}`;

function named(names: readonly string[]): string {
  const rest = names.length > NAMES_SHOWN ? `, ${names.length - NAMES_SHOWN} more` : "";
  return `${names.slice(0, NAMES_SHOWN).join(", ")}${rest}`;
}

function accountText({ missing, resources }: StackStatus): string {
  if (missing.length === 0) return `has all ${resources} resources of the state; health is SIMULATED`;
  return `lacks ${missing.length} of ${resources} resources of the state: ${named(missing)}`;
}

function driftText(stack: string, drifted: readonly string[] | undefined): string {
  if (drifted === undefined) return `not checked               npx fridayproof status -s ${stack} --refresh`;
  if (drifted.length === 0) return "none";
  return `${drifted.length} changed by others: ${named(drifted)}`;
}

function versionText({ versions }: StackStatus): string {
  return versions.length === 0 ? "no charts" : versions.map(({ what, version }) => `${what} ${version}`).join(", ");
}

function lastText({ last }: StackStatus): string {
  return last === undefined
    ? "nothing was made yet"
    : `${minuteText(Date.parse(last.at))} UTC, ${last.name} was changed last`;
}
