/** A drill as a picture: each step that takes time, one after the other, beside its budget; and what clients see. */
import { escapeMarkup } from "@fridayproof/components/core";
import type { DrillReport, ReportedStep } from "./report";
import { time } from "./text";
import { writtenShares } from "./times";

/** Pixels. */
const SIZE = {
  width: 1100,
  words: 430,
  right: 150,
  row: 30,
  head: 74,
  bar: 14,
  inset: 16,
  curve: 130,
  foot: 64,
} as const;
const BASELINE = 19;
const FONT = "ui-sans-serif,system-ui,Segoe UI,Helvetica,Arial,sans-serif";
const COLORS = {
  ...{ paper: "#ffffff", ink: "#1f2328", dim: "#59636e", budget: "#e4eaf2", over: "#b3261e", axis: "#d1d9e0" },
  ...{ detect: "#c7902b", decide: "#8a63b8", act: "#3f73b5" },
} as const;

const words = (x: number, y: number, text: string, more = ""): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${escapeMarkup(text)}</text>`;
const rect = (x: number, y: number, width: number, color: string): string =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(width, 2).toFixed(1)}" height="${SIZE.bar}" fill="${color}"/>`;

type Timed = ReportedStep & Required<Pick<ReportedStep, "seconds" | "budget" | "slack">>;

const isTimed = (step: ReportedStep): step is Timed => step.seconds !== undefined && step.budget !== undefined;

function bars(steps: readonly Timed[]): string[] {
  const totalSeconds = steps.reduce((sum, { seconds, budget }) => sum + Math.max(seconds.p95, budget), 0);
  const scale = (SIZE.width - SIZE.words - SIZE.right) / Math.max(totalSeconds, 1);
  let begin = 0;
  return steps.map(({ title, line, seconds, budget, slack }, index) => {
    const top = SIZE.head + index * SIZE.row;
    const [x, y] = [SIZE.words + begin * scale, top + (SIZE.row - SIZE.bar) / 2];
    begin += Math.max(seconds.p95, budget);
    const color = slack < 0 ? COLORS.over : (COLORS[line as "detect"] ?? COLORS.act);
    const times = `p95 ${time(seconds.p95)} of ${time(budget)}`;
    return [
      words(SIZE.inset, top + BASELINE, `${line}: ${title}`, `fill="${COLORS.ink}"`),
      rect(x, y, budget * scale, COLORS.budget),
      rect(x, y, seconds.p95 * scale, color),
      words(
        SIZE.width - SIZE.inset,
        top + BASELINE,
        times,
        `text-anchor="end" fill="${slack < 0 ? COLORS.over : COLORS.dim}"`,
      ),
    ].join("");
  });
}

function curve({ clients }: DrillReport, top: number): string[] {
  const last = clients.at(-1)?.at ?? 0;
  if (last === 0) return [];
  const [left, width, height] = [SIZE.words, SIZE.width - SIZE.words - SIZE.right, SIZE.curve - SIZE.row];
  const bottom = top + SIZE.row + height;
  const x = (at: number): number => left + (at / last) * width;
  const points = clients
    .map(({ at, share }) => `${x(at).toFixed(1)},${(bottom - share * height).toFixed(1)}`)
    .join(" ");
  const ticks = writtenShares(clients);
  return [
    words(SIZE.inset, top + BASELINE + SIZE.row, "resolvers with the new answer,", `fill="${COLORS.ink}"`),
    words(SIZE.inset, top + BASELINE * 2 + SIZE.row, "after the leg opened", `fill="${COLORS.ink}"`),
    `<path d="M${left} ${bottom - height}V${bottom}H${left + width}" fill="none" stroke="${COLORS.axis}"/>`,
    `<polyline points="${points}" fill="none" stroke="${COLORS.act}" stroke-width="2"/>`,
    words(left - 8, bottom - height + 5, "100 %", `text-anchor="end" fill="${COLORS.dim}"`),
    ...ticks.map(({ at }) => words(x(at), bottom + BASELINE, time(at), `text-anchor="middle" fill="${COLORS.dim}"`)),
  ];
}

/** SVG, with a background of its own. */
export function drillPicture(report: DrillReport): string {
  const { scenario, outcome, inBudget, day, steps, lines } = report;
  const timed = steps.filter(isTimed);
  const top = SIZE.head + timed.length * SIZE.row;
  const height = top + (report.clients.length > 0 ? SIZE.curve + SIZE.row : 0) + SIZE.foot;
  const totalSeconds = lines.find(({ line }) => line === "whole");
  const sum =
    totalSeconds === undefined
      ? ""
      : `p50 ${time(totalSeconds.seconds.p50)}, p95 ${time(totalSeconds.seconds.p95)}, budget ${time(totalSeconds.budget)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${height}" viewBox="0 0 ${SIZE.width} ${height}" font-family="${FONT}" font-size="13">`,
    `<rect width="100%" height="100%" fill="${COLORS.paper}"/>`,
    words(
      SIZE.inset,
      28,
      `Drill ${scenario.name}: ${outcome}${inBudget ? "" : ", over budget"}`,
      `font-size="18" font-weight="bold" fill="${COLORS.ink}"`,
    ),
    words(SIZE.inset, 52, `${scenario.title}. ${sum}`, `fill="${COLORS.dim}"`),
    ...bars(timed),
    ...curve(report, top),
    words(
      SIZE.inset,
      height - 20,
      `${day}, on the sandbox. All times are SIMULATED: none is an RTO. Pale: the budget.`,
      `fill="${COLORS.dim}"`,
    ),
    "</svg>",
    "",
  ].join("\n");
}
