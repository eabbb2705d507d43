/** Measurements as a table, and what dominates each. */
import type { Measurement, Sample } from "./measure";

/** The middle value; of an even number of values the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const half = sorted.length / 2;
  const [low = 0, high = low] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}

/** Medians of the phases and of what no phase covers: the end of the process. Milliseconds. */
function phaseMedians({ samples }: Measurement): [phase: string, ms: number][] {
  const names = [...new Set(samples.flatMap(({ phases }) => [...phases.keys()]))];
  if (names.length === 0) return [];
  const known = names.map((name): [string, number] => [
    name,
    median(samples.map(({ phases }) => phases.get(name) ?? 0)),
  ]);
  const rest = median(
    samples.map(({ wallMs, phases }) => wallMs - [...phases.values()].reduce((sum, ms) => sum + ms, 0)),
  );
  return [...known, ["exit", rest]];
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** One line for a measurement: median, spread, phases, and the largest of them. */
export function reportLine(measurement: Measurement, width: number): string {
  const walls = measurement.samples.map(({ wallMs }) => wallMs);
  const spread = `${seconds(Math.min(...walls))} to ${seconds(Math.max(...walls))}`;
  const phases = phaseMedians(measurement);
  const [largest] = [...phases].sort(([, left], [, right]) => right - left);
  const parts = phases.map(([phase, ms]) => `${phase} ${seconds(ms)}`).join(", ");
  const tail = largest === undefined ? "" : `  [${parts}; most: ${largest[0]}]`;
  return `${measurement.title.padEnd(width)}  ${seconds(median(walls)).padStart(7)}  (${spread})${tail}`;
}

/** One line for how much more the second command of each pair takes: the median ratio of processor times, with the spread. */
export function ratioLine(title: string, first: readonly Sample[], second: readonly Sample[], width: number): string {
  const all = [...first, ...second];
  const isCounted = all.every(({ processorMs }) => processorMs !== undefined);
  const costOf = ({ wallMs, processorMs }: Sample): number => (isCounted ? (processorMs ?? wallMs) : wallMs);
  const ratios = first.flatMap((sample, pair) => {
    const other = second[pair];
    return other === undefined ? [] : [costOf(other) / costOf(sample)];
  });
  const [middle, least, most] = [median(ratios), Math.min(...ratios), Math.max(...ratios)].map((ratio) =>
    ratio.toFixed(2),
  );
  const what = isCounted ? "processor time" : "wall time";
  return `${title.padEnd(width)}  ${`x ${middle}`.padStart(7)}  (${least} to ${most}, ${what})`;
}

/** One line for what the second command of each pair takes longer than the first: medians over the pairs. */
export function shareLine(title: string, first: readonly Sample[], second: readonly Sample[], width: number): string {
  const walls = second.map(({ wallMs }, pair) => ({ with: wallMs, without: first[pair]?.wallMs ?? wallMs }));
  const added = median(walls.map((pair) => pair.with - pair.without));
  const shares = walls.map((pair) => Math.round((100 * (pair.with - pair.without)) / pair.with));
  const spread = `${Math.min(...shares)} to ${Math.max(...shares)} %`;
  const total = median(walls.map((pair) => pair.with));
  return `${title.padEnd(width)}  ${seconds(added).padStart(7)}  of ${seconds(total)}: ${median(shares)} % (${spread})`;
}
