/** Many names in few lines: a common prefix is written once, as in brace expansion of a shell. */
import { groupPairs } from "@fridayproof/components/core";

/** A longer group is split, so that its prefix stays in sight. Characters. */
const LONGEST_GROUP = 300;

/** `keys-{logs, volumes}, network-vpc`: the names in order, grouped by their first words. */
export function foldedNames(names: readonly string[]): string {
  return groups(names)
    .flatMap(({ word, ends }) => folded(word, ends))
    .join(", ");
}

/** Names that share their first word. */
interface Group {
  readonly word: string;
  /** The name without its first word; empty for a name of one word. */
  readonly ends: readonly string[];
}

function groups(names: readonly string[]): Group[] {
  const byWord = groupPairs(
    names.map((name) => {
      const [word = "", ...rest] = name.split("-");
      return [word, rest.join("-")] as const;
    }),
  );
  return [...byWord].map(([word, ends]) => ({ word, ends }));
}

/** The items of a group: one, where it is short enough. */
function folded(prefix: string, ends: readonly string[]): string[] {
  const own = ends.includes("") ? [prefix] : [];
  const longer = ends.filter((end) => end !== "");
  const inner = groups(longer);
  const [only] = inner;
  if (only === undefined) return own;
  if (inner.length === 1) return [...own, ...folded(`${prefix}-${only.word}`, only.ends)];
  const group = `${prefix}-{${inner.flatMap(({ word, ends: tails }) => folded(word, tails)).join(", ")}}`;
  if (group.length <= LONGEST_GROUP) return [...own, group];
  return [...own, ...inner.flatMap(({ word, ends: tails }) => folded(`${prefix}-${word}`, tails))];
}
