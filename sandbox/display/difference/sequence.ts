/** Longest common runs of two lists: which elements stay, which went and which came. */

/** One element of the merged list. */
export interface Edit<T> {
  readonly sign: "-" | "+" | " ";
  readonly item: T;
}

/** Cells of a table that is still computed at once; beyond, lists are compared by their ends and as a whole. */
const MOST_CELLS = 4_000_000;

/** The edits that turn `old` into `now`, with as many elements kept as can be. `same` decides whether two are equal. */
export function edits<T>(old: readonly T[], now: readonly T[], same: (left: T, right: T) => boolean): Edit<T>[] {
  let head = 0;
  while (head < old.length && head < now.length && same(old[head] as T, now[head] as T)) head++;
  let tail = 0;
  const shorter = Math.min(old.length, now.length) - head;
  while (tail < shorter && same(old[old.length - 1 - tail] as T, now[now.length - 1 - tail] as T)) tail++;
  const kept = (items: readonly T[]): Edit<T>[] => items.map((item) => ({ sign: " ", item }));
  return [
    ...kept(old.slice(0, head)),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail), same),
    ...kept(old.slice(old.length - tail)),
  ];
}

function middle<T>(old: readonly T[], now: readonly T[], same: (left: T, right: T) => boolean): Edit<T>[] {
  if (old.length === 0 || now.length === 0 || old.length * now.length > MOST_CELLS)
    return [...old.map((item): Edit<T> => ({ sign: "-", item })), ...now.map((item): Edit<T> => ({ sign: "+", item }))];
  const lengths = table(old, now, same);
  const result: Edit<T>[] = [];
  let left = 0;
  let right = 0;
  while (left < old.length || right < now.length) {
    const [one, other] = [old[left] as T, now[right] as T];
    if (left < old.length && right < now.length && same(one, other)) {
      result.push({ sign: " ", item: one });
      left++;
      right++;
    } else if (
      right === now.length ||
      (left < old.length && at(lengths, left + 1, right) >= at(lengths, left, right + 1))
    ) {
      result.push({ sign: "-", item: one });
      left++;
    } else {
      result.push({ sign: "+", item: other });
      right++;
    }
  }
  return result;
}

const at = (lengths: readonly Uint32Array[], left: number, right: number): number => lengths[left]?.[right] ?? 0;

/** Length of the longest common run of what follows each pair of positions. */
function table<T>(old: readonly T[], now: readonly T[], same: (left: T, right: T) => boolean): Uint32Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let left = old.length - 1; left >= 0; left--)
    for (let right = now.length - 1; right >= 0; right--) {
      const row = lengths[left] as Uint32Array;
      row[right] = same(old[left] as T, now[right] as T)
        ? at(lengths, left + 1, right + 1) + 1
        : Math.max(at(lengths, left + 1, right), at(lengths, left, right + 1));
    }
  return lengths;
}
