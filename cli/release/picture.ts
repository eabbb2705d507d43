/** The timetable of a release as a picture: each step from its soonest beginning to its soonest end, one below the other. */
import { clock, escapeMarkup } from "@fridayproof/components/core";
import type { ReleasePlan } from "../context/hook-types";

type Timetable = ReleasePlan["timetable"];
type TimetableRow = Timetable["rows"][number];

/** Of the picture, of a row, and of the columns beside the bars. Pixels. */
const SIZE = { width: 1170, row: 26, head: 56, foot: 34, label: 600, latest: 70, bar: 14, least: 2 } as const;
const INSET = 12;
/** Below a row's top, where its letters stand. Pixels. */
const BASELINE = 17;
const PERCENT = 100;
const FONT = "ui-sans-serif,system-ui,Segoe UI,Helvetica,Arial,sans-serif";
/** Grey without users, then darker with more of them: distinct without colours too, by the number in the row. */
const COLORS = { paper: "#ffffff", ink: "#1f2328", dim: "#59636e", rule: "#d1d9e0", nobody: "#8c959f" } as const;
/** Lightness of a bar for the first user and for all of them. Percent. */
const SHADES = { few: 62, all: 34 } as const;

function text(x: number, y: number, label: string, more = ""): string {
  return `<text x="${x}" y="${y}" ${more}>${escapeMarkup(label)}</text>`;
}

function colorOf({ weight }: TimetableRow): string {
  if (weight === 0) return COLORS.nobody;
  const lightness = SHADES.few + ((SHADES.all - SHADES.few) * weight) / PERCENT;
  return `hsl(212 90% ${Math.round(lightness)}%)`;
}

function rowPicture(row: TimetableRow, from: number, top: number, scale: (seconds: number) => number): string {
  const [begin, end] = [scale(from), scale(row.ends.soonest)];
  const width = Math.max(end - begin, SIZE.least);
  const label = row.weight === 0 ? row.what : `${row.weight} %: ${row.what}`;
  const y = top + BASELINE;
  const bar = `<rect x="${begin.toFixed(1)}" y="${top + (SIZE.row - SIZE.bar) / 2}" width="${width.toFixed(1)}" height="${SIZE.bar}" fill="${colorOf(row)}"><title>${escapeMarkup(row.gates.join(", "))}</title></rect>`;
  const latest = text(SIZE.width - INSET, y, clock(row.ends.latest), `text-anchor="end" fill="${COLORS.dim}"`);
  return text(INSET, y, label, `fill="${COLORS.ink}"`) + bar + latest;
}

/** SVG of a timetable, a text that ends with a line break. */
export function timetablePicture(application: string, { rows, liveBy, wayBack, undo }: Timetable): string {
  const { width, row: rowHeight, head, foot, label, latest } = SIZE;
  const height = head + rows.length * rowHeight + foot;
  const soonest = rows.at(-1)?.ends.soonest ?? 0;
  const totalSeconds = Math.max(soonest, 1);
  const room = width - label - latest - 2 * INSET;
  const scale = (seconds: number): number => label + (seconds / totalSeconds) * room;
  const bars = rows.map((row, index) =>
    rowPicture(row, rows[index - 1]?.ends.soonest ?? 0, head + index * rowHeight, scale),
  );
  const [kind, old] = undo === true ? ["Undo", "pods of the version that is taken back"] : ["Release", "old pods"];
  const title = `${kind} of ${application}, ${clock(soonest)} at the soonest`;
  const ends = wayBack > 0 ? `; the ${old} stay for ${clock(wayBack)} after the last step` : "";
  const below = `First users by ${clock(liveBy)} at the latest${ends}. SIMULATED: arithmetic over the limits.`;
  const dim = `fill="${COLORS.dim}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${FONT}" font-size="13" role="img" aria-label="${escapeMarkup(title)}">`,
    `<rect width="${width}" height="${height}" fill="${COLORS.paper}"/>`,
    text(INSET, 2 * INSET, title, `font-weight="bold" fill="${COLORS.ink}"`),
    text(width - INSET, head - INSET, "latest end", `text-anchor="end" ${dim}`),
    text(label, head - INSET, "soonest", dim),
    `<line x1="${INSET}" x2="${width - INSET}" y1="${head - rowHeight / 4}" y2="${head - rowHeight / 4}" stroke="${COLORS.rule}"/>`,
    ...bars,
    text(INSET, height - INSET, below, dim),
    "</svg>",
    "",
  ].join("\n");
}
