/** The nearest of several names to a misspelt one. */

/** How many characters have to be put in, left out or changed to make one of the other (Levenshtein). */
export function distance(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...one].entries()) {
    const now = [row + 1];
    for (const [column, opposite] of [...other].entries()) {
      const changed = (before[column] ?? 0) + (letter === opposite ? 0 : 1);
      now.push(Math.min(changed, (before[column + 1] ?? 0) + 1, (now[column] ?? 0) + 1));
    }
    before = now;
  }
  return before[other.length] ?? 0;
}

/** The `count` names that are fewest changes away, nearest first; among equals in the order given. */
export function nearest(name: string, names: readonly string[], count: number): readonly string[] {
  return names
    .map((each) => ({ each, away: distance(name, each) }))
    .sort((one, other) => one.away - other.away)
    .slice(0, count)
    .map(({ each }) => each);
}
