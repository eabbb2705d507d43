/** Depth of a YAML text, computed without recursion, which a deep text would exhaust. */
import { CST, Parser } from "yaml";
import { manifestLimits } from "../limits/manifests";

const most = manifestLimits.nestedLevels.value;

/** A map, and a list at its key's own column. */
const levelsPerColumn = 2;

/** An upper bound of the text's levels: each has an opening bracket, or a column of indentation; a list may share its key's. */
function couldBeDeep(text: string): boolean {
  const opened = [...text.matchAll(/[[{]/g)].length;
  let widest = 0;
  for (const [beginning] of text.matchAll(/^[ \t?:-]*/gm)) widest = Math.max(widest, beginning.length);
  return opened + levelsPerColumn * widest > most;
}

/** Collections within a token of the parser's first pass. */
function innerOf(token: CST.Token): readonly CST.Token[] {
  if (token.type !== "document" && !CST.isCollection(token)) return [];
  const inner = token.type === "document" ? [token.value] : token.items.flatMap(({ key, value }) => [key, value]);
  return inner.filter(CST.isCollection);
}

/** Whether the text nests deeper than the parser can; computed with a stack of its own, and only where the upper bound allows it. */
export function isTooDeep(text: string): boolean {
  if (!couldBeDeep(text)) return false;
  for (const document of new Parser().parse(text)) {
    const open: { readonly token: CST.Token; readonly level: number }[] = [{ token: document, level: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { token, level } = next;
      if (level > most) return true;
      for (const inner of innerOf(token)) open.push({ token: inner, level: level + 1 });
    }
  }
  return false;
}
