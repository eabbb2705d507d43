/** Reads a condition: the subset of expr-lang 1.17 that conditions of analyses use; anything else is refused. */
import type { Node } from "./node";
import { ConditionError, type Token, tokensOf } from "./token";

/** How tightly operators bind; source: expr-lang, parser/operator. */
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
  reader.expect("end", "");
  return node;
}

class Reader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  private get token(): Token {
    return this.tokens[this.at] ?? { kind: "end", text: "" };
  }

  private sees(...texts: readonly string[]): boolean {
    return this.token.kind !== "text" && texts.includes(this.token.text);
  }

  private take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at++;
    return true;
  }

  expect(kind: Token["kind"], text: string): void {
    if (this.token.kind !== kind || this.token.text !== text)
      throw new ConditionError(this.token.kind === "end" ? "an end too early" : "a part where none may stand");
    this.at++;
  }

  expression(least = 0): Node {
    let left = this.unary();
    let before = "";
    for (;;) {
      const negated = this.sees("not") && this.tokens[this.at + 1]?.text === "in";
      const word = negated ? "in" : this.token.text;
      const strength = this.token.kind === "text" ? undefined : binary.get(word);
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
    this.expect("operator", ":");
    return { is: "choice", test, then, otherwise: this.expression() };
  }

  private unary(): Node {
    const strength = this.token.kind === "text" ? undefined : unary.get(this.token.text);
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
    const from = this.sees(":") ? undefined : this.expression();
    if (!this.take(":")) {
      this.expect("operator", "]");
      return { is: "member", of, key: from ?? { is: "value", value: 0 }, optional };
    }
    const to = this.sees("]") ? undefined : this.expression();
    this.expect("operator", "]");
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
    throw new ConditionError(kind === "end" ? "an end too early" : "a part where a value should stand");
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
    this.expect("operator", end);
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
