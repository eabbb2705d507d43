/** Match conditions of webhooks in CEL, as far as they speak of the request's namespace, its user or labels. */

/** Undefined where it cannot be seen. */
type Verdict = boolean | undefined;

const token =
  /\s*(&&|\|\||==|!=|[!()[\],]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_?][\w.?]*(?:\[(?:"[^"]*"|'[^']*')\])*(?:\.[\w?]+)*)/y;

/**
 * Whether the condition holds for a pod of the namespace that a controller creates; undefined where that cannot be seen.
 * Of a pod nothing is known but its namespace, and whether it has the labels that the condition compares (`labelled`).
 * Controllers are no user or service account that a condition names.
 */
export function conditionHolds(expression: string, namespace: string, labelled: boolean): Verdict {
  const reader = new Reader(tokensOf(expression), namespace, labelled);
  const verdict = reader.or();
  return reader.done() ? verdict : undefined;
}

function tokensOf(expression: string): readonly string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(expression); match !== null; match = token.exec(expression)) found.push(match[1] ?? "");
  const read = found.length > 0 && expression.trim().endsWith(found.at(-1) ?? "");
  return read ? found : ["?"];
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
      this.take(")");
      return inner;
    }
    const subject = this.tokens[this.at++] ?? "";
    if (/^["']/.test(subject) && this.take("in")) return this.atom(this.tokens[this.at++] ?? "", () => false);
    const [, path = subject, name] = /^(.*)\.(startsWith|endsWith|contains)$/.exec(subject) ?? [];
    if (this.take("(")) return this.call(path, name);
    if (this.take("==")) return this.compare(subject, (value, text) => value === text);
    if (this.take("!=")) {
      const equal = this.compare(subject, (value, text) => value === text);
      return equal === undefined ? undefined : !equal;
    }
    if (!this.take("in")) return subject === "true" ? true : subject === "false" ? false : undefined;
    const texts = this.listed();
    return this.atom(subject, (value) => texts.includes(value));
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
    const asked = test[name ?? ""];
    return asked === undefined || inside.length !== 1 ? undefined : this.atom(subject, asked);
  }

  private compare(subject: string, equal: (value: string, text: string) => boolean): Verdict {
    const other = this.tokens[this.at++] ?? "";
    const [path, text] = /^["']/.test(subject) ? [other, subject] : [subject, other];
    return /^["']/.test(text) ? this.atom(path, (value) => equal(value, text.slice(1, -1))) : undefined;
  }

  private listed(): readonly string[] {
    const texts: string[] = [];
    if (!this.take("[")) return texts;
    while (this.at < this.tokens.length && !this.take("]")) {
      const next = this.tokens[this.at++] ?? "";
      if (/^["']/.test(next)) texts.push(next.slice(1, -1));
    }
    return texts;
  }

  /** What one comparison says of the pod. */
  private atom(path: string, holds: (value: string) => boolean): Verdict {
    if (/^(request\.namespace|object\.metadata\.namespace|namespaceObject\.metadata\.name)$/.test(path))
      return holds(this.namespace);
    if (/^request\.userInfo\./.test(path)) return false;
    if (/\.\??(labels|annotations)\b/.test(path)) return this.labelled;
    return undefined;
  }

  private take(sign: string): boolean {
    if (this.tokens[this.at] !== sign) return false;
    this.at++;
    return true;
  }
}
