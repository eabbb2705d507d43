/** "Did you mean": the known name that a wrong one is a slip of, and silence where it is none. */
import { distance } from "./nearest";

/** A slip is at most this share of the longer name: `prdo` for `prod` is one, `foo` for `dev` is none. */
const SLIP = 0.5;

/** The name that takes the fewest changes to become `wrong`, if those are few enough for a slip. */
export function slipOf(wrong: string, known: readonly string[]): string | undefined {
  const rated = known.map((name) => ({ name, away: distance(wrong.toLowerCase(), name.toLowerCase()) }));
  const isSlip = ({ name, away }: (typeof rated)[number]): boolean =>
    away <= SLIP * Math.max(name.length, wrong.length) || letters(name) === letters(wrong);
  return rated.filter(isSlip).sort((one, other) => one.away - other.away)[0]?.name;
}

/** ` Did you mean prod?`, or nothing. */
export function didYouMean(wrong: string, known: readonly string[]): string {
  const name = slipOf(wrong, known);
  return name === undefined ? "" : ` Did you mean ${name}?`;
}

/** The letters in order: two names of the same letters are a swap apart, however short they are. */
function letters(name: string): string {
  return [...name.toLowerCase()].sort().join("");
}
