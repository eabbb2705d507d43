/** Parses a condition: the subset of expr-lang 1.17 that conditions of analyses use; anything else is an error. */
import type { Node } from "./node";
import { ConditionError, end, type Token, tokensOf } from "./token";

/** Precedence of operators; source: expr-lang, parser/operator. */
const binary: ReadonlyMap<string, number> = new Map(
  Object.entries({
    "||": 10,
    or: 10,
    "&&": 15,
    and: 15,
    "==": 20,
    "!=": 20,
    "<": 20,
    ">": 20,
    "<=": 20,
    ">=": 20,
    in: 20,
    contains: 20,
    startsWith: 20,
    endsWith: 20,
    "+": 30,
    "-": 30,
    "*": 60,
    "/": 60,
    "%": 60,
    "**": 100,
    "^": 100,
    "??": 500,
  }),
);
const unary: ReadonlyMap<string, number> = new Map(Object.entries({ not: 50, "!": 50, "-": 90, "+": 90 }));
const words: Readonly<Record<string, string>> = { or: "||", and: "&&", not: "!", "^": "**" };
const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["false", false],
  ["nil", null],
]);

/** The condition as nodes.
 * @throws ConditionError when it is none, or uses what is not known here. */
export function parseCondition(text: string): Node {
  const reader = new Reader(tokensOf(text));
  const node = reader.expression();
  reader.expect(end.text);
  return node;
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  private get token(): Token {
    return this.tokens[this.at] ?? end;
  }

  private sees(...texts: readonly string[]): boolean {
    return texts.includes(this.token.text);
  }

  private take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at++;
    return true;
  }

  expect(text: string): void {
    if (this.token.text !== text)
      throw new ConditionError(this.token === end ? "an end too early" : "a part where none may stand");
    this.at++;
  }

  expression(least = 0): Node {
    let left = this.unary();
    let before: string | undefined;
    for (;;) {
      const negated = this.sees("not") && this.tokens[this.at + 1]?.text === "in";
      const word = negated ? "in" : this.token.text;
      const strength = binary.get(word);
      if (strength === undefined || strength < least) break;
      if (before === "??" && word !== "??") throw new ConditionError("?? beside another operator, without brackets");
      before = word;
      this.at += negated ? 1 + 1 : 1;
      const right = this.expression(word === "**" || word === "^" ? strength : strength + 1);
      const node: Node = { is: "binary", operator: words[word] ?? word, left, right };
      left = negated ? { is: "unary", operator: "!", of: node } : node;
    }
    return least === 0 ? this.choice(left) : left;
  }

  private choice(test: Node): Node {
    if (!this.take("?")) return test;
    if (this.take(":")) return { is: "choice", test, then: test, otherwise: this.expression() };
    const then = this.expression();
    this.expect(":");
    return { is: "choice", test, then, otherwise: this.expression() };
  }

  private unary(): Node {
    const strength = unary.get(this.token.text);
    if (strength === undefined) return this.postfix(this.primary());
    const operator = words[this.token.text] ?? this.token.text;
    this.at++;
    return { is: "unary", operator, of: this.expression(strength) };
  }

  private postfix(node: Node): Node {
    if (this.sees(".", "?.")) {
      const optional = this.token.text === "?.";
      this.at++;
      if (optional && this.take("[")) return this.postfix(this.index(node, true));
      return this.postfix({ is: "member", of: node, key: { is: "value", value: this.name() }, optional });
    }
    return this.take("[") ? this.postfix(this.index(node, false)) : node;
  }

  private index(of: Node, optional: boolean): Node {
    if (this.take(":")) return this.slice(of, undefined);
    const key = this.expression();
    if (this.take(":")) return this.slice(of, key);
    this.expect("]");
    return { is: "member", of, key, optional };
  }

  private slice(of: Node, from: Node | undefined): Node {
    const to = this.sees("]") ? undefined : this.expression();
    this.expect("]");
    return { is: "slice", of, from, to };
  }

  private name(): string {
    const { kind, text } = this.token;
    if (kind !== "name") throw new ConditionError("a part where a name should stand");
    this.at++;
    return text;
  }

  private primary(): Node {
    const { kind, text } = this.token;
    if (kind === "number") return this.literal(Number(text.replaceAll("_", "")));
    if (kind === "text") return this.literal(text.slice(1, -1).replaceAll(/\\(.)/g, "$1"));
    if (kind === "name") return this.named();
    if (this.take("(")) return this.closed(this.expression(), ")");
    if (this.take("#")) return { is: "element" };
    if (this.take("[")) return { is: "list", items: this.items("]") };
    // Inside a predicate a member of the element needs no name in front.
    if (this.take("."))
      return { is: "member", of: { is: "element" }, key: { is: "value", value: this.name() }, optional: false };
    if (this.take("{")) return this.closed(this.expression(), "}");
    throw new ConditionError(this.token === end ? "an end too early" : "a part where a value should stand");
  }

  private named(): Node {
    const name = this.name();
    if (this.take("(")) return { is: "call", name, args: this.items(")") };
    return constants.has(name) ? { is: "value", value: constants.get(name) } : { is: "name", name };
  }

  private literal(value: unknown): Node {
    this.at++;
    return { is: "value", value };
  }

  private closed(node: Node, end: string): Node {
    this.expect(end);
    return node;
  }

  private items(end: string): readonly Node[] {
    const items: Node[] = [];
    while (!this.take(end)) {
      items.push(this.expression());
      if (!this.take(",") && !this.sees(end)) throw new ConditionError("a list that does not end");
    }
    return items;
  }
}
