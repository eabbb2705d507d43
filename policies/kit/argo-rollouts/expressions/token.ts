/** Splits a condition into tokens, as the language of Argo's conditions (expr-lang 1.17) writes them. */

/** One token. A text keeps its quotes, so that it is equal to no operator. */
export interface Token {
  readonly kind: "number" | "text" | "name" | "operator" | "end";
  readonly text: string;
}

/** The end of the condition, after the last token. */
export const end: Token = { kind: "end", text: "" };

/** A condition that is not supported: it is reported, and never counts as harmless. */
export class ConditionError extends Error {}

const forms: readonly (readonly [Token["kind"] | "blank", RegExp])[] = [
  ["blank", /^(\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/],
  ["number", /^(0x[0-9a-f_]+|(\d[\d_]*)?\.?\d[\d_]*(e[+-]?\d+)?)/i],
  ["text", /^("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)/],
  ["name", /^[A-Za-z_$][\w$]*/],
  ["operator", /^(\?\.|\?\?|\|\||&&|==|!=|<=|>=|\*\*|\.\.|[-+*/%^<>!?:.,;()[\]{}#|=])/],
];

/** The tokens of the text.
 * @throws ConditionError at a character that begins none. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = text;
  while (rest !== "") {
    const [kind, found] = next(rest);
    if (kind !== "blank") tokens.push({ kind, text: found });
    rest = rest.slice(found.length);
  }
  return tokens;
}

function next(rest: string): readonly [Token["kind"] | "blank", string] {
  for (const [kind, form] of forms) {
    const found = form.exec(rest)?.[0];
    if (found !== undefined) return [kind, found];
  }
  throw new ConditionError("a character that begins no token");
}
