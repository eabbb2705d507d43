/** The graph around a change as SVG: who uses it on the left, what it uses on the right. */
import { nameOf, escapeMarkup } from "@fridayproof/components/core";
import type { Verdict } from "../verdict";
import type { ReportedChange } from "./report";

/** Verdicts of what changes too, by address. */
export type Verdicts = ReadonlyMap<string, { readonly verdict: Verdict; readonly anchor: string }>;

const [WIDTH, HEIGHT, GAP, COLUMN] = [250, 26, 8, 330];
/** More names are counted: a security group has dozens of users. */
const MOST = 8;
const LETTERS = 30;
const [LEFT, MIDDLE, RIGHT] = [0, 1, 2] as const;

interface Box {
  readonly label: string;
  readonly column: number;
  readonly row: number;
  readonly address?: string;
}

function shortened(name: string): string {
  return name.length <= LETTERS ? name : `${name.slice(0, LETTERS - 1)}…`;
}

function column(addresses: readonly string[], at: number): readonly Box[] {
  const shown = addresses.slice(0, MOST);
  const rest = addresses.length - shown.length;
  return [
    ...shown.map((address, row): Box => ({ label: nameOf(address) || address, column: at, row, address })),
    ...(rest === 0 ? [] : [{ label: `and ${rest} more`, column: at, row: MOST }]),
  ];
}

const xOf = (box: Box): number => box.column * COLUMN;
const yOf = (box: Box): number => box.row * (HEIGHT + GAP);
const middleOf = (box: Box): number => yOf(box) + HEIGHT / 2;

function drawn(box: Box, verdicts: Verdicts): string {
  const known = box.address === undefined ? undefined : verdicts.get(box.address);
  const text = `${known === undefined ? "" : `${known.verdict} `}${shortened(box.label)}`;
  const frame = `<rect x="${xOf(box)}" y="${yOf(box)}" width="${WIDTH}" height="${HEIGHT}" rx="4" class="${known?.verdict ?? ""}"/>`;
  const label = `<text x="${xOf(box) + GAP}" y="${middleOf(box) + GAP / 2}">${escapeMarkup(text)}</text>`;
  const part = `<title>${escapeMarkup(box.address ?? box.label)}</title>${frame}${label}`;
  return known === undefined ? `<g>${part}</g>` : `<a href="#${known.anchor}">${part}</a>`;
}

/** The drawing; undefined for a change that nothing in the plan is connected to. */
export function neighboursOf(change: ReportedChange, verdicts: Verdicts): string | undefined {
  const [users, used] = [column(change.usedBy, LEFT), column(change.uses, RIGHT)];
  if (users.length + used.length === 0) return undefined;
  const rows = Math.max(users.length, used.length);
  const self: Box = { label: change.name, column: MIDDLE, row: Math.floor((rows - 1) / 2), address: change.address };
  const edge = (from: Box, to: Box): string =>
    `<line x1="${xOf(from) + WIDTH}" y1="${middleOf(from)}" x2="${xOf(to)}" y2="${middleOf(to)}"/>`;
  const edges = [...users.map((box) => edge(box, self)), ...used.map((box) => edge(self, box))];
  const [width, height] = [2 * COLUMN + WIDTH, rows * (HEIGHT + GAP)];
  const title = `${change.name}: ${users.length} on the left use it, it uses ${used.length} on the right`;
  return `<svg viewBox="-2 -2 ${width + GAP} ${height + GAP}" width="${width}" role="img" aria-label="${escapeMarkup(title)}">${[...edges, ...[...users, self, ...used].map((box) => drawn(box, verdicts))].join("")}</svg>`;
}
