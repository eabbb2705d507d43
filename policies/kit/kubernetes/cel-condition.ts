/** Evaluates match conditions of webhooks in CEL, as far as they use the request's namespace, its user or labels. */

/** Undefined where it is unknown. */
type Verdict = boolean | undefined;

const token =
  /\s*(&&|\|\||==|!=|[!()[\],]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_?][\w.?]*(?:\[(?:"[^"]*"|'[^']*')\])*(?:\.[\w?]+)*)/gy;

/**
 * Whether the condition holds for a pod that a controller creates in the namespace; undefined where that is unknown.
 * Of the pod are known its namespace, and whether it has the labels that the condition compares (`labelled`).
 * Controllers are no user or service account that a condition names.
 */
export function conditionHolds(expression: string, namespace: string, labelled: boolean): Verdict {
  const tokens = tokensOf(expression);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens, namespace, labelled);
  const verdict = reader.or();
  return reader.done() ? verdict : undefined;
}

/** The tokens of the expression; undefined where a part of it is none. */
function tokensOf(expression: string): readonly string[] | undefined {
  const found = [...expression.matchAll(token)].map(([text]) => text);
  return found.join("") === expression.trimEnd() ? found.map((text) => text.trim()) : undefined;
}

class Reader {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly namespace: string,
    private readonly labelled: boolean,
  ) {}

  done(): boolean {
    return this.at === this.tokens.length;
  }

  or(): Verdict {
    const all = [this.and()];
    while (this.take("||")) all.push(this.and());
    return all.includes(true) ? true : all.includes(undefined) ? undefined : false;
  }

  private and(): Verdict {
    const all = [this.not()];
    while (this.take("&&")) all.push(this.not());
    return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
  }

  private not(): Verdict {
    if (!this.take("!")) return this.term();
    const inner = this.not();
    return inner === undefined ? undefined : !inner;
  }

  private term(): Verdict {
    if (this.take("(")) {
      const inner = this.or();
      return this.take(")") ? inner : undefined;
    }
    const subject = this.next();
    if (/^["']/.test(subject) && this.take("in")) return this.atom(this.next(), () => false);
    const [, path = subject, name] = /(.*)\.(startsWith|endsWith|contains)$/.exec(subject) ?? [];
    if (this.take("(")) return this.call(path, name);
    if (this.take("==")) return this.compare(subject, (value, text) => value === text);
    if (this.take("!=")) {
      const equal = this.compare(subject, (value, text) => value === text);
      return equal === undefined ? undefined : !equal;
    }
    if (!this.take("in")) return subject === "true" ? true : subject === "false" ? false : undefined;
    const texts = this.listed();
    return texts === undefined ? undefined : this.atom(subject, (value) => texts.includes(value));
  }

  /** `x.startsWith("…")`, `has(…)` and other functions. */
  private call(subject: string, name: string | undefined): Verdict {
    const start = this.at;
    for (let depth = 1; depth > 0 && this.at < this.tokens.length; this.at++)
      depth += this.tokens[this.at] === "(" ? 1 : this.tokens[this.at] === ")" ? -1 : 0;
    const inside = this.tokens.slice(start, this.at - 1);
    const [first = ""] = inside;
    if (subject === "has") return this.atom(first, () => false);
    const text = first.slice(1, -1);
    const test: Readonly<Record<string, (value: string) => boolean>> = {
      startsWith: (value) => value.startsWith(text),
      endsWith: (value) => value.endsWith(text),
      contains: (value) => value.includes(text),
    };
    const predicate = test[name ?? ""];
    return predicate === undefined || inside.length !== 1 ? undefined : this.atom(subject, predicate);
  }

  private compare(subject: string, equal: (value: string, text: string) => boolean): Verdict {
    const other = this.next();
    const [path, text] = /^["']/.test(subject) ? [other, subject] : [subject, other];
    return /^["']/.test(text) ? this.atom(path, (value) => equal(value, text.slice(1, -1))) : undefined;
  }

  /** The texts of a list in brackets; undefined where there is none, or no end of it. */
  private listed(): readonly string[] | undefined {
    const texts: string[] = [];
    if (!this.take("[")) return undefined;
    for (let next = this.next(); next !== "]"; next = this.next()) {
      if (this.at > this.tokens.length) return undefined;
      if (/^["']/.test(next)) texts.push(next.slice(1, -1));
    }
    return texts;
  }

  /** Evaluates one comparison for the pod. */
  private atom(path: string, holds: (value: string) => boolean): Verdict {
    if (/^(request\.namespace|object\.metadata\.namespace|namespaceObject\.metadata\.name)$/.test(path))
      return holds(this.namespace);
    if (/^request\.userInfo\./.test(path)) return false;
    if (/\.\??(labels|annotations)\b/.test(path)) return this.labelled;
    return undefined;
  }

  private next(): string {
    return this.tokens[this.at++] ?? "";
  }

  private take(sign: string): boolean {
    if (this.tokens[this.at] !== sign) return false;
    this.at++;
    return true;
  }
}
