/** A timeline as a picture: what takes long, one bar below the other, with what decides the end in its own colour. */
import { escapeMarkup } from "@fridayproof/components/core";
import { timelineLimits } from "../limits/timeline";
import { time } from "./text";
import type { Timeline, TimelineRow } from "./timeline";

/** Of the picture, of a row, and of the columns beside the bars. Pixels. */
const SIZE = { width: 1200, row: 20, head: 92, foot: 56, words: 390, right: 70, bar: 12, least: 2, inset: 14 } as const;
/** Below a row's top, where its letters stand. Pixels. */
const BASELINE = 14;
const FONT = "ui-sans-serif,system-ui,Segoe UI,Helvetica,Arial,sans-serif";
const COLORS = {
  paper: "#ffffff",
  ink: "#1f2328",
  dim: "#59636e",
  rule: "#d1d9e0",
  path: "#b3261e",
  other: "#7a9cc6",
  slack: "#e4eaf2",
} as const;
/** Seconds between two lines of the grid: the first that leaves a dozen lines or fewer. */
const STEPS = [10, 30, 60, 120, 300, 600, 1800, 3600] as const;
const LINES = 14;

function words(x: number, y: number, text: string, more = ""): string {
  return `<text x="${x.toFixed(1)}" y="${y}" ${more}>${escapeMarkup(text)}</text>`;
}

/** What is drawn: the path, and what takes long enough to be seen; in the order in which they begin. */
function shownRows({ rows, criticalPath }: Timeline): {
  readonly shown: readonly TimelineRow[];
  readonly omitted: number;
} {
  const path = new Set(criticalPath);
  const least = timelineLimits.leastShown.value;
  const shown = rows.filter((row) => path.has(row) || row.end - row.start >= least);
  const order = (one: TimelineRow, other: TimelineRow): number => one.start - other.start || one.end - other.end;
  return { shown: shown.toSorted(order), omitted: rows.filter(({ start, end }) => end > start).length - shown.length };
}

type Scale = (seconds: number) => number;

function bar(row: TimelineRow, top: number, scale: Scale, isPath: boolean): string {
  const { inset, bar: height, row: rowHeight, least } = SIZE;
  const [begin, end, latest] = [scale(row.start), scale(row.end), scale(row.end + row.slack)];
  const y = top + (rowHeight - height) / 2;
  const rect = (from: number, to: number, color: string): string =>
    `<rect x="${from.toFixed(1)}" y="${y}" width="${Math.max(to - from, least).toFixed(1)}" height="${height}" fill="${color}"/>`;
  const slack = row.slack > 0 ? rect(end, latest, COLORS.slack) : "";
  const weight = isPath ? ' font-weight="bold"' : "";
  return [
    words(inset, top + BASELINE, row.name, `fill="${isPath ? COLORS.path : COLORS.ink}"${weight}`),
    slack,
    rect(begin, end, isPath ? COLORS.path : COLORS.other),
    words(SIZE.width - inset, top + BASELINE, time(row.end - row.start), `text-anchor="end" fill="${COLORS.dim}"`),
  ].join("");
}

function grid(totalSeconds: number, scale: Scale, bottom: number): readonly string[] {
  const step = STEPS.find((each) => totalSeconds / each <= LINES) ?? totalSeconds;
  const count = Math.floor(totalSeconds / step) + 1;
  const top = SIZE.head - SIZE.row / 2;
  return Array.from({ length: count }, (_, index) => {
    const x = scale(index * step).toFixed(1);
    return `<line x1="${x}" x2="${x}" y1="${top}" y2="${bottom}" stroke="${COLORS.rule}"/>${words(Number(x), top - SIZE.row / 4, time(index * step), `text-anchor="middle" fill="${COLORS.dim}"`)}`;
  });
}

/** Lines at which half and nine in ten of the draws have ended. */
function marks({ drawn }: Timeline, scale: Scale, bottom: number): readonly string[] {
  return Object.entries(drawn).map(([name, seconds], index) => {
    const x = scale(seconds).toFixed(1);
    const y = bottom + BASELINE + 1;
    const anchor = ["end", "end", "start"][index] ?? "start";
    const label =
      index === 1
        ? ""
        : words(Number(x), y, `${name} ${time(seconds)}`, `text-anchor="${anchor}" fill="${COLORS.dim}"`);
    return `<line x1="${x}" x2="${x}" y1="${SIZE.head - SIZE.row / 2}" y2="${bottom}" stroke="${COLORS.dim}" stroke-dasharray="4 3"/>${label}`;
  });
}

/** SVG of a timeline, a text that ends with a line break. */
export function timelinePicture(timeline: Timeline): string {
  const { stack, makespan, drawn, layered, draws, seed, tables, criticalPath } = timeline;
  const { width, row, head, foot, inset, words: column, right } = SIZE;
  const { shown, omitted } = shownRows(timeline);
  const bottom = head + shown.length * row;
  const totalSeconds = Math.max(makespan, drawn.p95, 1);
  const scale: Scale = (seconds) => column + (seconds / totalSeconds) * (width - column - right - inset);
  const title = `SIMULATED: ${stack} from nothing, typical ${time(makespan)}, p50 ${time(drawn.p50)}, p90 ${time(drawn.p90)}, p95 ${time(drawn.p95)}`;
  const about = `Layer by layer p50 ${time(layered.p50)}. Bars have typical times; the pale part is slack. ${omitted} shorter rows are not drawn.`;
  const hashes = tables.map(({ file, sha256 }) => `${file} ${sha256.slice(0, 12)}`).join(", ");
  const dim = `fill="${COLORS.dim}"`;
  const path = new Set(criticalPath);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + foot}" width="${width}" height="${bottom + foot}" font-family="${FONT}" font-size="12" role="img" aria-label="${escapeMarkup(title)}">`,
    `<rect width="${width}" height="${bottom + foot}" fill="${COLORS.paper}"/>`,
    words(inset, 2 * inset, title, `font-size="15" font-weight="bold" fill="${COLORS.ink}"`),
    words(inset, 2 * inset + row, about, dim),
    ...grid(totalSeconds, scale, bottom),
    ...shown.map((each, index) => bar(each, head + index * row, scale, path.has(each))),
    ...marks(timeline, scale, bottom),
    words(
      inset,
      bottom + foot - inset,
      `No time of it was measured, and none is an RTO. ${draws} draws, seed ${seed}; ${hashes}.`,
      dim,
    ),
    "</svg>",
    "",
  ].join("\n");
}
