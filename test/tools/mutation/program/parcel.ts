/** A small program whose mutants end in every way there is: killed, survived, not reached, endless, or static. */

const units: Readonly<Record<string, number>> = { g: 1, kg: 1000 };

/** A weight in grams, or undefined where the text is none. Called at loading too, by `least`. */
export function grams(text: string): number | undefined {
  const [amount = "", unit = ""] = text.trim().split(" ");
  const factor = units[unit];
  if (factor === undefined || amount === "") return undefined;
  return Number(amount) * factor;
}

const least = grams("100 g") ?? 0;

/** How often a parcel can be halved before the halves are too light. A mutant of `half` makes it endless, and counts. */
export function halvings(weight: number): number {
  const half = (whole: number): number => whole / 2;
  let times = 0;
  for (let rest = weight; half(rest) >= least; rest = half(rest)) times += 1;
  return times;
}

/** How many boxes fit. A mutant of `size` runs once and makes the loop after it endless, where nothing counts it. */
export function boxes(room: number): number {
  const size = room > 0 ? 1 : 0;
  let count = 0;
  for (let free = room; free > 0; free -= size) count += 1;
  return count;
}

let sent = 0;

/** Sends parcels after a moment, and numbers them since the last start. */
export async function send(texts: readonly string[]): Promise<readonly string[]> {
  await Promise.resolve();
  return texts.filter((text) => grams(text) !== undefined).map((text) => `${++sent}: ${text}`);
}

/** Numbers parcels from one again. */
export function start(): void {
  sent = 0;
}

/** Nothing calls this. */
export function lost(): boolean {
  return sent > 1;
}
